"""The map of one figure of a wave by ward, from the stored suppressed table."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from engage.areas.outlines import WardOutline, drawn as drawn_wards
from engage.charting.chart import Chart, Charted
from engage.core.charts import sentences
from engage.core.charts.table import Table
from engage.core.charts.ward_map import Shape, bands, numbered, ward_map
from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import EMPTY
from engage.figures.charted import bar_row, interval, marks_in, shown_of, unit_of
from engage.figures.store import StoredFigure, figures_of

WARD = "ward"


def by_ward(session: Session, seen: Charted) -> list[str]:
    """The indicators that a wave has figures of by ward."""
    return list(dict.fromkeys(each.indicator for each in figures_of(session, seen.run.id, [WARD])))


def map_of(session: Session, seen: Charted, indicator: Indicator) -> Chart | None:
    """The wards by one figure; None where no ward was ever drawn."""
    outlines = drawn_wards(session)
    if not outlines:
        return None
    rows = figures_of(session, seen.run.id, [WARD], indicator=indicator.id)
    figures = {each.group: each for each in rows}
    asked = seen.indicator(indicator)
    unit = unit_of(asked)
    shapes = [_shape(each, asked, figures.get(each.code)) for each in outlines]
    classes = bands([each.value for each in shapes if each.value is not None])
    title = f"{indicator.name}, by ward, {seen.name}"
    return Chart(
        svg=ward_map(shapes, title=title, unit=unit, bands=classes),
        sentence=sentences.of_wards(shapes, unit=unit, what=indicator.name),
        table=_table(title, asked, shapes, figures),
        key=marks_in(*(each.mark for each in shapes)),
    )


def _shape(
    drawn: WardOutline,
    indicator: Indicator,
    figure: StoredFigure | None,
) -> Shape:
    if figure is None:
        return Shape(drawn.code, drawn.name, drawn.path, None, mark=EMPTY, at=drawn.label)
    row = bar_row(drawn.name, indicator, figure.estimate)
    return Shape(drawn.code, drawn.name, drawn.path, row.value, row.mark, row.shown, at=drawn.label)


def _table(
    title: str, indicator: Indicator, shapes: Sequence[Shape], figures: dict[str, StoredFigure]
) -> Table:
    """The wards with their numbers on the map, figures, intervals and people."""
    numbers = numbered(shapes)
    rows = []
    for each in shapes:
        found = figures.get(each.code)
        estimate = found.estimate if found else None
        shown = shown_of(indicator, estimate) if estimate else EMPTY
        spread = interval(indicator, estimate) if estimate else ""
        known = estimate is not None and each.value is not None and estimate.base is not None
        people = f"{estimate.base:,}" if estimate and known else ""
        marked = f"{shown} {each.mark}" if each.mark and each.value is not None else shown
        rows.append((f"{numbers[each.code]} {each.name}", marked, spread, people))
    heads = ("Number on the map, and ward", "Figure", "95% interval", "Answered")
    return Table(title, heads, rows)
