import math

import pytest

from engage.core.words.rounding import (
    exact_percent,
    percent,
    places_of,
    points,
    points_up,
    printed,
    rounded,
    rounded_up,
)


@pytest.mark.parametrize(
    ("proportion", "said"),
    [(0.725, "73%"), (0.145, "15%"), (0.005, "1%"), (0.0049, "0%"), (-0.025, "-3%"), (1, "100%")],
)
def test_halves_are_rounded_away_from_zero(proportion, said):
    assert percent(proportion) == said


@pytest.mark.parametrize(
    ("value", "said"), [(2.5, "3"), (-2.5, "-3"), (-0.1, "0"), (1234.5, "1235"), (1e-9, "0")]
)
def test_numbers_are_rounded_as_by_hand(value, said):
    assert rounded(value) == said


def test_places_after_the_point_are_kept():
    assert rounded(3.005, 2) == "3.01"
    assert percent(0.5, 1) == "50.0%"
    assert percent(0.12345, 1) == "12.3%"


@pytest.mark.parametrize(
    ("base", "percentage", "score"),
    [(999.99, 0, 1), (1000, 1, 2), (1e6, 1, 2), (0, 0, 1), (math.nan, 0, 1)],
)
def test_a_decimal_more_needs_an_effective_base_of_a_thousand(base, percentage, score):
    assert places_of(base, percentage=True) == percentage
    assert places_of(base, percentage=False) == score


@pytest.mark.parametrize(
    ("value", "base", "percentage", "said"),
    [
        (0.725, 400, True, "73%"),
        (0.725, 1000, True, "72.5%"),
        (0.7245, 1000, True, "72.5%"),
        (2.85, 400, False, "2.9"),
        (2.845, 1000, False, "2.85"),
    ],
)
def test_a_figure_is_printed_by_the_rule(value, base, percentage, said):
    assert printed(value, base, percentage=percentage) == said


@pytest.mark.parametrize(("value", "near", "least"), [(0.043, "4", "5"), (0.05, "5", "5")])
def test_points_are_rounded_or_rounded_up(value, near, least):
    assert (points(value), points_up(value)) == (near, least)


def test_what_is_rounded_up_is_no_less():
    assert rounded_up(0.21, 1) == "0.3"
    assert rounded_up(0.2, 1) == "0.2"


@pytest.mark.parametrize(
    ("value", "said"), [(0.72, "72%"), (0.725, "72.5%"), (1, "100%"), (0, "0%"), (0.57, "57%")]
)
def test_a_share_that_somebody_set_is_not_rounded(value, said):
    assert exact_percent(value) == said
