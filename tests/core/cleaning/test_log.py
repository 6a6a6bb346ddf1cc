"""Cleaning as a whole: the first rule counts, every response is accounted for."""

import json

import pandas as pd
from hypothesis import given, settings, strategies as st

from engage.core.cleaning.flow import Flow
from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds
from engage.core.cleaning.table import table_from_answers


def test_a_response_is_removed_by_the_first_rule_that_fires(definition, full):
    empty = {"age": "2"}
    answers = [full, full | {"age": "1"}, full, {"age": "1"}, empty]
    submissions = ["a", "b", "a", "c", "d"]
    cleaned = clean(definition, table_from_answers(definition, answers, submissions=submissions))
    ids = [f"{number:032x}" for number in range(5)]
    assert cleaned.removed == {
        ids[1]: "out_of_scope",
        ids[2]: "same_submission",
        ids[3]: "out_of_scope",
        ids[4]: "mostly_empty",
    }
    assert cleaned.table["@id"].tolist() == [ids[0]]
    assert cleaned.flow.removed == {
        "trial": 0,
        "out_of_scope": 2,
        "same_submission": 1,
        "mostly_empty": 1,
    }
    assert cleaned.flow.removed_in_all == 4


def test_flags_keep_the_response_and_are_made_among_those_kept(definition, full):
    few = Thresholds(least_identical=7)
    answers = [full, full, full | {"age": "1"}]
    table = table_from_answers(definition, answers, durations=[300, 3, 3])
    cleaned = clean(definition, table, few)
    ids = [f"{number:032x}" for number in range(2)]
    assert cleaned.flow.used == 2
    assert cleaned.flow.flagged == {"identical_answers": 2, "speeding": 1}
    assert cleaned.flagged == {
        ids[0]: ("identical_answers",),
        ids[1]: ("identical_answers", "speeding"),
    }


ANSWERS = st.fixed_dictionaries(
    {"age": st.sampled_from("123")},
    optional={name: st.sampled_from("129") for name in ("day", "dark", "park", "bus", "alone")},
)


@given(st.lists(ANSWERS, max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_every_response_is_used_or_removed_once_and_the_raw_table_stays(definition, people, data):
    marks = st.lists(st.sampled_from("abc"), min_size=len(people), max_size=len(people))
    table = table_from_answers(definition, people, submissions=data.draw(marks))
    before = table.copy()
    cleaned = clean(definition, table)
    pd.testing.assert_frame_equal(table, before)
    flow = cleaned.flow
    assert flow.received == len(people) == flow.used + flow.removed_in_all
    assert {*cleaned.removed, *cleaned.table["@id"]} == {*table["@id"]}
    assert Flow.from_data(json.loads(json.dumps(flow.as_data()))) == flow


def test_without_flags_the_same_people_are_used(definition, full):
    few = Thresholds(least_identical=2)
    answers = [full, full, full | {"age": "1"}, {"age": "2"}]
    table = table_from_answers(definition, answers, durations=[300, 3, 3, 3])
    marked, plain = (clean(definition, table, few, flags=each) for each in (True, False))
    assert marked.flagged
    assert not plain.flagged
    assert plain.removed == marked.removed
    assert plain.table.equals(marked.table)
