"""Stored figures as charts take them: printed by the rounding rule, hidden ones as their mark."""

import math

from engage.core.charts.bars import BarRow
from engage.core.charts.lines import Point
from engage.core.charts.units import Unit
from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW, Estimate
from engage.core.words.figure import scale_ends
from engage.core.words.rounding import printed

MARKS: dict[str, str] = {
    HIDDEN: "Not shown, so that nobody can be recognised: too few people answered, or the figure "
    "would give away another one that is not shown.",
    LOW: "Fewer than 100 people answered. Read it with care.",
    EMPTY: "Nobody answered.",
}
"""What the marks in charts stand for."""


def unit_of(indicator: Indicator) -> Unit:
    """The unit of an indicator's figures in a chart."""
    return "percent" if indicator.kind.is_percentage else "score"


def ends_of(indicator: Indicator) -> tuple[float, float]:
    """From where to where an indicator's bars go: nought to one, or the ends of its scale."""
    return (0.0, 1.0) if indicator.kind.is_percentage else scale_ends(indicator)


def bar_row(label: str, indicator: Indicator, estimate: Estimate) -> BarRow:
    """One figure as a bar."""
    value, low, high, mark, shown = _parts(indicator, estimate)
    return BarRow(label, value, low, high, mark, shown)


def point(label: str, indicator: Indicator, estimate: Estimate | None) -> Point:
    """One figure as the point of a line; without an estimate, a wave that did not ask for it."""
    if estimate is None:
        return Point(label, None, mark="[x]")
    value, low, high, mark, shown = _parts(indicator, estimate)
    return Point(label, value, low, high, mark, shown)


def shown_of(indicator: Indicator, estimate: Estimate) -> str:
    """The figure as it is printed, or its mark."""
    _value, _low, _high, mark, shown = _parts(indicator, estimate)
    return shown or mark


def interval(indicator: Indicator, estimate: Estimate) -> str:
    """The 95% interval as it is printed; empty where there is none, or the figure is not shown."""
    if estimate.hidden or estimate.empty or math.isnan(estimate.lower + estimate.upper):
        return ""
    low, high = (
        printed(end, estimate.effective_base, percentage=indicator.kind.is_percentage)
        for end in (estimate.lower, estimate.upper)
    )
    return f"{low} to {high}"


def marks_in(*marks: str) -> list[tuple[str, str]]:
    """The marks that occur, each with its meaning, in the order of the key."""
    return [(mark, says) for mark, says in MARKS.items() if mark in marks]


def _parts(
    indicator: Indicator, estimate: Estimate
) -> tuple[float | None, float | None, float | None, str, str]:
    """Value, lower and upper limit, mark, and the printed figure; a hidden one is its mark only."""
    if estimate.hidden:
        return None, None, None, HIDDEN, ""
    if estimate.empty or math.isnan(estimate.value):
        return None, None, None, EMPTY, ""
    percentage = indicator.kind.is_percentage
    shown = printed(estimate.value, estimate.effective_base, percentage=percentage)
    spread = not (math.isnan(estimate.lower) or math.isnan(estimate.upper))
    low, high = (estimate.lower, estimate.upper) if spread else (None, None)
    return estimate.value, low, high, LOW if estimate.low else "", shown
