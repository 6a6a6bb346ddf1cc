"""Contradictions: twice and the response goes, once and only those answers do."""

import numpy as np
import pandas as pd
import pytest
from core.cleaning.long_survey import CONFLICTS, SIX, WORRIES, long_survey
from hypothesis import given, settings, strategies as st

from engage.core.cleaning.conditions import holds
from engage.core.cleaning.log import clean
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.faults import DefinitionError
from engage.core.definition.routing import holds as holds_of_one

SURVEY = long_survey({"conflicts": CONFLICTS})
WELL = {"age": "old", "ward": "W1", **dict.fromkeys(SIX, "2"), **dict.fromkeys(WORRIES, "3")}
WELL |= {"victim": "no"}
ONCE = WELL | {"crime": ("theft",)}
TWICE = ONCE | {"noise": "1", "mug": "1", "dogs": "3"}


def cleaned(answers, definition=SURVEY):
    table = table_from_answers(definition, answers)
    before = table.copy()
    made = clean(definition, table)
    pd.testing.assert_frame_equal(table, before)
    return made


def test_two_contradictions_remove_and_one_clears_the_answers_in_question():
    made = cleaned([WELL, ONCE, TWICE])
    assert made.flow.removed["inconsistent"] == 1
    assert made.flow.cleared == {"inconsistent": 1, "out_of_range": 0}
    well, once = made.table["@id"]
    assert list(made.cleared.items()) == [(once, ("inconsistent",))]
    assert well not in made.flagged
    used = made.table.set_index("@id")
    assert used.loc[well, "victim"] == "no"
    doubtful = used.loc[once, ["victim", "crime_theft", "crime_hate"]]
    assert doubtful.tolist() == ["@not_answered"] * 3
    assert used.loc[once, "noise"] == "2"


@pytest.mark.parametrize(
    ("action", "used", "flagged", "cleared"),
    [("flag", 3, 1, 2), ("clear", 3, 0, 2), ("ignore", 3, 0, None), ("remove", 2, 0, 1)],
)
def test_a_survey_may_mark_or_only_clear_or_let_them_be(action, used, flagged, cleared):
    own = long_survey({"conflicts": CONFLICTS, "actions": {"inconsistent": action}})
    flow = cleaned([WELL, ONCE, TWICE], own).flow
    assert (flow.used, flow.flagged.get("inconsistent", 0)) == (used, flagged)
    assert flow.cleared.get("inconsistent") == cleared


def test_a_survey_may_remove_at_the_first_contradiction():
    strict = long_survey({"conflicts": CONFLICTS, "least_conflicts": 1})
    assert cleaned([WELL, ONCE, TWICE], strict).flow.used == 1


def test_a_contradicted_ward_goes_with_its_own_column_and_a_number_becomes_empty():
    conflict = {
        "id": "moved",
        "first": {"question": "ward", "answered": True},
        "second": {"question": "born", "answered": True},
    }
    own = long_survey({"conflicts": [conflict]})
    used = cleaned([WELL | {"born": 1990}, WELL], own).table
    assert used["ward"].tolist() == ["@not_answered", "W1"]
    assert used["@ward"].isna().tolist() == [True, False]
    assert np.isnan(used["born"]).all()


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ({"reversed": ["victim"]}, "'victim' is no question of the kind scale"),
        ({"conflicts": [CONFLICTS[0] | {"first": {"question": "gone", "in": ["1"]}}]}, "'gone'"),
        ({"conflicts": [CONFLICTS[0] | {"first": {"question": "victim", "in": ["7"]}}]}, "'7'"),
        ({"conflicts": [CONFLICTS[0], CONFLICTS[0]]}, "two conflicts have this id"),
        ({"actions": {"speeding": "clear"}}, "Use one of: remove, flag, ignore"),
        ({"actions": {"hurry": "flag"}}, "'hurry' was unexpected"),
        ({"least_answered": 2}, "2 is greater than the maximum"),
    ],
)
def test_a_faulty_block_is_told_with_its_place(block, told):
    with pytest.raises(DefinitionError, match="cleaning") as caught:
        long_survey(block)
    assert told in str(caught.value)


ANSWERS = st.fixed_dictionaries(
    {"age": st.just("old")},
    optional={
        "victim": st.sampled_from(["yes", "no"]),
        "crime": st.sampled_from([("theft",), ("hate",), ("theft", "hate")]),
        "noise": st.sampled_from("12"),
        "mug": st.sampled_from("19"),
        "dogs": st.sampled_from("12"),
        "born": st.integers(1900, 2010),
    },
)


@given(st.lists(ANSWERS, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_rule_over_the_table_says_what_it_says_of_one_person(people):
    table = table_from_answers(SURVEY, people)
    for conflict in SURVEY.cleaning.conflicts:
        for condition in (conflict.first, conflict.second):
            wanted = [holds_of_one(condition, each) for each in people]
            assert holds(condition, SURVEY, table).tolist() == wanted
