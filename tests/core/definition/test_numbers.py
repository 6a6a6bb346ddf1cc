"""Numbers compared with numbers, and numbers worked out from answers."""

from pathlib import Path

import numpy as np
import pytest
from core.definition.test_compare import compare_texts
from core.definition.test_load import faults

from engage.answering.dependants import orphans
from engage.core.cleaning.conditions import holds as holds_of_all
from engage.core.cleaning.correct import cleared
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.check_reach import can_be
from engage.core.definition.codebook import pack, variables
from engage.core.definition.condition_data import condition_of, with_calculated
from engage.core.definition.load import load_definition
from engage.core.definition.routing import broken, holds, path, truth
from engage.core.definition.truth import value_of
from engage.core.definition.yaml_text import read_yaml
from engage.core.export.codebook import columns_of

FOLDER = Path(__file__).parents[2] / "definitions"
COMPARING = load_definition(FOLDER / "comparing" / "v1.yaml")
CALCULATED = load_definition(FOLDER / "calculated" / "v1.yaml")
TIMES = {"question": "times"}


def told(feature: str, old: str, new: str) -> str:
    text = (FOLDER / feature / "v1.yaml").read_text("utf-8")
    assert text.count(old) == 1, old
    return "\n".join(faults(text.replace(old, new)))


@pytest.mark.parametrize(
    ("rule", "answers", "held"),
    [
        ({"at_least": TIMES}, {"last_year": 3, "times": 3}, True),
        ({"at_least": TIMES}, {"last_year": 2, "times": 3}, False),
        ({"at_most": TIMES}, {"last_year": 3, "times": 3}, True),
        ({"at_most": TIMES}, {"last_year": 4, "times": 3}, False),
        ({"more_than": TIMES}, {"last_year": 4, "times": 3}, True),
        ({"more_than": TIMES}, {"last_year": 3, "times": 3}, False),
        ({"less_than": TIMES}, {"last_year": 2, "times": 3}, True),
        ({"less_than": TIMES}, {"last_year": 3, "times": 3}, False),
        ({"equals": TIMES}, {"last_year": 3, "times": 3}, True),
        ({"equals": TIMES}, {"last_year": 2, "times": 3}, False),
        ({"at_least": 3, "less_than": TIMES}, {"last_year": 3, "times": 4}, True),
        ({"at_least": 4, "less_than": TIMES}, {"last_year": 3, "times": 4}, False),
        *(
            ({sign: TIMES}, answers, False)
            for sign in ("at_least", "at_most", "more_than", "less_than", "equals")
            for answers in ({"last_year": 3}, {"times": 3}, {})
        ),
    ],
)
def test_a_comparison_holds_of_one_person_and_in_a_table_alike(rule, answers, held):
    condition = condition_of({"question": "last_year", **rule})
    assert holds(condition, answers) is held
    table = table_from_answers(COMPARING, [answers | {"age_band": "2"}])
    assert holds_of_all(condition, COMPARING, table).tolist() == [held]


def test_a_number_that_is_not_known_yet_leaves_a_comparison_open_unless_the_other_is_missing():
    rule = condition_of({"question": "last_year", "at_most": TIMES})
    assert truth(rule, {"times": 3}, {"last_year"}) is None
    assert truth(rule, {"last_year": 3}, {"times"}) is None
    assert truth(rule, {}, {"times"}) is False
    assert truth(rule, {"last_year": 3, "times": 3}, {"age_band"}) is True


def test_pages_and_rules_hang_on_comparisons():
    here = {"age_band": "2", "times": 5}
    assert [each.id for each in path(COMPARING, here)] == ["you", "year"]
    assert [each.id for each in path(COMPARING, here | {"last_year": 5})][-1] == "always"
    section = COMPARING.section("year")
    assert [rule.at for rule in broken(section, here | {"last_year": 6})] == ["last_year"]
    months = {"moved": 202003, "first": 202002}
    assert [rule.at for rule in broken(section, months)] == ["first"]
    assert list(broken(section, {"last_year": 6, "first": 202002})) == []
    gone = here | {"last_year": 4, "new_here": "yes"}
    assert orphans(COMPARING, gone) == ("new_here",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("show_if: {question: last_year, at_least: {question: times}}",
         "show_if: {question: last_year, at_least: {question: gone}}", "the question 'gone'"),
        ("show_if: {question: last_year, at_least: {question: times}}",
         "show_if: {question: last_year, at_least: {question: moved}}",
         "compares 'last_year', a number, with 'moved', a month"),
        ("show_if: {question: last_year, at_least: {question: times}}",
         "show_if: {question: last_year, at_least: {question: last_year}}", "with itself"),
        ("show_if: {question: last_year, at_least: {question: times}}",
         "show_if: {question: age_band, at_least: {question: times}}",
         "compares 'age_band' with a number, but it is answered otherwise"),
        ("show_if: {question: last_year, at_least: {question: times}}",
         "show_if: {question: last_year, at_least: {question: age_band}}",
         "compares 'last_year', a number, with 'age_band', a single"),
        ("show_if: {question: last_year, at_least: {question: times}}",
         "show_if: {question: last_year, more_than: 4}", "4 is not of type 'object'"),
        ("minimum: 0, maximum: 999}", "minimum: 400, maximum: 999}",
         "always: nobody ever comes to this page"),
        ("minimum: 0, maximum: 999}", "minimum: 400, maximum: 999}",
         "year/rules/0: nobody can ever break it"),
        ("wrong_if: {question: first, less_than: {question: moved}}",
         "wrong_if: {question: times, less_than: {question: last_year}}",
         "it can be true of people who leave 'first' out"),
        ("wrong_if: {question: first, less_than: {question: moved}}",
         "wrong_if: {question: first, less_than: {question: nothing}}", "no question 'nothing'"),
    ],
)  # fmt: skip
def test_a_comparison_that_cannot_work_is_refused(old, new, said):
    assert said in told("comparing", old, new)


def test_bounds_and_comparisons_are_tried_together():
    def possible(*rules: dict) -> bool:
        return can_be(COMPARING, condition_of({"all": list(rules)}))

    fewer = {"question": "last_year", "less_than": TIMES}
    assert possible(fewer, {"question": "times", "at_most": 5})
    assert not possible(fewer, {"question": "times", "at_most": 5},
                        {"question": "last_year", "at_least": 5})  # fmt: skip
    assert not possible({"question": "last_year", "equals": TIMES},
                        {"question": "times", "at_least": 367})  # fmt: skip
    assert possible({"question": "last_year", "equals": TIMES},
                    {"question": "times", "at_least": 366})  # fmt: skip
    assert not possible(fewer, {"not": {"question": "times", "answered": True}})


@pytest.mark.parametrize(
    ("answers", "numbers"),
    [
        ({}, (None, None, 0)),
        ({"by_day": 4}, (4, None, 0)),
        ({"by_day": 4, "by_night": 7}, (11, None, 1)),
        ({"by_day": 7, "by_night": 4}, (11, None, 0)),
        ({"by_day": 0, "happened": ("theft", "hate")}, (0, 2, 0)),
        ({"happened": ("theft", "hate"), "seen": "yes"}, (None, 3, 2)),
        ({"happened": ("none",), "seen": "no"}, (None, 0, 0)),
        ({"seen": "no"}, (None, 0, 0)),
    ],
)
def test_numbers_are_worked_out_and_are_missing_where_nothing_was_answered(answers, numbers):
    assert tuple(value_of(each, answers) for each in CALCULATED.calculated) == numbers
    table = table_from_answers(CALCULATED, [answers | {"age_band": "2"}])
    found = table[["trips", "how_many", "risk"]].to_numpy()[0]
    np.testing.assert_array_equal(found, [np.nan if each is None else each for each in numbers])


def test_a_number_worked_out_is_a_column_after_those_that_are_asked():
    assert [each.name for each in variables(CALCULATED)][-3:] == ["trips", "how_many", "risk"]
    assert columns_of(CALCULATED, {})["risk"].note.startswith("worked out from happened, seen,")
    packed = pack(CALCULATED, {"age_band": "2", "by_day": 3})
    assert packed[-12:] == b"".join(
        number.to_bytes(4, "little", signed=True) for number in (3, -2_147_483_647, 0)
    )


def test_pages_rules_groups_and_conflicts_look_at_numbers_worked_out():
    risky = {"age_band": "2", "by_day": 4, "by_night": 7}
    assert [each.id for each in path(CALCULATED, risky)] == ["you", "more", "end"]
    assert [each.id for each in path(CALCULATED, risky | {"by_day": 8})] == ["you", "end"]
    section = CALCULATED.section("more")
    assert [rule.at for rule in broken(section, risky | {"alone": 12})] == ["alone"]
    people = [risky, {"happened": ("theft",)}, {"seen": "no"}, {"by_day": 0, "seen": "yes"}]
    table = table_from_answers(CALCULATED, people)
    groups = CALCULATED.breakdowns[1].groups
    marks = [holds_of_all(group.when, CALCULATED, table).tolist() for group in groups]
    assert marks == [[False, False, True, False], [False, True, False, True]]
    (conflict,) = CALCULATED.cleaning.conflicts
    both = [holds_of_all(each, CALCULATED, table) for each in (conflict.first, conflict.second)]
    assert (both[0] & both[1]).tolist() == [False, False, False, True]
    assert conflict.questions() == ("by_day", "by_night", "happened", "seen")


def test_what_is_worked_out_from_a_doubtful_answer_is_doubtful_too():
    table = table_from_answers(CALCULATED, [{"by_day": 4, "by_night": 7, "seen": "yes"}] * 2)
    left = cleared(CALCULATED, table, [("by_day", np.array([True, False]))])
    assert left["trips"].isna().tolist() == [True, False]
    assert left["risk"].isna().tolist() == [True, False]
    assert left["how_many"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sum: [by_day, by_night]", "sum: [by_day, gone]", "made of 'gone'"),
        ("sum: [by_day, by_night]", "sum: [by_day, risk]", "made of 'risk', which is no question"),
        ("sum: [by_day, by_night]", "sum: [by_day, seen]", "adds up 'seen', which is no number"),
        ("sum: [by_day, by_night]", "sum: [by_day, by_day]", "non-unique"),
        ("sum: [by_day, by_night]", "sum: [by_day]\n    otherwise: 1", "'when' is a dependency"),
        ("maximum: 31}\n      - id: happened", "maximum: 1999999999}\n      - id: happened",
         "its sum can be too large"),
        ("[happened, seen], of", "[happened, by_day], of", "counts answers to 'by_day'"),
        ('of: [theft, hate, "yes"]', 'of: [theft, "yes", arson]', "counts the code 'arson'"),
        ("id: trips", "id: happened", "the id 'happened' is used 2 times"),
        ("id: trips\n", "id: happened_theft\n", "two columns would be called 'happened_theft'"),
        ("{question: how_many, at_least: 3}, value", "{question: risk, at_least: 3}, value",
         "made of 'risk', which is no question and no number before it"),
        ("{question: how_many, at_least: 3}, value", "{question: how_many, in: ['3']}, value",
         "looks for codes of 'how_many', which is a number"),
        ("{question: how_many, at_least: 3}, value", "{question: how_many, at_least: 4}, value",
         "calculated/risk: nobody ever has the value 2"),
        ("show_if: {question: risk, at_least: 1}", "show_if: {question: risk, at_least: 3}",
         "more: nobody ever comes to this page"),
        ("show_if: {question: risk, at_least: 1}", "show_if: {question: trips, at_least: 63}",
         "more: nobody ever comes to this page"),
        ("title: About you\n", "title: About you\n    show_if: {question: risk, answered: true}\n",
         "show_if looks at 'happened', which is not asked on an earlier page"),
        ("question: age_band}", "question: trips}", "there is no question 'trips'"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_worked_out_is_refused(old, new, said):
    assert said in told("calculated", old, new)


def test_a_number_may_rest_on_those_before_it_but_never_on_itself():
    text = (FOLDER / "calculated" / "v1.yaml").read_text("utf-8")
    data = with_calculated(read_yaml(text, "x.yaml"))
    rule = data["calculated"][2]["when"][0]["if"]
    assert rule["calculated"]["id"] == "how_many"
    turned = text.replace("{question: how_many, at_least: 3}", "{question: risk, at_least: 3}")
    data = with_calculated(read_yaml(turned, "x.yaml"))
    assert data["calculated"][2]["when"][0]["if"] == {"question": "risk", "at_least": 3}


def test_what_hangs_on_a_number_worked_out_otherwise_is_asked_of_others():
    text = (FOLDER / "calculated" / "v1.yaml").read_text("utf-8")
    found = compare_texts(text, text.replace("at_least: 3}, value: 2", "at_least: 2}, value: 2"))
    assert "alone" in {each.question for each in found}
