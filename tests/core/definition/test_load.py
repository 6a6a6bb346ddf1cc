from pathlib import Path

import pytest

from engage.core.definition.faults import DefinitionError
from engage.core.definition.kinds import Kind, Means, Theme
from engage.core.definition.load import load_definition, parse_definition
from engage.core.definition.yaml_text import read_yaml

EVERY_KIND = Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml"


def faults(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse_definition(read_yaml(text, "x.yaml"), "x.yaml")
    return [str(fault) for fault in caught.value.faults]


def changed(*changes: tuple[str, str]) -> str:
    text = EVERY_KIND.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def test_a_file_becomes_frozen_objects():
    definition = load_definition(EVERY_KIND)
    assert [question.kind for question in definition.questions.values()] == [
        Kind.SINGLE, Kind.AREA, Kind.SCALE, Kind.SCALE, Kind.MULTIPLE, Kind.NUMBER, Kind.TEXT,
        Kind.LONG_TEXT, Kind.MULTIPLE,
    ]  # fmt: skip
    assert definition.slug == "every-kind"
    assert definition.role("age").id == "age_band"
    assert definition.questions["safe_day"].option("9").means is Means.DONT_KNOW
    assert definition.questions["age_band"].options[2].age == (13, None)
    assert definition.breakdowns[0].groups[0].when.codes == {"2"}
    with pytest.raises(AttributeError):
        definition.title = "another"


def test_every_fault_is_listed_at_once_with_its_path_and_a_remedy():
    told = faults(
        changed(
            ("version: 1", "version: one"),
            ("kind: area", "kind: map"),
            ("minutes: 2", "minutes: 0"),
            ("title: About you", "titel: About you"),
        )
    )
    assert len(told) >= 4
    assert all(fault.startswith("x.yaml: ") for fault in told)
    listed = "\n".join(told)
    assert "version: 'one' is not of type 'integer'" in listed
    assert "sections/1/questions/0/kind" in listed
    assert "Use one of: single, scale" in listed
    assert "'titel' was unexpected" in listed


def test_a_bare_no_or_number_as_code_is_named_with_its_remedy():
    (told,) = faults(changed(('{code: "1", label: Very safe}', "{code: no, label: Very safe}")))
    assert "scales/safety/0/code" in told
    assert "Put quotes round it" in told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1, 2", "line"),
        ("a: 1\na: 2\n", "line 2"),
        ("a: b: c", "line 1"),
        ("\t- x", "line 1"),
    ],
)
def test_what_is_not_yaml_is_named_with_its_line(text, place):
    with pytest.raises(DefinitionError, match=f"x.yaml: {place}"):
        read_yaml(text, "x.yaml")


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    file = tmp_path / "v1.yaml"
    file.write_bytes(b"id: caf\xe9")
    with pytest.raises(DefinitionError, match="not UTF-8"):
        load_definition(file)


ALONE = """
          - {code: "dk", label: I don’t know, means: dont_know}
  - id: safety
    title: How safe you feel
    intro: Think of the last month.
    questions:
"""
TOGETHER = """
          - {code: "dk", label: I don’t know, means: dont_know}
"""
BREAKDOWN = "breakdowns:\n  - {id: age, title: Age, question: "
TWICE = "label: Buses}\n          - {code: park, label: Again}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("scale: safety, text", "scale: fear, text"), "there is no scale 'fear'"),
        (("id: safe_dark", "id: safe_day"), "the id 'safe_day' is used 2 times"),
        (("label: Buses}", TWICE), "the code 'park' stands for 2 options"),
        (("question: safe_dark, in", "question: gone, in"), "names the question 'gone'"),
        (('safe_dark, in: ["3"]', 'safe_dark, in: ["7"]'), "the code '7' of 'safe_dark'"),
        (('safe_dark, in: ["3"]', 'why, in: ["dark"]'), "not asked on an earlier page"),
        (("id: years", "id: avoid_bus"), "two columns would be called 'avoid_bus'"),
        (("{age: age_band,", "{age: gone,"), "there is no question 'gone'"),
        (("required: true", "required: false"), "the age band can be skipped"),
        (("maximum: 110,", "maximum: 110, required: true,"), "does not decide who may take part"),
        ((BREAKDOWN + "age_band}", BREAKDOWN + "gone}"), "there is no question 'gone'"),
        ((BREAKDOWN + "age_band}", BREAKDOWN + "years}"), "it has no groups"),
        ((ALONE, TOGETHER), "an area question shares its page"),
    ],
)
def test_what_a_schema_cannot_say_is_checked(change, told):
    assert told in "\n".join(faults(changed(change)))


def test_where_nobody_is_asked_their_age_everybody_may_be_a_child():
    told = "\n".join(faults(changed(("roles: {age: age_band, area: ward}", "roles: {area: ward}"))))
    assert "the answers are weighted, and no question asks the age band" in told
    assert "a text box may be put to a child: nobody is asked their age" in told


def test_a_few_closed_questions_need_no_age():
    few = {
        "id": "few", "version": 1, "title": "Few", "audience": "all", "minutes": 1, "start": "Hi.",
        "thanks": "Thanks.", "ineligible": "-",
        "sections": [
            {"id": "one", "title": "One", "questions": [
                {"id": "safe", "kind": "single", "text": "Safe?", "options": [
                    {"code": "1", "label": "Yes"}, {"code": "8", "label": "No", "means": "refused"}
                ]}
            ]}
        ],
    }  # fmt: skip
    assert parse_definition(few, "few.yaml").role("age") is None
    few["sections"][0]["questions"][0]["themes"] = ["victimisation"]
    with pytest.raises(DefinitionError, match="nobody is asked their age"):
        parse_definition(few, "few.yaml")


BY_AGE = 'show_if: {question: age_band, in: ["3"]}'
BY_DAY = 'scale: safety, text: "How safe do you feel by day?"'


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            (BY_AGE, "show_if: {question: age_band, answered: true}"),
            "a text box may be put to someone who answers '10 to 12'",
        ),
        (
            (BY_AGE, 'show_if: {not: {question: safe_day, in: ["1"]}}'),
            "a text box may be put to someone who answers '10 to 12'",
        ),
        (
            (BY_DAY, f"themes: [victimisation], {BY_DAY}"),
            "an item on victimisation may be put to someone who answers '10 to 12'",
        ),
        (
            (BY_DAY, f"themes: [sexual_violence], {BY_DAY}"),
            "an item on sexual violence may be put to someone who answers '13 or over'",
        ),
    ],
)
def test_what_may_not_be_put_to_children_is_found_whatever_else_they_answer(change, told):
    assert any(told in fault for fault in faults(changed(change)))


def test_a_theme_is_known():
    assert {theme.value for theme in Theme} >= {"equalities", "victimisation"}
