"""The sentence that says what a chart shows, worded so that chance is not taken for an order."""

from collections.abc import Sequence
from typing import Protocol

from engage.core.charts.bars import BarRow, printed
from engage.core.charts.lines import Line, printed as point_figure
from engage.core.charts.units import Unit
from engage.core.charts.ward_map import Shape, printed as ward_figure

NEWEST = 2
"""How many of the newest points of a series are told beside its first."""
OVERLAP = "The two intervals overlap, so the difference may be chance."
OVERLAP_OF_ENDS = (
    "The first interval and the last overlap, so the difference of these two may be chance."
)
CHANCE = "Their intervals overlap, so which is higher may be chance."


def of_bars(rows: Sequence[BarRow], *, unit: Unit, what: str) -> str:
    """The highest and the lowest bar, whether that may be chance, and what is not shown."""
    shown = [each for each in rows if each.value is not None]
    hidden = len(rows) - len(shown)
    if not shown:
        return f"{what}: too few people answered to show it for any group."
    if len(shown) == 1:
        told = f"{what}: {shown[0].label} {printed(shown[0], unit)}."
    else:
        high = max(shown, key=lambda each: each.value or 0.0)
        low = min(shown, key=lambda each: each.value or 0.0)
        told = (
            f"{what}: highest for {high.label} ({printed(high, unit)}), "
            f"lowest for {low.label} ({printed(low, unit)})."
        )
        if printed(high, unit) == printed(low, unit):
            told = f"{what}: about {printed(high, unit)} for every group shown."
        elif _overlap(high, low):
            told = f"{told} {CHANCE}"
    return " ".join([told, *_not_shown(hidden)])


def of_lines(series: Sequence[Line], *, unit: Unit, what: str) -> str:
    """Where each series began, was before and is now, since its last break, and the breaks."""
    told = []
    for each in series:
        start = max([index for index in each.breaks if index], default=0)
        points = [point for point in each.points[start:] if point.value is not None]
        name = each.label if len(series) > 1 else what
        if not points:
            told.append(f"{name}: no figure can be shown.")
        elif len(points) == 1:
            told.append(f"{name}: {point_figure(points[0], unit)} in {points[0].label}.")
        else:
            ends = [points[0], *points[max(1, len(points) - NEWEST) :]]
            said = ", ".join(f"{point_figure(each, unit)} in {each.label}" for each in ends)
            told.append(f"{name}: {said}.")
            if _overlap(points[0], points[-1]):
                told.append(OVERLAP if len(ends) == 2 else OVERLAP_OF_ENDS)
        if start:
            told.append(
                f"The series breaks before {each.points[start].label}: what came before was asked "
                "in another way and must not be compared with it."
            )
    return " ".join(told)


def of_wards(shapes: Sequence[Shape], *, unit: Unit, what: str) -> str:
    """The highest and the lowest ward, and how many are not shown."""
    shown = [each for each in shapes if each.value is not None]
    hidden = len(shapes) - len(shown)
    if not shown:
        return f"{what}: too few people answered to show it for any ward."
    high = max(shown, key=lambda each: each.value or 0.0)
    low = min(shown, key=lambda each: each.value or 0.0)
    told = (
        f"{what}, by ward: from {ward_figure(low, unit)} in {low.name} "
        f"to {ward_figure(high, unit)} in {high.name}. Do not rank wards: where the intervals in "
        "the table overlap, the order may be chance."
    )
    return " ".join([told, *_not_shown(hidden)])


class _Spread(Protocol):
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


def _overlap(one: _Spread, other: _Spread) -> bool:
    """Whether two intervals have a value in common; not where one is not known."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high


def _not_shown(hidden: int) -> list[str]:
    if not hidden:
        return []
    return ["1 is not shown." if hidden == 1 else f"{hidden} are not shown."]
