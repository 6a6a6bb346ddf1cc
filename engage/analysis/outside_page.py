"""What people feel beside what others publish: read and worded before the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engage.analysis.bars import Bar, bar, key_of
from engage.core.charts.bars import BarRow
from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import EMPTY, Estimate
from engage.core.words.rounding import exact_percent, points, rounded
from engage.figures.charted import bar_row
from engage.figures.store import StoredRun, figures_of
from engage.figures.words import OVERALL
from engage.outside.models import OutsideSeries, SeriesKind
from engage.outside.store import (
    BesideLondon,
    Differing,
    Quarter,
    WardCrime,
    beside_london,
    crime_by_ward,
    differing,
)

WARD = "ward"
NO_FIGURE = "[x]"
MINUS = "−"


@dataclass(frozen=True, slots=True)
class WardRow:
    """A ward: what people there said, and what was recorded there; words, ready to print.

    `drawn` and `recorded` are the same as bars of two charts.
    """

    name: str
    said: Bar
    offences: str
    rate: str
    order: float
    drawn: BarRow
    recorded: BarRow


@dataclass(frozen=True, slots=True)
class BesideCrime:
    """The wards of a wave beside recorded crime of a year, and the marks that occur."""

    year: int
    offence: str
    remark: str
    rows: Sequence[WardRow]
    key: Sequence[tuple[str, str]]
    differing: Sequence[str]


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A period: our borough, London and the difference, in words."""

    ends: date
    borough: str
    london: str
    difference: str
    mark: bool


@dataclass(frozen=True, slots=True)
class LondonTable:
    """One source's table of a measure."""

    series: OutsideSeries
    borough: str
    london: str
    rows: Sequence[QuarterRow]
    quarters: Sequence[Quarter]


def with_wards(
    session: Session, run: StoredRun, indicators: Sequence[Indicator]
) -> list[Indicator]:
    """The indicators that a run has by ward, in their order."""
    found = {each.indicator for each in figures_of(session, run.id, [WARD])}
    return [each for each in indicators if each.id in found]


def beside_crime(
    session: Session,
    run: StoredRun,
    indicator: Indicator,
    *,
    source: str,
    ends: date,
    code: str | None,
    by_crime: bool,
) -> BesideCrime:
    """Each ward's figure beside the crime recorded there, by name or by rate, highest first."""
    crime = crime_by_ward(session, source, ends, code)
    figures = {
        each.group: each for each in figures_of(session, run.id, [WARD], indicator=indicator.id)
    }
    names = {code: each.label for code, each in figures.items()}
    names |= {code: ward.name for code, ward in crime.wards.items()}
    rows = [
        _ward(
            name,
            indicator,
            figures[code].estimate if code in figures else None,
            crime.wards.get(code, WardCrime(name, None, None, None)),
        )
        for code, name in names.items()
    ]
    rows.sort(key=lambda row: (-row.order if by_crime else 0, row.name))
    marks = key_of([row.said for row in rows])
    if any(NO_FIGURE in {row.rate, row.offences} for row in rows):
        marks = [
            (NO_FIGURE, _no_figure(EMPTY in dict(marks))),
            *(m for m in marks if m[0] != EMPTY),
        ]
    return BesideCrime(
        year=ends.year,
        offence=crime.offence,
        remark=crime.remark,
        rows=rows,
        key=marks,
        differing=[
            _sources(each, f"{each.one:,.0f}", f"{each.other:,.0f}")
            for each in differing(session, SeriesKind.CRIME, code)
            if each.ends == ends
        ],
    )


def beside_london_of(session: Session, series: Sequence[OutsideSeries]) -> list[LondonTable]:
    """A measure as each of its sources gives it."""
    apart = {each.ends for each in differing(session, SeriesKind.SURVEY, series[0].code)}
    return [_table(beside_london(session, each), apart) for each in series]


def differing_words(session: Session, code: str, names: set[str]) -> list[str]:
    """Where sources give two figures for one thing, for the areas that a page shows."""
    return [
        _sources(each, exact_percent(each.one), exact_percent(each.other))
        for each in differing(session, SeriesKind.SURVEY, code)
        if each.name in names
    ]


def our_own(session: Session, run: StoredRun, indicator: Indicator) -> Bar | None:
    """What our own survey found for everybody; None where it has no such figure."""
    rows = figures_of(session, run.id, [OVERALL], indicator=indicator.id)
    return bar(indicator.name, indicator, rows[0].estimate) if rows else None


def _ward(name: str, indicator: Indicator, estimate: Estimate | None, crime: WardCrime) -> WardRow:
    return WardRow(
        name=name,
        said=bar(name, indicator, estimate) if estimate else Bar(name, EMPTY, mark=EMPTY),
        offences=NO_FIGURE if crime.offences is None else f"{crime.offences:,}",
        rate=NO_FIGURE if crime.rate is None else rounded(crime.rate, 1),
        order=-1.0 if crime.rate is None else crime.rate,
        drawn=bar_row(name, indicator, estimate) if estimate else BarRow(name, None, mark=EMPTY),
        recorded=BarRow(name, crime.rate, mark="" if crime.rate is not None else NO_FIGURE),
    )


def _no_figure(nobody: bool) -> str:  # noqa: FBT001  what the mark stands for here
    says = "No figure: the source has none, or no residents are on record."
    return f"{says} Among answers: nobody answered." if nobody else says


def _table(shown: BesideLondon, apart: set[date]) -> LondonTable:
    rows = [
        QuarterRow(
            ends=each.ends,
            borough=_share(each.borough),
            london=_share(each.london),
            difference=_points(each.difference),
            mark=each.ends in apart,
        )
        for each in shown.quarters
    ]
    return LondonTable(shown.series, shown.borough, shown.london, rows, shown.quarters)


def _share(value: float | None) -> str:
    return NO_FIGURE if value is None else exact_percent(value)


def _points(value: float | None) -> str:
    """A difference with its sign."""
    if value is None:
        return NO_FIGURE
    size = points(abs(value))
    return size if size == "0" else f"{'+' if value > 0 else MINUS}{size}"


def _sources(found: Differing, one: str, other: str) -> str:
    day = f"{found.ends.day} {found.ends:%B %Y}"
    return (
        f"{found.title}, {found.name}, {day}: {one} ({found.one_source}), {other} "
        f"({found.other_source})"
    )
