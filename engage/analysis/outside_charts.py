"""Charts of what people feel beside what others publish: each measure in a picture of its own.

Two measures never share an axis: drawn over one another, a choice of scales makes any two agree.
"""

from dataclasses import dataclass

from engage.analysis.outside_page import BesideCrime, LondonTable
from engage.core.charts import sentences
from engage.core.charts.bars import bars
from engage.core.charts.lines import Line, Point, trend
from engage.core.indicators.model import Indicator
from engage.core.words.rounding import exact_percent
from engage.figures.charted import ends_of, unit_of


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture and what it shows in a sentence; its figures are in the table of the page."""

    svg: str
    sentence: str


def beside_crime(view: BesideCrime, indicator: Indicator) -> list[Panel]:
    """What people said and what was recorded, by the same wards in the same order."""
    least, most = ends_of(indicator)
    said = [row.drawn for row in view.rows]
    recorded = [row.recorded for row in view.rows]
    what = f"{view.offence or 'All offences'} recorded in {view.year} per 1,000 residents"
    unit = unit_of(indicator)
    return [
        Panel(
            bars(said, title=f"{indicator.name}, by ward", unit=unit, least=least, most=most),
            sentences.of_bars(said, unit=unit, what=indicator.name),
        ),
        Panel(
            bars(recorded, title=what, unit="score"),
            sentences.of_bars(recorded, unit="score", what=what),
        ),
    ]


def of_london(shown: LondonTable) -> Panel | None:
    """Our borough and London in one measure of one survey over time; None without figures."""
    quarters = sorted(shown.quarters, key=lambda each: each.ends)  # a table has the newest first
    ours = Line(
        shown.borough or "Our borough",
        [_point(f"{each.ends:%b %Y}", each.borough) for each in quarters],
    )
    london = Line(
        shown.london or "London",
        [_point(f"{each.ends:%b %Y}", each.london) for each in quarters],
    )
    series = [line for line in (ours, london) if any(p.value is not None for p in line.points)]
    if not series:
        return None
    title = f"{shown.series.title} ({shown.series.survey})"
    return Panel(
        trend(series, title=title, unit="percent"),
        sentences.of_lines(series, unit="percent", what=title),
    )


def _point(label: str, value: float | None) -> Point:
    if value is None:
        return Point(label, None, mark="[x]")
    return Point(label, value, shown=exact_percent(value))
