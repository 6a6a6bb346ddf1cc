"""Two states of one wave, one after the other, tell nothing of the few who came in between."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings, strategies as st
from scipy.optimize import linprog

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.successive import Again, carried, successive
from engage.core.disclosure.suppress import NUMBERS, suppress
from engage.core.statistics.estimate import HIDDEN, TIDY_COLUMNS

AREA_OF = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "b3": "b"}
WITHIN = [(("ward", ward), ("area", area)) for ward, area in AREA_OF.items()]
TOTAL = ("overall", "all")
PLACES = [TOTAL, ("area", "a"), ("area", "b"), *(("ward", ward) for ward in AREA_OF)]
NOWHERE = "nowhere"
HOLDS = np.array(
    [[True] * 6, *([AREA_OF.get(ward) == area for ward in (*AREA_OF, NOWHERE)] for area in "ab")]
    + [[ward == own for ward in (*AREA_OF, NOWHERE)] for own in AREA_OF]
)


def policy(*, sensitive=False, **given):
    return Policy(sensitive=frozenset({"i"} if sensitive else ()), **given)


def state(people, by, *, indicators=("i",), estimate=0.5):
    """The suppressed table of people by ward, and in no ward, half of whom said yes."""
    base = (HOLDS @ np.array(people)).tolist()
    rows = [
        dict.fromkeys(TIDY_COLUMNS, estimate)
        | {"wave": "w", "indicator": indicator, "estimator": "rake", "method": "mean"}
        | {"breakdown": name, "group": group, "base": people, "flag": "" if people else "[x]"}
        for indicator in indicators
        for (name, group), people in zip(PLACES, base, strict=True)
    ]
    tidy = pd.DataFrame(rows).astype({"base": "Int64"})
    return suppress(tidy, numerators=tidy["base"] / 2.0, policy=by, within=WITHIN)


def fates(before, came, **given):
    """What is to be done with each place after so many came into each ward, and the tables."""
    by = policy(**given)
    former, now = state(before, by), state(np.add(before, came).tolist(), by, estimate=0.6)
    again = successive(former, now, policy=by, within=WITHIN)
    return dict(zip(PLACES, again, strict=True)), former, now, again


def test_where_many_came_in_everywhere_all_is_shown_anew():
    made, *_tables = fates([200] * 6, [20] * 6)
    assert set(made.values()) == {Again.ANEW}


def test_where_nobody_came_in_the_former_figures_stay():
    made, *_tables = fates([200] * 6, [0] * 6)
    assert set(made.values()) == {Again.FORMER}


@pytest.mark.parametrize(
    ("sensitive", "came", "fate"),
    [
        (False, 4, Again.FORMER),
        (False, 5, Again.ANEW),
        (True, 9, Again.FORMER),
        (True, 10, Again.ANEW),
    ],
)
def test_how_few_are_too_few(sensitive, came, fate):
    made, *_tables = fates([200] * 6, [0, 0, 0, 0, 0, came], sensitive=sensitive)
    assert made[TOTAL] == fate


def test_a_ward_that_few_came_into_keeps_another_with_it():
    made, *_tables = fates([200] * 6, [3, 40, 20, 30, 50, 0])
    assert made["ward", "a1"] == made["ward", "a2"] == Again.FORMER
    assert made["ward", "b1"] == made["area", "a"] == made[TOTAL] == Again.ANEW


def test_what_was_hidden_stays_hidden_while_anything_is_held_back():
    before = [25, 200, 200, 200, 200, 0]
    kept, *_tables = fates(before, [10, 10, 3, 10, 10, 0])
    assert kept["ward", "a1"] == Again.HIDDEN
    free, *_tables = fates(before, [10, 10, 10, 10, 10, 0])
    assert free["ward", "a1"] == Again.ANEW


def test_the_few_who_came_into_hidden_wards_are_not_told_by_their_area():
    # Two wards of an area are hidden; two people came into them, and all others are seen to stay.
    made, *_tables = fates([300, 300, 20, 40, 300, 0], [20, 20, 1, 1, 30, 0])
    assert made["ward", "b3"] == Again.FORMER


def test_where_people_left_an_indicator_is_shown_anew_as_a_whole_or_not_at_all():
    few, *_tables = fates([200] * 6, [-3, 40, 40, 40, 40, 0])
    assert set(few.values()) == {Again.FORMER}
    many, *_tables = fates([200] * 6, [-30, 80, 40, 40, 40, 0])
    assert set(many.values()) == {Again.ANEW}


def test_rounded_bases_need_as_many_more_as_rounding_may_hide():
    made, *_tables = fates([200] * 6, [12] * 6, sensitive=True, round_counts_to=5)
    assert set(made.values()) == {Again.FORMER}
    made, *_tables = fates([200] * 6, [20] * 6, sensitive=True, round_counts_to=5)
    assert set(made.values()) == {Again.ANEW}


def test_the_opposite_of_a_sensitive_figure_is_held_back_with_it():
    by = Policy(sensitive=frozenset({"i"}), complements=(("i", "not_i"),))
    before = state([200] * 6, by, indicators=("i", "not_i"))
    now = state([200] * 5 + [207], by, indicators=("i", "not_i"))
    again = successive(before, now, policy=by, within=WITHIN)
    assert set(again[now["breakdown"] == "overall"]) == {Again.FORMER}


def test_a_wave_that_was_not_shown_before_is_free():
    now = state([20, 200, 200, 200, 200, 0], policy())
    again = successive(now.head(0), now, policy=policy(), within=WITHIN)
    assert set(again[now["flag"] == HIDDEN]) == {Again.HIDDEN}
    assert set(again[now["flag"] != HIDDEN]) == {Again.ANEW}


def test_the_table_to_show_has_former_figures_whole():
    made, former, now, again = fates([200] * 6, [3, 40, 20, 30, 50, 0])
    shown = carried(former, now, again)
    for place, old, new, row in zip(PLACES, *map(rows, (former, now, shown)), strict=True):
        assert row == (old if made[place] == Again.FORMER else new)


def test_the_table_to_show_has_nothing_of_what_stays_hidden():
    _made, former, now, again = fates([25, 200, 200, 200, 200, 0], [10, 10, 3, 10, 10, 0])
    shown = carried(former, now, again)
    gone = (again == Again.HIDDEN).to_numpy()
    assert gone.any()
    assert (shown.loc[gone, "flag"] == HIDDEN).all()
    assert shown.loc[gone, NUMBERS].isna().all(axis=None)


def rows(table):
    return [tuple(row) for row in table[["base", "estimate", "flag"]].itertuples(index=False)]


class Reader:
    """Has both states, and knows how many in no ward there are in each.

    The variables are who was in each ward before, and who came in between.
    """

    def __init__(self, before, came, former, again):
        self.rows, self.limits = [], []
        now = np.add(before, came)
        shown_before = (former["flag"] != HIDDEN).to_numpy()
        for row, (seen, fate) in enumerate(zip(shown_before, again, strict=True)):
            if seen:
                self.know(HOLDS[row], HOLDS[row] * 0, HOLDS[row] @ before)
            if fate == Again.ANEW:
                self.know(HOLDS[row], HOLDS[row], HOLDS[row] @ now)
        nowhere = np.array([0] * 5 + [1])
        self.know(nowhere, nowhere * 0, before[5])
        self.know(nowhere * 0, nowhere, came[5])

    def know(self, before, came, limit):
        self.rows.append(np.concatenate([before, came]).astype(float))
        self.limits.append(limit)

    def width(self, row):
        goal = np.concatenate([HOLDS[row] * 0, HOLDS[row]]).astype(float)
        ends = [
            linprog(sign * goal, A_eq=np.array(self.rows), b_eq=self.limits, bounds=(0, 9000))
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        return -ends[1].fun - ends[0].fun


@pytest.mark.parametrize("sensitive", [False, True])
@given(
    st.lists(st.one_of(st.integers(0, 60), st.just(150)), min_size=6, max_size=6),
    st.lists(st.one_of(st.integers(0, 12), st.integers(0, 40)), min_size=6, max_size=6),
)
@settings(max_examples=25, deadline=None, derandomize=True)
@example([150, 150, 20, 40, 150, 0], [20, 20, 1, 1, 30, 0])
@example([150] * 6, [3, 40, 20, 30, 50, 0])
def test_a_reader_of_both_states_does_not_learn_how_many_came_in_where_few_did(
    sensitive, before, came
):
    least = 10 if sensitive else 5
    _made, former, _now, again = fates(before, came, sensitive=sensitive)
    reader = Reader(before, came, former, again)
    people = HOLDS @ np.array(came)
    for row in np.flatnonzero((people > 0) & (people < least)).tolist():
        assert reader.width(row) > least - 1.001, PLACES[row]
