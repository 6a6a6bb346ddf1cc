"""What those few said who did not say to which group they belong."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from engage.core.disclosure.policy import Policy
from engage.core.disclosure.suppress import suppress
from engage.core.statistics.estimate import HIDDEN, TIDY_COLUMNS

AGES = [(60, 20), (70, 30), (200, 90), (300, 120)]
SENSITIVE = Policy(sensitive=frozenset({"i"}))


def hidden(groups, unsaid, policy=SENSITIVE, **more):
    """Which groups of (base, yes) are hidden, when so many people are in the total and in none."""
    total = tuple(map(sum, zip(*groups, unsaid, strict=True)))
    rows = [("overall", "all", *total)]
    for name, made in {"age": groups, **more}.items():
        rows += [(name, str(number), *each) for number, each in enumerate(made)]
    tidy = pd.DataFrame(
        [
            dict.fromkeys(TIDY_COLUMNS, 0.5)
            | {"wave": "w", "indicator": "i", "estimator": "rake", "method": "mean", "flag": ""}
            | {"breakdown": breakdown, "group": group, "base": base}
            for breakdown, group, base, _yes in rows
        ]
    ).astype({"base": "Int64"})
    numerators = pd.Series([float(row[3]) for row in rows])
    flags = suppress(tidy, numerators=numerators, policy=policy)["flag"]
    return {row[:2] for row, flag in zip(rows, flags, strict=True) if flag == HIDDEN}


@pytest.mark.parametrize("few", [(1, 1), (5, 0), (5, 2), (9, 9)])
def test_of_a_sensitive_figure_two_groups_cover_the_few_who_did_not_say(few):
    assert hidden(AGES, few) == {("age", "0"), ("age", "1")}


@pytest.mark.parametrize("few", [(0, 0), (10, 3), (40, 3)])
def test_nobody_can_be_placed_among_ten(few):
    assert hidden(AGES, few) == set()


def test_what_people_think_is_no_secret_of_those_who_did_not_say():
    assert hidden(AGES, (5, 2), Policy()) == set()


def test_a_breakdown_of_two_groups_is_not_given_up_for_those_in_none():
    assert hidden(AGES[2:], (5, 2)) == set()


def test_where_two_groups_leave_out_the_same_people_others_are_not_hidden_in_vain():
    united = [(130, 50), (500, 210)]
    assert hidden(AGES, (5, 2), united=united) == set()
    # Other people are in none of these, and the ages still cover theirs.
    others = [(130, 50), (490, 208)]
    assert hidden(AGES, (5, 2), others=others) == {("age", "0"), ("age", "1")}


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=6),
    st.tuples(st.integers(0, 6), st.integers(0, 3)).filter(any),
)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_reader_learns_nothing_of_what_the_few_said(sides, few):
    groups = [(yes + no, yes) for yes, no in sides]
    unsaid = (sum(few), few[0])
    gone = hidden(groups, unsaid)
    if sum(base > 0 for base, _yes in groups) < 3:
        return
    # A variable for everybody's yes, those in none last, and the same for no.
    held = [*sides, few]
    count = len(held)
    rows, limits = [], []
    for at in range(len(sides)):
        if ("age", str(at)) not in gone:
            rows += [np.eye(2 * count)[at], np.eye(2 * count)[count + at]]
            limits += held[at]
    if ("overall", "all") not in gone:
        rows += list(np.kron(np.eye(2), np.ones(count)))
        limits += [sum(yes for yes, _no in held), sum(no for _yes, no in held)]
    rows.append(np.eye(2 * count)[count - 1] + np.eye(2 * count)[-1])
    limits.append(sum(few))
    goal = np.eye(2 * count)[count - 1]
    ends = [
        linprog(sign * goal, A_eq=np.array(rows), b_eq=limits, bounds=(0, 900)) for sign in (1, -1)
    ]
    assert -ends[1].fun - ends[0].fun > sum(few) - 1e-6
