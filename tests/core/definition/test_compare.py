"""What changed between two versions is found and said, and what did not is not."""

from pathlib import Path

import pytest
import yaml

from engage.core.definition.compare import Aspect, Changed, compare
from engage.core.definition.load import parse_definition
from engage.core.definition.model import Definition
from engage.core.definition.yaml_text import read_yaml

TEXT = (Path(__file__).parents[2] / "definitions" / "every_kind" / "v1.yaml").read_text("utf-8")
BUS = "          - {code: bus, label: Buses}\n"
PARK = "          - {code: park, label: Parks}\n"
DAY = (
    "      - {id: safe_day, kind: scale, scale: safety, "
    'text: "How safe do you feel by day?", key: true}\n'
)


def version(number: int, *changes: tuple[str, str]) -> Definition:
    """The questionnaire with texts of its file replaced."""
    text = TEXT.replace("version: 1", f"version: {number}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_definition(yaml.safe_load(text), "v.yaml")


def found(*changes: tuple[str, str]) -> list[tuple[str, Aspect, str]]:
    after = version(2, *changes)
    return [(each.question, each.kind, each.says) for each in compare(version(1), after)]


def test_a_version_that_says_the_same_has_not_changed():
    assert found() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Don’t know", "Don't know"),
        ("Think of the last month.", "Think  of the\u00a0last month. "),
        ("by day?", "by\\n day?"),
        ("What would help, in a few words?", "What would help, in a few words? "),
    ],
)
def test_spaces_and_the_shape_of_quotation_marks_do_not_count(old, new):
    assert found((old, new)) == []


def test_the_order_of_the_parts_of_a_rule_does_not_count():
    rules = ('{question: age_band, in: ["3"]}', '{question: safe_day, in: ["1", "2"]}')
    one, other = (
        version(number, (rules[0], f"{{all: [{', '.join(order)}]}}"))
        for number, order in ((1, rules), (2, rules[::-1]))
    )
    assert compare(one, other) == ()


def test_a_row_of_a_scale_and_a_single_choice_look_the_same():
    options = "".join(
        f'{{code: "{code}", label: {label}{means}}}, '
        for code, label, means in (
            *(("1", "Very safe", ""), ("2", "Fairly safe", ""), ("3", "A bit unsafe", "")),
            ("9", "Don’t know", ", means: dont_know"),
        )
    )
    single = DAY.replace("kind: scale, scale: safety", f"kind: single, options: [{options}]")
    assert found((DAY, single)) == []


@pytest.mark.parametrize(
    ("old", "new", "question", "kind", "said"),
    [
        (
            *("by day?", "in the day?", "safe_day", Aspect.WORDING),
            (
                "The question is “How safe do you feel by day?” in version 1, and is “How safe do "
                "you feel in the day?” in version 2."
            ),
        ),
        (
            *("feel after dark?", 'feel after dark?", help: "Out alone.', "safe_dark"),
            Aspect.WORDING,
            (
                "The hint at “How safe do you feel after dark?” is not there in version 1, and is "
                "“Out alone.” in version 2."
            ),
        ),
        (
            *("Think of the last month.", "Think of the last year.", "safe_day", Aspect.WORDING),
            (
                "The text above “How safe do you feel by day?” is “Think of the last month.” in "
                "version 1, and is “Think of the last year.” in version 2."
            ),
        ),
        (
            *(BUS, BUS + "          - {code: pub, label: Pubs}\n", "avoid", Aspect.ANSWERS),
            (
                "The answers to “Which places do you avoid?” changed. Version 2 adds the answer "
                "“Pubs”."
            ),
        ),
        (
            *(BUS, "", "avoid", Aspect.ANSWERS),
            "The answers to “Which places do you avoid?” changed. Version 2 has no answer “Buses”.",
        ),
        (
            *("label: Buses", "label: Buses and trams", "avoid", Aspect.ANSWERS),
            "The answer “Buses” of version 1 is “Buses and trams” in version 2.",
        ),
        (
            *("code: bus", "code: coach", "avoid", Aspect.ANSWERS),
            "“Buses” is stored as bus in version 1 and as coach in version 2.",
        ),
        (
            *(PARK + BUS, BUS + PARK, "avoid", Aspect.ANSWERS),
            "Version 2 gives the answers in another order than version 1.",
        ),
        (
            *("label: Parks", "label: Parks, help: Woods too", "avoid", Aspect.ANSWERS),
            "The hint at “Parks” says nothing in version 1 and “Woods too” in version 2.",
        ),
        (
            *("none_of_these", "dont_know", "avoid", Aspect.ANSWERS),
            (
                "“None of these” stands for none of these in version 1 and for not knowing in "
                "version 2."
            ),
        ),
        (
            *("maximum: 110", "maximum: 99", "years", Aspect.ANSWERS),
            "Version 1 takes numbers from 0 to 110 years, version 2 from 0 to 99 years.",
        ),
        (
            *("kind: text", "kind: long_text", "validate", Aspect.KIND),
            (
                "To “What would help, in a few words?”, version 1 wants a line of text, version 2 "
                "a few sentences."
            ),
        ),
        (
            *('{question: safe_dark, in: ["3"]}', '{question: safe_dark, in: ["2", "3"]}', "why"),
            Aspect.ASKED,
            (
                "Version 2 asks “Why do you feel unsafe?” of some, by what they answered to “How "
                "safe do you feel after dark?”, but of other answers than version 1."
            ),
        ),
        (
            *('        show_if: {question: safe_dark, in: ["3"]}\n', "", "why", Aspect.ASKED),
            (
                "Version 1 asks “Why do you feel unsafe?” of some, by what they answered to “How "
                "safe do you feel after dark?”, version 2 of everybody."
            ),
        ),
        (
            *(", eligible: false", "", "age_band", Aspect.ASKED),
            (
                "At “How old are you?”, version 1 is not for those who answer “Under 10”; "
                "version 2 turns nobody away."
            ),
        ),
        (
            *(DAY, "", "safe_dark", Aspect.ORDER),
            (
                "“How safe do you feel after dark?” comes after “How safe do you feel by day?” in "
                "version 1, and after “Which ward do you live in?” in version 2."
            ),
        ),
        (DAY, "", "safe_day", Aspect.REMOVED, "Version 2 no longer asks “How safe do you feel by"),
        (
            *(DAY, DAY + DAY.replace("safe_day", "safe_noon").replace("by day", "at noon")),
            *("safe_noon", Aspect.ADDED),
            "Version 2 asks “How safe do you feel at noon?”, which version 1 did not.",
        ),
    ],
)
def test_a_change_is_said_with_the_words_of_both_versions(old, new, question, kind, said):
    told = [says for name, aspect, says in found((old, new)) if (name, aspect) == (question, kind)]
    assert len(told) == 1
    assert said in told[0]


def test_a_change_of_one_question_is_none_of_the_others():
    assert [(name, kind) for name, kind, _says in found(("by day?", "in the day?"))] == [
        ("safe_day", Aspect.WORDING)
    ]


def test_answers_that_change_places_and_codes_are_matched_by_their_words():
    swapped = ('{code: "1", label: Very safe}', '{code: "2", label: Very safe}')
    other = ('{code: "2", label: Fairly safe}', '{code: "1", label: Fairly safe}')
    (says,) = {says for name, _kind, says in found(swapped, other) if name == "safe_day"}
    assert "“Very safe” is stored as 1 in version 1 and as 2 in version 2." in says
    assert " is “" not in says


def test_two_questionnaires_are_not_versions_of_one():
    with pytest.raises(ValueError, match="'every_kind' and 'dogs' are two questionnaires"):
        compare(version(1), version(2, ("id: every_kind", "id: dogs")))


def compare_texts(before: str, after: str) -> tuple[Changed, ...]:
    """What changed between two files, the second of which becomes version 2."""
    texts = before, after.replace("version: 1", "version: 2")
    one, other = (parse_definition(read_yaml(text, "v.yaml"), "v.yaml") for text in texts)
    return compare(one, other)
