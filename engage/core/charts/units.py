"""The units of charts: how a figure is written, and where an axis goes.

Percentages and differences in points are proportions, as estimates are stored: 0.47 is 47%.
"""

import math
from typing import Literal

from engage.core.words.rounding import percent, points, rounded

Unit = Literal["percent", "score", "points", "count"]

_STEPS = (1, 2, 2.5, 5, 10)


def written(value: float, unit: Unit) -> str:
    """A figure as a chart prints it where nobody printed it already."""
    if unit == "percent":
        return percent(value)
    if unit == "points":
        size = points(abs(value))
        return size if size == "0" else f"{'+' if value > 0 else '−'}{size}"
    if unit == "count":
        return f"{value:,.0f}"
    return rounded(value, 1)


def tick(value: float, unit: Unit) -> str:
    """A number beside an axis."""
    if unit == "percent":
        return percent(value)
    if unit == "points":
        return written(value, unit)
    return f"{round(value, 6):,g}".replace("-", "−")


def top(values: list[float], unit: Unit, most: float | None = None) -> float:
    """Where an axis that begins at nought ends: all of 100%, `most`, or a round number above."""
    if most is not None:
        return most
    if unit == "percent":
        return 1.0
    return ticks(0.0, max([0.0, *values]) or 1.0)[-1]


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers at equal steps, from at or below `low` to at or above `high`."""
    raw = (high - low) / about or 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(each * power for each in _STEPS if each * power >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * each, 10) for each in range(first, last + 1)]
