"""A reader with a linear programme of their own, who never comes close to what is hidden.

The attacker here shares nothing with the one in the code but the policy: it reads the table that
was given back, puts a variable for every count that is not in it, and looks for both ends of each.
"""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings, strategies as st
from scipy.optimize import linprog

from engage.core.disclosure.policy import Policy, Share
from engage.core.disclosure.suppress import NUMBERS, suppress
from engage.core.statistics.estimate import HIDDEN, TIDY_COLUMNS

WARDS = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "b3": "b"}
WITHIN = [(("ward", ward), ("area", area)) for ward, area in WARDS.items()]
TOTAL = ("overall", "all")
PLACES = [TOTAL, ("area", "a"), ("area", "b"), *(("ward", ward) for ward in WARDS)]
NOWHERE = ("nowhere", "nowhere")
SIDES = 10
FEW = 5
BASE = 30


def share(codes):
    return Share("q", frozenset(codes), frozenset("123"))


# Three answers to one question: yes is sensitive, and the other two are what is left.
POLICY = Policy(
    sensitive=frozenset({"yes"}),
    shares={"yes": share("1"), "perhaps": share("2"), "no": share("3")},
)
ANSWERS = st.tuples(*(st.integers(0, 60) for _answer in range(3)))
TOWNS = st.fixed_dictionaries(dict.fromkeys((*WARDS, "nowhere"), ANSWERS))


def table(town):
    """Every place's counts, and the tidy table of the three indicators as it was computed."""
    counts = {("ward", ward): np.array(town[ward]) for ward in WARDS}
    for area in "ab":
        counts["area", area] = sum(counts["ward", w] for w in WARDS if WARDS[w] == area)
    counts[NOWHERE] = np.array(town["nowhere"])
    counts[TOTAL] = sum(np.array(each) for each in town.values())
    rows, numerators = [], []
    for place, (number, indicator) in itertools.product(PLACES, enumerate(POLICY.shares)):
        base = int(counts[place].sum())
        rows.append(
            dict.fromkeys(TIDY_COLUMNS, 0.5)
            | {"wave": "w", "indicator": indicator, "estimator": "unweighted", "method": "mean"}
            | {"breakdown": place[0], "group": place[1], "base": base}
            | {"flag": "" if base else "[x]"}
        )
        numerators.append(float(counts[place][number]))
    tidy = pd.DataFrame(rows).astype({"base": "Int64"})
    return counts, tidy, pd.Series(numerators)


def suppressed(town):
    counts, tidy, numerators = table(town)
    shown = suppress(tidy, numerators=numerators, policy=POLICY, within=WITHIN)
    hidden = {
        (row.indicator, (row.breakdown, row.group))
        for row in shown.itertuples()
        if HIDDEN in row.flag
    }
    return counts, shown, hidden


class Reader:
    """Knows all that is shown, how many are in no ward, and the rules by which counts add up."""

    def __init__(self, counts, hidden):
        self.counts, self.hidden = counts, hidden
        # A variable for each answer in each place; everything else is a sum of them.
        self.at = {
            pair: n for n, pair in enumerate(itertools.product([*PLACES, NOWHERE], range(3)))
        }
        self.rows, self.limits = [], []
        for place in PLACES:
            names = [name for name in POLICY.shares if (name, place) not in hidden]
            for name in names:
                self.know({(place, list(POLICY.shares).index(name)): 1.0})
            if names:
                self.know({(place, answer): 1.0 for answer in range(3)})
        wards = [("ward", ward) for ward in WARDS]
        self.know({(NOWHERE, answer): 1.0 for answer in range(3)})
        self.add_up(TOTAL, [("area", "a"), ("area", "b"), NOWHERE])
        self.add_up(TOTAL, [*wards, NOWHERE])
        for area in "ab":
            self.add_up(("area", area), [("ward", w) for w in WARDS if WARDS[w] == area])

    def know(self, terms):
        row = np.zeros(len(self.at))
        for pair, factor in terms.items():
            row[self.at[pair]] = factor
        self.rows.append(row)
        self.limits.append(sum(f * self.counts[p][answer] for (p, answer), f in terms.items()))

    def add_up(self, whole, parts):
        for answer in range(3):
            self.know({(whole, answer): 1.0} | {(part, answer): -1.0 for part in parts})

    def width(self, terms):
        goal = np.zeros(len(self.at))
        for pair in terms:
            goal[self.at[pair]] = 1.0
        ends = [
            linprog(sign * goal, A_eq=np.array(self.rows), b_eq=self.limits, bounds=(0, 2000))
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        return -ends[1].fun - ends[0].fun


def needed(counts, hidden, name, place, side):
    """How uncertain a numerator (side 0) or the rest (side 1) must stay."""
    if name in POLICY.sensitive:
        return SIDES
    wholes = [TOTAL, *([("area", WARDS[place[1]])] if place[0] == "ward" else [])]
    number = list(POLICY.shares).index(name)
    width = FEW
    for whole in wholes:
        if whole != place and (name, whole) not in hidden:
            yes = counts[whole][number]
            width = min(width, (yes, counts[whole].sum() - yes)[side])
    return width


def close_calls(counts, hidden):
    """Every hidden count to which the reader comes closer than the policy allows."""
    reader = Reader(counts, hidden)
    found = []
    for name, place in sorted(hidden):
        number = list(POLICY.shares).index(name)
        answers = [(place, answer) for answer in range(3)]
        people = counts[place].sum()
        known = any((other, place) not in hidden for other in POLICY.shares)
        if people < BASE and reader.width(answers) < BASE - 1.001:
            found.append((name, place, "base"))
        for side, terms in enumerate(([answers[number]], [a for a in answers if a[1] != number])):
            least = needed(counts, hidden, name, place, side)
            if reader.width(terms) < min(least, people if known else np.inf) - 0.001:
                found.append((name, place, side))
    return found


@given(TOWNS)
@settings(max_examples=25, deadline=None, derandomize=True)
@example(dict.fromkeys((*WARDS, "nowhere"), (0, 0, 0)) | {"a1": (3, 3, 3), "b1": (40, 60, 60)})
@example(dict.fromkeys((*WARDS, "nowhere"), (20, 20, 20)) | {"a1": (3, 20, 20)})
@example(dict.fromkeys((*WARDS, "nowhere"), (0, 60, 60)) | {"a1": (12, 5, 2)})
def test_a_reader_with_a_linear_programme_never_comes_close_to_a_hidden_count(town):
    counts, _shown, hidden = suppressed(town)
    assert close_calls(counts, hidden) == []


@pytest.mark.parametrize(
    ("hidden", "found"),
    [
        # One ward alone is what its area has beyond the others.
        ({(name, ("ward", "a1")) for name in POLICY.shares}, "base"),
        # A second of another area does not help.
        ({(name, ("ward", ward)) for name in POLICY.shares for ward in ("a1", "b1")}, "base"),
        # Of three answers one alone is what the others leave.
        ({("yes", ("ward", ward)) for ward in WARDS} | {("yes", TOTAL)}, 0),
    ],
)
def test_the_reader_of_these_tests_does_find_what_is_hidden_badly(hidden, found):
    town = dict.fromkeys((*WARDS, "nowhere"), (20, 20, 20)) | {"a1": (5, 10, 5)}
    counts, _tidy, _numerators = table(town)
    assert found in {what for _name, _place, what in close_calls(counts, hidden)}


@given(TOWNS)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_nothing_is_shown_that_the_policy_forbids_and_a_hidden_row_has_no_number(town):
    counts, shown, hidden = suppressed(town)
    for row in shown.itertuples():
        people = counts[row.breakdown, row.group]
        base, yes = int(people.sum()), int(people[list(POLICY.shares).index(row.indicator)])
        if (row.indicator, (row.breakdown, row.group)) in hidden:
            continue
        assert base == 0 or base >= BASE
        if base and row.indicator == "yes":
            assert not any(0 < side < SIDES for side in (yes, base - yes))
            assert base >= 100 or 0 not in (yes, base - yes)
        assert ("[u]" in row.flag) == (0 < base < 100)
        assert ("[x]" in row.flag) == (base == 0)
    gone = shown["flag"] == HIDDEN
    assert shown.loc[gone, NUMBERS].isna().all(axis=None)
    assert shown.loc[~gone, ["estimate", "base"]].notna().all(axis=None)


@given(TOWNS)
@settings(max_examples=15, deadline=None, derandomize=True)
def test_suppressing_twice_changes_nothing(town):
    _counts, tidy, numerators = table(town)
    once = suppress(tidy, numerators=numerators, policy=POLICY, within=WITHIN)
    twice = suppress(once, numerators=numerators, policy=POLICY, within=WITHIN)
    pd.testing.assert_frame_equal(once, twice)


@given(TOWNS, st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_what_is_hidden_does_not_depend_on_the_order_of_rows(town, random):
    _counts, tidy, numerators = table(town)
    order = list(range(len(tidy)))
    random.shuffle(order)
    mixed = suppress(
        tidy.iloc[order], numerators=numerators.iloc[order], policy=POLICY, within=WITHIN
    )
    straight = suppress(tidy, numerators=numerators, policy=POLICY, within=WITHIN)
    pd.testing.assert_frame_equal(mixed.sort_index(), straight)


def test_a_table_that_is_hidden_in_part_only_is_refused():
    _counts, tidy, numerators = table(dict.fromkeys((*WARDS, "nowhere"), (20, 20, 20)))
    tidy.loc[0, "flag"] = HIDDEN
    with pytest.raises(ValueError, match="Suppress the whole table at once"):
        suppress(tidy, numerators=numerators, policy=POLICY)


def test_large_places_are_all_shown():
    _counts, shown, hidden = suppressed(dict.fromkeys((*WARDS, "nowhere"), (40, 40, 40)))
    assert hidden == set()
    assert set(shown["flag"]) == {""}
