"""What is written in the cells of a workbook, and the symbols for what has no number."""

import math
from collections.abc import Callable

from engage.core.export.cells import Cell, Percent, Points, PointsMoved, Score, ScoreMoved
from engage.core.indicators.model import Indicator, Kind
from engage.core.indicators.reasons import Reason
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW, Estimate

NOT_APPLICABLE = "[z]"
NONE = "None"
SYMBOLS = (
    (HIDDEN, "Hidden, to keep the people who answered private"),
    (LOW, "Low reliability: fewer than 100 people answered"),
    (EMPTY, "Not available: nobody answered"),
    (NOT_APPLICABLE, "Not applicable"),
    ("exact", "0% or 100%: the interval is made in another way, see the sheet Notes"),
)
ON_COVER = "This worksheet has one table. The symbols are explained on the cover."
WITHOUT: dict[Reason | None, str] = {Reason.HIDDEN: HIDDEN, Reason.NOBODY: EMPTY}
"""The symbol for a comparison that has no number, by the reason; [z] for any other."""


def is_percentage(indicator: Indicator | None) -> bool:
    """Whether a figure is printed as a percentage; what is on no file any more is taken to be."""
    return indicator is None or indicator.kind.is_percentage


def unit(indicator: Indicator | None) -> str:
    """The unit of a figure."""
    if indicator is None or indicator.kind.is_share:
        return "Percent of people"
    if indicator.kind is Kind.MEAN_OF_PROPORTIONS:
        return "Mean of percentages"
    return "Mean score"


def figure_cell(number: float | None, made: Estimate | None, *, percentage: bool) -> Cell:
    """A number that belongs to a figure, or the symbol that says why it is not there."""
    if number is not None and not math.isnan(number):
        return Percent(number) if percentage else number
    if made is None:
        return NOT_APPLICABLE
    if made.hidden:
        return HIDDEN
    return EMPTY if made.empty else NOT_APPLICABLE


def symbols_cell(made: Estimate) -> str:
    """The symbols of a figure, as the cover explains them."""
    return made.flag or NONE


def moved_cell(number: float, indicator: Indicator | None, reason: Reason | None) -> Cell:
    """A difference of two figures with its sign: in percentage points, or of scores."""
    return _number(number, reason, _moved if is_percentage(indicator) else _score_moved)


def size_cell(number: float, indicator: Indicator | None, reason: Reason | None) -> Cell:
    """The size of a difference: percentage points, or points of a score."""
    return _number(number, reason, _points if is_percentage(indicator) else Score)


def plain_cell(
    number: float, reason: Reason | None, kind: Callable[[float], float] = float
) -> Cell:
    """Another number of a comparison, shown as that kind of number is."""
    return _number(number, reason, kind)


def _number(number: float, reason: Reason | None, kind: Callable[[float], float]) -> Cell:
    return WITHOUT.get(reason, NOT_APPLICABLE) if math.isnan(number) else kind(number)


def _moved(proportion: float) -> float:
    """In percentage points; what is shown as 0.0 has no sign."""
    moved = 100 * proportion
    return PointsMoved(moved) if abs(moved) >= 0.05 else Points(moved)


def _score_moved(score: float) -> float:
    return ScoreMoved(score) if abs(score) >= 0.005 else Score(score)


def _points(proportion: float) -> Points:
    return Points(100 * proportion)
