"""Figures over waves: points with intervals, joined by lines that stop where a series breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.charts import canvas, plot
from engage.core.charts.units import Unit, written
from engage.core.charts.wording import ENGLISH, ChartWords


@dataclass(frozen=True, slots=True)
class Point:
    """One wave of a series: its name, and its figure or the mark why there is none."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    mark: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One series; `breaks` are the indices of the points that begin a new series.

    A break means that what was asked, or of whom, changed: the points before and after it are not
    the same measure.
    """

    label: str
    points: Sequence[Point]
    breaks: Sequence[int] = ()


def printed(point: Point, unit: Unit) -> str:
    """The figure of a point as the chart and its table print it, or its mark."""
    if point.value is None:
        return point.mark or "[x]"
    return point.shown or written(point.value, unit)


def described(series: Sequence[Line], unit: Unit, words: ChartWords = ENGLISH) -> str:
    """Every point and break in words, for those who hear the chart."""
    told = []
    for each in series:
        points = []
        for index, point in enumerate(each.points):
            if index in each.breaks:
                points.append(f"({words.series_breaks})")
            shown = (
                words.mark(point.mark)
                if point.value is None
                else words.cell(printed(point, unit), point.mark)
            )
            points.append(f"{point.label}: {shown}")
        head = f"{each.label}: " if len(series) > 1 else ""
        told.append(f"{head}{'; '.join(points)}.")
    return " ".join(told)


def trend(
    series: Sequence[Line],
    *,
    title: str,
    unit: Unit,
    target: float | None = None,
    words: ChartWords = ENGLISH,
) -> str:
    """The chart as SVG; series share the waves along the bottom, in order of first appearance.

    The upright axis need not begin at nought; its ends are written beside it.
    """
    waves = list(dict.fromkeys(point.label for each in series for point in each.points))
    numbers = [
        number
        for each in series
        for point in each.points
        for number in (point.value, point.low, point.high)
        if number is not None
    ]
    frame = plot.frame(waves, [*numbers, *([] if target is None else [target])], unit)
    parts = [plot.grid(frame, unit)]
    if target is not None:
        parts.append(plot.aim(frame, target))
    broken = sorted({waves.index(s.points[i].label) for s in series for i in s.breaks if i})
    parts += [plot.crack(frame, index, words.series_breaks) for index in broken]
    for index, each in enumerate(series):
        parts.append(_drawn(frame, each, index, unit, alone=len(series) == 1))
    y = frame.foot
    parts.append(plot.wave_names(frame))
    y += frame.names_height
    if len(series) > 1:
        for index, each in enumerate(series):
            y += 20
            parts.append(plot.legend(index, each.label, y))
    if target is not None:
        y += 20
        parts.append(plot.aim_legend(f"{words.target} {written(target, unit)}", y))
    says = f"{words.lines} {described(series, unit, words)}"
    return canvas.drawing(parts, height=y + 10, title=title, description=says)


def _drawn(frame: plot.Frame, series: Line, index: int, unit: Unit, *, alone: bool) -> str:
    """One series: lines between neighbours of one series, intervals, points and their figures."""
    parts, before = [], None
    shift = 0 if alone else (index % 3 - 1) * 5
    for place, point in enumerate(series.points):
        at = frame.names.index(point.label)
        x = frame.x(at) + shift
        if point.value is None:
            parts.append(plot.absent(x, frame, printed(point, unit), index))
            before = None
            continue
        y = frame.y(point.value)
        if before and place not in series.breaks:
            parts.append(plot.stroke(before, (x, y), index))
        if point.low is not None and point.high is not None:
            ends = frame.y(point.low), frame.y(point.high)
            parts.append(canvas.whisker(*ends, x, upright=True))
        parts.append(plot.marker(x, y, index))
        if alone:
            head = y if point.high is None else frame.y(point.high)
            parts.append(plot.above(x, head, printed(point, unit)))
        before = (x, y)
    return "".join(parts)
