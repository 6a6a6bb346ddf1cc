"""Straight lines: one answer down whole scales, and when that is worth a mark."""

from core.cleaning.long_survey import SIX, WORRIES, long_survey

from engage.core.cleaning.batteries import batteries, flat
from engage.core.cleaning.log import clean
from engage.core.cleaning.rules import Thresholds, straight_lining
from engage.core.cleaning.table import table_from_answers

LIMITS = Thresholds()
PLAIN = long_survey()
USUAL = [300, 300, 300]


def lines(problem="1", worry="1") -> dict:
    return {"age": "old", **dict.fromkeys(SIX, problem), **dict.fromkeys(WORRIES, worry)}


def fired(answers, definition=PLAIN, durations=None) -> list[bool]:
    table = table_from_answers(definition, answers, durations=durations)
    return straight_lining(definition, table, LIMITS).tolist()


def test_a_scale_is_one_battery_over_several_pages_and_has_five_rows():
    assert [tuple(each.id for each in items) for items in batteries(PLAIN, 5)] == [SIX, WORRIES]
    assert [len(items) for items in batteries(PLAIN, 6)] == [6]


def test_a_line_needs_five_answers_and_no_other_among_them():
    five = dict.fromkeys(SIX[:5], "1")
    answers = [lines(), five, dict.fromkeys(SIX[:4], "1"), lines() | {"paint": "2"}, {}]
    table = table_from_answers(PLAIN, [{"age": "old"} | each for each in answers])
    problem, _worry = batteries(PLAIN, 5)
    assert flat(problem, table, 5).tolist() == [True, True, False, False, False]


def test_dont_know_breaks_a_line_unless_it_is_the_line():
    table = table_from_answers(PLAIN, [lines(worry="9"), lines() | {"mug": "9"}])
    assert flat(batteries(PLAIN, 5)[1], table, 5).tolist() == [True, False]


def test_where_nothing_is_a_problem_straight_lines_alone_are_no_fault():
    assert fired([lines(), lines("1", "5")]) == [False, False]


def test_together_with_great_speed_two_lines_are_marked_and_one_is_not():
    answers = [lines(), lines() | {"mug": "2"}, lines()]
    durations = [*USUAL, 5, 5, 300]
    made = fired([*[lines() | {"mug": "3"}] * 3, *answers], durations=durations)
    assert made == [False, False, False, True, False, False]


def test_opposite_rows_of_both_scales_answered_alike_are_marked_at_any_speed():
    turned = long_survey({"reversed": ["litter", "knife"]})
    one_scale = long_survey({"reversed": ["litter"]})
    assert fired([lines()], turned) == [True]
    assert fired([lines()], one_scale) == [False]
    without = {name: code for name, code in lines().items() if name != "litter"}
    assert fired([without], turned) == [False], "nothing was said both ways"


def test_one_long_scale_alone_gives_the_rule_nothing_to_go_by():
    table = table_from_answers(PLAIN, [lines()])
    assert "straight_lining" in clean(PLAIN, table).flow.flagged
    strict = Thresholds(least_items=6)
    assert "straight_lining" not in clean(PLAIN, table, strict).flow.flagged
