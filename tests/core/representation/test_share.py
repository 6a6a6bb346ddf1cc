"""Shares beside shares: ratios with intervals, dissimilarity, and what is too few to say."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from engage.core.representation.representation import State
from engage.core.representation.share import gap_of, groups_of, wilson

HERE = Path(__file__).parent


def wards():
    rows = list(csv.DictReader((HERE / "groups.csv").read_text().splitlines()))
    return [
        (
            ward,
            sum(int(row["people"]) for row in rows if row["ward"] == ward),
            sum(float(row["residents"]) for row in rows if row["ward"] == ward),
        )
        for ward in ("North", "South", "West")
    ]


def test_ratios_and_dissimilarity_are_those_of_r():
    wanted = {
        row["name"]: float(row["value"])
        for row in csv.DictReader((HERE / "propensities.csv").read_text().splitlines())
    }
    for each in groups_of("ward", wards()):
        assert (each.ratio, each.lower, each.upper) == pytest.approx(
            tuple(wanted[f"{figure}_{each.name}"] for figure in ("ratio", "lower", "upper")),
            rel=1e-8,
        )
    gap = gap_of("ward", wards())
    assert gap.dissimilarity == pytest.approx(wanted["dissimilarity_ward"], rel=1e-10)
    assert gap.widest == "West"


def test_the_example_worked_by_hand():
    gap = gap_of("sex", [("men", 30, 50), ("women", 70, 50)], unknown=4)
    assert (gap.known, gap.unknown, gap.widest) == (100, 4, "men")
    assert (gap.dissimilarity, gap.standardised) == pytest.approx((0.2, -0.4))
    men, women = groups_of("sex", [("men", 30, 50), ("women", 70, 50)])
    assert (men.sample_share, men.population_share, men.ratio) == pytest.approx((0.3, 0.5, 0.6))
    assert (men.state, women.state) == (State.UNDER, State.OVER)
    # Wilson's limits of 30 of 100 are 0.2189 and 0.3958.
    assert (men.lower, men.upper) == pytest.approx((2 * 0.21895, 2 * 0.39585), abs=1e-4)


def test_a_group_of_which_hardly_anybody_is_expected_is_too_few_to_say():
    rest = ("rest", 90, 96)
    few, _rest = groups_of("ward", [("few", 0, 4), rest])
    assert (few.state, few.ratio, few.lower) == (State.TOO_FEW, 0, 0)
    enough, _rest = groups_of("ward", [("enough", 0, 10), rest])
    assert enough.state is State.UNDER


def test_one_person_is_too_few_to_say_anything():
    groups = groups_of("sex", [("men", 1, 50), ("women", 0, 50)])
    assert [each.state for each in groups] == [State.TOO_FEW] * 2
    assert [each.ratio for each in groups] == [2, 0]
    assert gap_of("sex", [("men", 1, 50), ("women", 0, 50)]).dissimilarity == 0.5


def test_nobody_answered_and_nobody_lives_here_are_said_and_have_no_numbers():
    (nobody, other) = groups_of("ward", [("empty", 3, 0), ("full", 7, 100)])
    assert (nobody.state, nobody.ratio, nobody.population_share) == (State.NOBODY, None, 0)
    assert nobody.sample_share == pytest.approx(0.3)
    assert (other.sample_share, other.ratio) == pytest.approx((0.7, 0.7)), "3 of 10 are elsewhere"
    silent = groups_of("ward", [("a", 0, 10), ("b", 0, 20)])
    assert [(each.state, each.ratio, each.sample_share) for each in silent] == [
        (State.TOO_FEW, None, None)
    ] * 2
    for counts in ([("a", 0, 10)], [("a", 3, 0)], []):
        gap = gap_of("ward", counts)
        assert (gap.dissimilarity, gap.widest, gap.standardised) == (None, None, None)


def test_a_margin_of_one_group_has_no_gap():
    gap = gap_of("ward", [("all", 3, 10)])
    assert (gap.dissimilarity, gap.widest) == (0, None)


@pytest.mark.parametrize(("count", "size"), [(0, 0), (3, 2), (-1, 4)])
def test_a_share_of_nobody_is_refused(count, size):
    with pytest.raises(ValueError, match="is no share"):
        wilson(count, size)


COUNTS = st.lists(
    st.tuples(st.uuids().map(str), st.integers(0, 400), st.integers(0, 5000).map(float)),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each[0],
)


@given(COUNTS, st.randoms())
@settings(max_examples=150, deadline=None)
def test_no_figure_is_ever_not_a_number_and_order_does_not_matter(counts, random):
    groups, gap = groups_of("any", counts), gap_of("any", counts)
    for each in groups:
        numbers = (each.sample_share, each.population_share, each.ratio, each.lower, each.upper)
        assert all(number is None or math.isfinite(number) for number in numbers)
        assert each.ratio is None or each.lower <= each.ratio <= each.upper + 1e-12
    assert gap.dissimilarity is None or 0 <= gap.dissimilarity <= 1
    turned = list(counts)
    random.shuffle(turned)
    assert {each.name: each for each in groups_of("any", turned)} == {
        each.name: each for each in groups
    }
    again = gap_of("any", turned)
    assert (again.dissimilarity is None) == (gap.dissimilarity is None)
    if gap.dissimilarity is not None:
        assert again.dissimilarity == pytest.approx(gap.dissimilarity)
