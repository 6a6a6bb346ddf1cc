"""One figure over all waves of a questionnaire, for everybody or by group, with series breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy.orm import Session

from engage.charting.chart import Chart, Charted
from engage.core.charts import sentences, table
from engage.core.charts.lines import Line, Point, trend
from engage.core.indicators.model import Indicator
from engage.core.indicators.series import broken
from engage.figures.charted import interval, marks_in, point, unit_of
from engage.figures.comparisons.store import comparisons_of
from engage.figures.store import StoredFigure, figures_of
from engage.figures.words import OVERALL

ALL = "all"
ANOTHER_SAMPLE = "People were asked in another way than in the wave before."


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a series breaks: before which wave, and why."""

    index: int
    wave: str
    says: Sequence[str]


def gaps(waves: Sequence[Charted], indicator: Indicator) -> list[Gap]:
    """Each break in an indicator's series over waves in their order."""
    found = []
    for index, (before, after) in enumerate(pairwise(waves), start=1):
        says = [each.says for each in broken(indicator, before.definition, after.definition)]
        if before.wave.sample != after.wave.sample:
            says.append(ANOTHER_SAMPLE)
        if says:
            found.append(Gap(index, after.wave.name, says))
    return found


def over_waves(
    session: Session, waves: Sequence[Charted], indicator: Indicator, breakdown: str
) -> list[Chart]:
    """One chart a group of the newest wave's breakdown; one alone for everybody."""
    rows = [_rows(session, each, indicator, breakdown) for each in waves]
    breaks = gaps(waves, indicator)
    names = {group: each.label for found in rows for group, each in found.items()}
    newest = [group for group in names if group in rows[-1]]
    return [
        _chart(
            indicator,
            indicator.name if breakdown == OVERALL else f"{indicator.name}: {names[group]}",
            [(each, found.get(group)) for each, found in zip(waves, rows, strict=True)],
            [each.index for each in breaks],
            _target(session, waves[-1], indicator, (breakdown, group)),
        )
        for group in newest
    ]


def _rows(
    session: Session, seen: Charted, indicator: Indicator, breakdown: str
) -> dict[str, StoredFigure]:
    found = figures_of(session, seen.run.id, [breakdown], indicator=indicator.id)
    return {each.group: each for each in found}


def _chart(
    indicator: Indicator,
    title: str,
    rows: Sequence[tuple[Charted, StoredFigure | None]],
    breaks: Sequence[int],
    target: float | None,
) -> Chart:
    points = [
        point(seen.name, seen.indicator(indicator), row.estimate if row else None)
        for seen, row in rows
    ]
    unit = unit_of(indicator)
    series = [Line(title, points, breaks)]
    return Chart(
        svg=trend(series, title=title, unit=unit, target=target),
        sentence=sentences.of_lines(series, unit=unit, what=title),
        table=_table(title, indicator, rows, points, breaks),
        key=marks_in(*(each.mark for each in points)),
    )


def _table(
    title: str,
    indicator: Indicator,
    rows: Sequence[tuple[Charted, StoredFigure | None]],
    points: Sequence[Point],
    breaks: Sequence[int],
) -> table.Table:
    """The chart's table, with intervals printed by the rounding rule."""
    plain = table.of_lines(
        [Line(title, points, breaks)], caption=f"{title}, by wave", unit=unit_of(indicator)
    )
    spreads = [
        interval(seen.indicator(indicator), row.estimate) if row else "" for seen, row in rows
    ]
    made = [
        (wave, figure, spread, joined)
        for (wave, figure, _spread, joined), spread in zip(plain.rows, spreads, strict=True)
    ]
    return table.Table(plain.caption, plain.columns, made)


def _target(
    session: Session, newest: Charted, indicator: Indicator, group: tuple[str, str]
) -> float | None:
    """The target that the newest figure is held to, if there is one."""
    verdicts = comparisons_of(session, newest.run.id, indicator=indicator.id).verdicts
    aims = [each.target for each in verdicts if (each.breakdown, each.group) == group]
    return aims[0].value if aims else None
