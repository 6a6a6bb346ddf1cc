"""A reader who knows how the groups of all breakdowns overlap never comes close to a hidden count.

The reader shares nothing with the code but the table that it gives back: a variable for every
answer of every kind of people, where a kind is a group in each breakdown, or none.
"""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given as drawn, settings, strategies as st
from scipy.optimize import linprog

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import suppress
from engage.core.disclosure.ties import ties
from engage.core.statistics.cells import gather
from engage.core.statistics.estimate import HIDDEN, TIDY_COLUMNS
from engage.core.statistics.factor import Factor

# Age by sex, and ethnic groups of which some are united: whom each group holds, by kind.
KINDS = [*itertools.product(("young", "old", None), ("f", "m", None), ("asian", "black", "white"))]
GROUPS = {
    "overall": {"all": lambda _kind: True},
    "age": {age: lambda kind, age=age: kind[0] == age for age in ("young", "old")},
    "sex": {sex: lambda kind, sex=sex: kind[1] == sex for sex in "fm"},
    "age|sex": {
        f"{age}|{sex}": lambda kind, both=(age, sex): kind[:2] == both
        for age in ("young", "old")
        for sex in "fm"
    },
    "ethnicity": {
        name: lambda kind, name=name: kind[2] == name for name in ("asian", "black", "white")
    },
    "united": {
        "minority": lambda kind: kind[2] != "white",
        "white": lambda kind: kind[2] == "white",
    },
}
PLACES = [(name, group) for name, groups in GROUPS.items() for group in groups]
HOLDS = np.array([[GROUPS[name][group](kind) for kind in KINDS] for name, group in PLACES])
SENSITIVE, PLAIN = 10, 5
# Few of some kinds and many of others, or no group would ever be small.
SIDE = st.one_of(st.integers(0, 4), st.integers(0, 40))
TOWNS = st.lists(st.tuples(SIDE, SIDE), min_size=len(KINDS), max_size=len(KINDS))


def town(most, few=()):
    """People of every kind in equal numbers, half of them yes, and other numbers for some."""
    counts = dict.fromkeys(KINDS, (most, most)) | dict(few)
    return [counts[kind] for kind in KINDS]


def factors(people):
    """Everybody in a group of each breakdown, or in none, as a survey would have them."""
    kinds = np.repeat(np.arange(len(KINDS)), people)
    made = []
    for name, groups in GROUPS.items():
        rows = [PLACES.index((name, group)) for group in groups]
        codes = np.full(len(kinds), -1, dtype=np.int64)
        for code, row in enumerate(rows):
            codes[HOLDS[row][kinds]] = code
        made.append(Factor(name, tuple(groups), codes))
    return made


def suppressed(given, *, sensitive, tied=True):
    yes = HOLDS @ np.array([each[0] for each in given])
    base = HOLDS @ np.array([sum(each) for each in given])
    rows = [
        dict.fromkeys(TIDY_COLUMNS, 0.5)
        | {"wave": "w", "indicator": "i", "estimator": "unweighted", "method": "mean"}
        | {"breakdown": name, "group": group, "base": people, "flag": "" if people else "[x]"}
        for (name, group), people in zip(PLACES, base.tolist(), strict=True)
    ]
    people = base[0]
    sizes = [sum(each) for each in given]
    made = ties(gather(np.ones(people), [], factors(sizes)))
    shown = suppress(
        pd.DataFrame(rows).astype({"base": "Int64"}),
        numerators=pd.Series(yes, dtype=float),
        policy=Policy(sensitive=frozenset({"i"} if sensitive else ())),
        within=made.within if tied else (),
        rests=made.rests if tied else (),
    )
    return yes, base, shown["flag"].str.contains(HIDDEN, regex=False).to_numpy()


class Reader:
    """Knows every shown count, and of every breakdown how many are in none of its groups."""

    def __init__(self, yes, base, hidden):
        equal = []
        for row in np.flatnonzero(~hidden):
            equal += [(HOLDS[row], HOLDS[row] * 0, yes[row]), (HOLDS[row], HOLDS[row], base[row])]
        for name, groups in GROUPS.items():
            rows = [PLACES.index((name, group)) for group in groups]
            none = ~HOLDS[rows].any(axis=0)
            equal.append((none, none, base[0] - base[rows].sum()))
        self.rows = np.array([np.concatenate([a, b]) for a, b, _limit in equal], dtype=float)
        self.limits = [limit for _a, _b, limit in equal]

    def width(self, yes, no):
        goal = np.concatenate([yes, no]).astype(float)
        ends = [
            linprog(sign * goal, A_eq=self.rows, b_eq=self.limits, bounds=(0, 9000))
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        return -ends[1].fun - ends[0].fun


def close_calls(yes, base, hidden, *, sensitive):
    """Every hidden group to which the reader comes closer than is allowed."""
    reader = Reader(yes, base, hidden)
    found = []
    for row in np.flatnonzero(hidden).tolist():
        nobody, group = HOLDS[row] * 0, HOLDS[row]
        people = reader.width(group, group)
        if base[row] < 30 and people < 30 - 1.001:
            found.append((PLACES[row], "base"))
        for what, ask, all_ in (
            ("yes", (group, nobody), yes[0]),
            ("no", (nobody, group), base[0] - yes[0]),
        ):
            # No range can be wider than a base that is known, or than what a shown whole has.
            least = SENSITIVE if sensitive else min(PLAIN, all_)
            least = min(least, base[row]) if people < 1e-6 else least
            if reader.width(*ask) < least - 0.001:
                found.append((PLACES[row], what))
    return found


@pytest.mark.parametrize("sensitive", [False, True])
@drawn(TOWNS)
@settings(max_examples=8, deadline=None, derandomize=True)
@example(town(20, {("young", "f", "asian"): (3, 4), ("young", "f", "black"): (1, 2)}))
@example(town(8, {("old", None, "white"): (0, 3), (None, "m", "white"): (2, 0)}))
def test_crossed_and_united_groups_never_give_each_other_away(sensitive, given):
    counts = suppressed(given, sensitive=sensitive)
    assert close_calls(*counts, sensitive=sensitive) == []


def test_the_reader_of_these_tests_does_find_what_overlaps_give_away():
    # The next smallest hides the few, until it is seen that young men and women are the young.
    told = {kind: (0, 0) for kind in KINDS if None in kind}
    few = {kind: (3, 3) for kind in KINDS if kind[:2] == ("young", "f")}
    counts = suppressed(town(20, told | few), sensitive=False, tied=False)
    assert close_calls(*counts, sensitive=False)


def test_a_united_group_of_one_part_goes_with_it_and_so_does_what_is_left():
    few = {kind: (1, 1) for kind in KINDS if kind[2] == "white"}
    _yes, _base, hidden = suppressed(town(20, few), sensitive=False)
    gone = {PLACES[row] for row in np.flatnonzero(hidden)}
    assert {("ethnicity", "white"), ("united", "white"), ("united", "minority")} <= gone
