"""Figures as a page draws them: printed by the rounding rule, drawn with all their digits."""

import math

import pytest

from engage.analysis.bars import bar, unit_of
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.estimate import Estimate

SAFE = Indicator("safe", "Feels safe", Kind.PROPORTION, ("q",), ("1",), ("1", "2"))
SUM = Indicator("sum", "Disorder", Kind.SUM_MEAN, ("a", "b"), scores={"1": 3, "2": 1})


@pytest.mark.parametrize(
    ("indicator", "base", "figure", "interval"),
    [
        (SAFE, 999, "25%", "20% to 30%"),
        (SAFE, 1000, "24.5%", "20.1% to 29.8%"),
        (SAFE, math.nan, "25%", "20% to 30%"),
        (SUM, 999, "0.2", "0.2 to 0.3"),
        (SUM, 1000, "0.25", "0.20 to 0.30"),
    ],
)
def test_one_decimal_more_where_the_effective_base_is_a_thousand(indicator, base, figure, interval):
    made = bar("Here", indicator, Estimate(0.245, 0.02, 0.2012, 0.2977, 1200, base))
    assert (made.figure, made.interval) == (figure, interval)


def test_a_bar_is_as_long_as_the_figure_and_not_as_its_print():
    made = bar("Here", SAFE, Estimate(0.245, 0.02, 0.2012, 0.2977, 300, 280))
    assert (made.value, made.lower, made.upper) == ("24.5%", "20.1%", "29.8%")


def test_a_figure_without_an_interval_has_none():
    made = bar("Here", SUM, Estimate(5, math.nan, math.nan, math.nan, 1))
    assert (made.figure, made.interval, made.people) == ("5.0", "", "1 person")
    assert made.value == "75.0%"


def test_the_unit_of_a_score_is_its_scale():
    assert unit_of(SUM) == "Mean score from 2 to 6"
    assert unit_of(SAFE) == "Percentages of people"
