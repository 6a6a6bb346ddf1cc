"""Bars that begin at nought (or go both ways from it), each with its interval and its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.charts import canvas
from engage.core.charts.units import Unit, tick, ticks, top, written
from engage.core.charts.wording import ENGLISH, ChartWords

BAR, GAP, LINE = 16, 10, 16
FIGURE = 62
"""Room for the printed figure, right of the bars."""

ROOM = canvas.WIDTH - 2 * canvas.EDGE - FIGURE


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: proportions for percentages and points, else the number itself.

    Without a `value` there is no bar, and `mark` says why ([c] hidden, [x] nobody). `shown` is the
    figure as it is printed elsewhere, by the rounding rule; without it the chart rounds by itself.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    mark: str = ""
    shown: str = ""


def printed(row: BarRow, unit: Unit, words: ChartWords = ENGLISH) -> str:
    """The figure of a row as the chart and its table print it, or its mark."""
    if row.value is None:
        return row.mark or "[x]"
    return row.shown or words.number(written(row.value, unit))


def described(rows: Sequence[BarRow], unit: Unit, words: ChartWords = ENGLISH) -> str:
    """Every bar in words, for those who hear the chart."""
    return "; ".join(f"{row.label}: {_told(row, unit, words)}" for row in rows)


def bars(
    rows: Sequence[BarRow],
    *,
    title: str,
    unit: Unit,
    target: float | None = None,
    most: float | None = None,
    least: float = 0.0,
    words: ChartWords = ENGLISH,
) -> str:
    """The chart as SVG: one bar a row in the order given.

    Percentages go to 100% unless `most` says otherwise; scores begin at `least`. A `target` is a
    dashed line through all bars, named below them.
    """
    axis = _axis(rows, unit, target, most, least)
    parts: list[str] = []
    y = 6.0
    for row in rows:
        drawn, y = _row(row, y, axis, unit, words)
        parts += drawn
        if axis.start < 0:  # nought, across the bar alone, so that labels stay clear
            top_of = y - BAR - GAP
            parts.append(canvas.line(axis.at(0), top_of - 3, axis.at(0), top_of + BAR + 3, width=1))
        if target is not None:
            parts.append(_aim(axis.at(target), y - BAR - GAP))
    foot = y - GAP
    y = foot + 16
    parts += [
        canvas.note(axis.at(axis.start), y, words.number(tick(axis.start, unit))),
        canvas.note(axis.at(axis.end), y, words.number(tick(axis.end, unit)), anchor="end"),
    ]
    if target is not None:
        y += LINE
        label = f"{words.target} {words.number(written(target, unit))}"
        half = canvas.wide(label, canvas.SMALL) / 2 + canvas.EDGE
        x = min(max(axis.at(target), half), canvas.WIDTH - half)
        parts.append(canvas.text(x, y, label, size=canvas.SMALL, anchor="middle"))
    says = f"{words.bars} {described(rows, unit, words)}."
    return canvas.drawing(parts, height=y + 8, title=title, description=says)


@dataclass(frozen=True, slots=True)
class _Axis:
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value is across the sheet, held within the axis."""
        reach = (value - self.start) / (self.end - self.start)
        return canvas.EDGE + ROOM * min(max(reach, 0.0), 1.0)


def _axis(
    rows: Sequence[BarRow], unit: Unit, target: float | None, most: float | None, least: float
) -> _Axis:
    known = [each for row in rows for each in (row.value, row.low, row.high) if each is not None]
    known += [] if target is None else [target]
    end = top(known, unit, most)
    lowest = min([least, *known])
    start = ticks(lowest, end)[0] if lowest < 0 else least
    return _Axis(start, end if end > start else start + 1.0)


def _row(
    row: BarRow, y: float, axis: _Axis, unit: Unit, words: ChartWords
) -> tuple[list[str], float]:
    """A row from `y` on: its label above, its bar below; and where the next one begins."""
    right = canvas.WIDTH - canvas.EDGE
    parts = []
    for each in canvas.wrapped(row.label, right - canvas.EDGE):
        y += LINE
        parts.append(canvas.text(canvas.EDGE, y, each))
    y += 5
    shown = printed(row, unit, words)
    if row.value is None:
        parts.append(canvas.text(canvas.EDGE, y + 12, shown, fill=canvas.QUIET))
        return parts, y + BAR + GAP
    left, end = sorted((axis.at(max(axis.start, 0.0)), axis.at(row.value)))
    parts += [
        canvas.rect(canvas.EDGE, y, ROOM, BAR, canvas.TRACK),
        canvas.rect(left, y, end - left, BAR, canvas.SERIES[0]),
    ]
    if row.low is not None and row.high is not None:
        parts.append(canvas.whisker(axis.at(row.low), axis.at(row.high), y + BAR / 2))
    parts.append(canvas.text(right, y + 13, shown, anchor="end", bold=True))
    if row.mark:
        parts.append(canvas.note(right, y + 13 + LINE - 2, row.mark, anchor="end"))
        y += 6
    return parts, y + BAR + GAP


def _aim(x: float, y: float) -> str:
    """The target across one bar, dark over a light edge, clear of the words above it."""
    edge = canvas.line(x, y - 3, x, y + BAR + 3, stroke=canvas.GROUND, width=5)
    return edge + canvas.line(x, y - 3, x, y + BAR + 3, width=2, dash="4 2")


def _told(row: BarRow, unit: Unit, words: ChartWords) -> str:
    if row.value is None:
        return words.mark(row.mark)
    return words.cell(printed(row, unit, words), row.mark)
