"""The figures of a chart as a table, for those who would rather read than look."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.charts.bars import BarRow, printed as bar_figure
from engage.core.charts.lines import Line, Point, printed as point_figure
from engage.core.charts.units import Unit, written
from engage.core.charts.ward_map import Shape, numbered, printed as ward_figure
from engage.core.charts.wording import ENGLISH, ChartWords


@dataclass(frozen=True, slots=True)
class Table:
    """Words in rows: the first cell of each row is its heading, all others are figures."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def of_bars(
    rows: Sequence[BarRow],
    *,
    caption: str,
    unit: Unit,
    columns: Sequence[str] = (),
    words: ChartWords = ENGLISH,
) -> Table:
    """The bars' figures and intervals; `columns` and `words` are in the page's language."""
    heads = columns or ("Group", "Figure", "95% interval")
    made = [
        (each.label, _marked(bar_figure(each, unit, words), each), _spread(each, unit, words))
        for each in rows
    ]
    return Table(caption, heads, made)


def of_lines(
    series: Sequence[Line], *, caption: str, unit: Unit, columns: Sequence[str] = ()
) -> Table:
    """One row a wave and series; a wave that begins a new series says so in its own column."""
    many = len(series) > 1
    heads = columns or (
        "Wave",
        *(("Series",) if many else ()),
        "Figure",
        "95% interval",
        "Beside the wave before",
    )
    made = []
    for each in series:
        for index, point in enumerate(each.points):
            joined = "" if not index else "Series breaks" if index in each.breaks else "Same series"
            names = (point.label, each.label) if many else (point.label,)
            figure = _marked(point_figure(point, unit), point)
            made.append((*names, figure, _spread(point, unit), joined))
    return Table(caption, heads, made)


def of_wards(
    shapes: Sequence[Shape], *, caption: str, unit: Unit, columns: Sequence[str] = ()
) -> Table:
    """The wards with their numbers on the map and their figures."""
    numbers = numbered(shapes)
    heads = columns or ("Ward", "Number on the map", "Figure")
    made = [(each.name, str(numbers[each.code]), ward_figure(each, unit)) for each in shapes]
    return Table(caption, heads, made)


def _marked(shown: str, row: BarRow | Point) -> str:
    return f"{shown} {row.mark}" if row.mark and row.value is not None else shown


def _spread(row: BarRow | Point, unit: Unit, words: ChartWords = ENGLISH) -> str:
    if row.low is None or row.high is None or row.value is None:
        return ""
    return words.interval % {
        "low": words.number(written(row.low, unit)),
        "high": words.number(written(row.high, unit)),
    }
