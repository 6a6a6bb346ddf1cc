"""A figure held to a target by the interval that is printed with it."""

import math

import pytest

from engage.core.indicators.model import Better
from engage.core.indicators.verdicts import hold
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.target import Operator, Target

NAN = math.nan
FIGURE = Estimate(0.72, 0.02, 0.68, 0.76, 500)


def target(value, operator=Operator.AT_LEAST):
    return Target(operator, value)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (0.68, "met"),
        (0.70, "met within sampling error"),
        (0.74, "not met within sampling error"),
        (0.77, "not met"),
    ],
)
def test_the_verdict_is_by_the_printed_interval(value, verdict):
    held = hold(target(value), FIGURE, Better.HIGHER)
    assert held.verdict == verdict
    assert held.distance == pytest.approx(0.72 - value)
    assert (held.lower, held.upper) == pytest.approx((0.68 - value, 0.76 - value))
    assert held.detectable == pytest.approx(2.8016 * math.sqrt(2) * 0.02, rel=1e-4)
    assert held.reason is None


@pytest.mark.parametrize(
    ("value", "verdict", "distance"),
    [
        (0.7199999, "met within sampling error", 0),
        (0.71999, "not met within sampling error", -1e-5),
    ],
)
def test_a_millionth_short_is_there_in_words_and_in_the_number(value, verdict, distance):
    held = hold(target(0.72), Estimate(value, 0.02, 0.68, 0.76, 500), Better.HIGHER)

    assert held.verdict == verdict
    assert held.distance == pytest.approx(distance, abs=1e-12)


def test_a_target_to_hold_goes_by_what_is_better():
    hold_at = target(0.7, Operator.HOLD)
    assert hold(hold_at, FIGURE, Better.HIGHER).verdict == "met within sampling error"
    assert hold(hold_at, FIGURE, Better.LOWER).verdict == "not met within sampling error"


def test_everybody_of_a_few_is_not_beyond_doubt():
    held = hold(target(0.99), Estimate(1, 0, 0.96, 1, 100, flag="exact"), Better.HIGHER)
    assert held.verdict == "met within sampling error"
    assert math.isnan(held.detectable)


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (None, "gone"),
        (Estimate(NAN, NAN, NAN, NAN, None, flag="[c]"), "hidden"),
        (Estimate(NAN, NAN, NAN, NAN, 0, flag="[x]"), "nobody"),
        (Estimate(3, NAN, NAN, NAN, 1, flag="single"), "one"),
    ],
)
def test_without_a_figure_there_is_a_reason_and_no_number(figure, reason):
    held = hold(target(0.7), figure, Better.HIGHER)
    assert (held.reason, held.verdict) == (reason, None)
    numbers = (held.distance, held.lower, held.upper, held.detectable)
    assert all(math.isnan(each) for each in numbers)
