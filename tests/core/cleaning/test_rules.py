"""Each cleaning rule: what it catches, and what it must leave alone."""

from dataclasses import replace

import pandas as pd
import pytest

from engage.core.cleaning.by_hand import BY_HAND
from engage.core.cleaning.records import records_of
from engage.core.cleaning.rule_sets import RULES
from engage.core.cleaning.rules import (
    Thresholds,
    identical_answers,
    mostly_empty,
    out_of_scope,
    same_submission,
    speeding,
)
from engage.core.cleaning.table import coded_table, table_from_answers
from engage.core.cleaning.words import FLAGS, REMOVES, RULES as TOLD

LIMITS = Thresholds()


def fired(rule, definition, answers, limits=LIMITS, **details) -> list[bool]:
    table = table_from_answers(definition, answers, **details)
    return rule(definition, table, limits).tolist()


def test_every_rule_has_words_for_people_in_the_order_of_the_rules():
    assert list(TOLD) == list(REMOVES) == list(FLAGS) == [*RULES, BY_HAND]


def test_an_age_that_the_survey_is_not_for_is_out_of_scope(definition, full):
    assert fired(out_of_scope, definition, [full, full | {"age": "1"}]) == [False, True]


def test_a_ward_elsewhere_is_out_of_scope_once_the_borough_is_known(definition, full):
    answers = [full, full | {"ward": "W9"}, full | {"ward": "dk"}]
    borough = Thresholds(wards=frozenset({"W1", "W2"}))
    assert fired(out_of_scope, definition, answers) == [False, False, False]
    assert fired(out_of_scope, definition, answers, borough) == [False, True, False]


def test_the_same_form_twice_keeps_the_earliest_day_then_the_smallest_id(definition, full):
    records = records_of(definition, [full] * 4, submissions=["a", "b", "a", "a"])
    days = ["2026-03-03", "2026-03-03", "2026-03-02", "2026-03-02"]
    table = coded_table(definition, replace(records, days=days))
    assert same_submission(definition, table, LIMITS).tolist() == [True, False, False, True]


def test_which_of_two_is_kept_does_not_hang_on_the_order_of_rows(definition, full):
    records = records_of(definition, [full] * 3, submissions=["a", "a", "a"])
    table = coded_table(definition, records)
    turned = table.iloc[::-1].reset_index(drop=True)
    assert same_submission(definition, table, LIMITS).tolist() == [False, True, True]
    assert same_submission(definition, turned, LIMITS).tolist() == [True, True, False]


def test_half_of_the_questions_about_the_subject_is_enough(definition):
    half = {"age": "2", "ward": "W1", "day": "1", "park": "1", "bus": "2"}
    less = {"age": "2", "ward": "W1", "day": "1", "park": "1"}
    assert fired(mostly_empty, definition, [half, less]) == [False, True]


def test_who_is_asked_more_has_to_answer_more(definition):
    three = {"ward": "W1", "day": "1", "park": "1", "bus": "2"}
    asked_five, asked_seven = three | {"age": "2"}, three | {"age": "3"}
    assert fired(mostly_empty, definition, [asked_five, asked_seven]) == [False, True]


def test_without_any_key_question_a_response_is_mostly_empty(definition, full):
    without = {name: answer for name, answer in full.items() if name not in {"day", "dark"}}
    assert fired(mostly_empty, definition, [full, without]) == [False, True]


def test_dont_know_is_an_answer_also_where_several_can_be_ticked(definition):
    unsure = {"age": "2", "day": "9", "dark": "9", "avoid": ("dk",)}
    silent = {"age": "2", "day": "9", "dark": "9"}
    assert fired(mostly_empty, definition, [unsure, silent]) == [False, True]


def test_the_same_answers_to_many_questions_are_flagged_on_both(definition, full):
    few = Thresholds(least_identical=7)
    other = full | {"bus": "1"}
    assert fired(identical_answers, definition, [full, other, full], few) == [True, False, True]
    assert fired(identical_answers, definition, [full, other, full]) == [False] * 3


def test_far_quicker_than_the_others_or_than_reading_is_speeding(definition, full):
    seconds = [300, 300, 300, 99, 101, None]
    assert fired(speeding, definition, [full] * 6, durations=seconds) == [
        *(False, False, False, True, False, False)
    ]
    # Eight questions are put: 2 seconds each is more than a third of this median.
    quick = [20, 20, 20, 15]
    assert fired(speeding, definition, [full] * 4, durations=quick) == [False, False, False, True]


def test_paper_and_phone_are_not_timed(definition, full):
    modes = ["web", "web", "paper", "phone", "kiosk"]
    seconds = [300, 300, 1, 1, 1]
    assert fired(speeding, definition, [full] * 5, durations=seconds, modes=modes) == [
        *(False, False, False, False, True)
    ]


@pytest.mark.parametrize("rule", RULES.values())
def test_no_rule_changes_the_table_or_fails_on_an_empty_one(rule, definition, full):
    table = table_from_answers(definition, [full, full])
    before = table.copy()
    rule(definition, table, LIMITS)
    pd.testing.assert_frame_equal(table, before)
    assert len(rule(definition, table_from_answers(definition, []), LIMITS)) == 0
