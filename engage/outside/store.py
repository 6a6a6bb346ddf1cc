"""What others publish, as pages and commands read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, scoped_session

from engage.areas.models import Population, Ward
from engage.outside.models import AreaKind, OutsideRemark, OutsideSeries, OutsideValue, SeriesKind

Source = Session | scoped_session[Any]
PER = 1_000
"""Rates are per so many residents."""


class Quarter(NamedTuple):
    """A period of a series: our borough and London, each None where nothing was published.

    `difference` is our borough less London, from 0 to 1 as they are.
    """

    ends: date
    borough: float | None
    london: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class BesideLondon:
    """A measure in our borough beside London, newest first, from one source.

    `borough` and `london` are their names; `borough` is empty where nobody said which is ours.
    """

    series: OutsideSeries
    borough: str
    london: str
    quarters: Sequence[Quarter]


class WardCrime(NamedTuple):
    """Recorded crime in a ward: offences, residents on record, offences per 1,000 of them."""

    name: str
    offences: int | None
    residents: int | None
    rate: float | None


@dataclass(frozen=True, slots=True)
class CrimeYear:
    """A year of recorded crime from one source, by ward code; `remark` may say what is wrong."""

    ends: date
    offence: str
    remark: str
    wards: dict[str, WardCrime]


class Differing(NamedTuple):
    """Two sources that give different figures for one thing."""

    title: str
    name: str
    ends: date
    one: float
    one_source: str
    other: float
    other_source: str


def all_series(session: Source, kind: SeriesKind | None = None) -> list[OutsideSeries]:
    """Every series, or those of one kind, by title, then source."""
    wanted = select(OutsideSeries).order_by(
        OutsideSeries.title, OutsideSeries.code, OutsideSeries.source
    )
    if kind is not None:
        wanted = wanted.filter_by(kind=kind)
    return list(session.scalars(wanted))


def beside_london(session: Source, series: OutsideSeries) -> BesideLondon:
    """A measure of a survey in our borough beside London, one row a period."""
    ours = _values(session, series.id, AreaKind.BOROUGH, series.borough)
    london = _values(session, series.id, AreaKind.LONDON, "london")
    quarters = [
        _quarter(ends, ours.get(ends), london.get(ends))
        for ends in sorted(ours.keys() | london.keys(), reverse=True)
    ]
    return BesideLondon(series, _name(ours), _name(london), quarters)


def differing(session: Source, kind: SeriesKind, code: str | None = None) -> list[Differing]:
    """Figures for one thing in which two sources differ, newest first: both are kept."""
    one, other = aliased(OutsideSeries), aliased(OutsideSeries)
    left, right = aliased(OutsideValue), aliased(OutsideValue)
    wanted = (
        select(
            one.title, left.name, left.period_end, left.value, one.source, right.value, other.source
        )
        .join(other, (one.code == other.code) & (one.source < other.source))
        .join(left, left.series_id == one.id)
        .join(
            right,
            (right.series_id == other.id)
            & (right.area_kind == left.area_kind)
            & (right.area == left.area)
            & (right.period_end == left.period_end),
        )
        .where(one.kind == kind, left.value != right.value)
        .order_by(left.period_end.desc(), one.title, left.name, one.source, other.source)
    )
    if code is not None:
        wanted = wanted.where(one.code == code)
    return [Differing(*row) for row in session.execute(wanted)]


def crime_source(session: Source) -> str | None:
    """The source of recorded crime that was imported last; None where there is none."""
    newest = (
        select(OutsideSeries.source)
        .filter_by(kind=SeriesKind.CRIME)
        .order_by(OutsideSeries.imported_on.desc(), OutsideSeries.id.desc())
    )
    return session.scalars(newest.limit(1)).one_or_none()


def crime_years(session: Source, source: str) -> dict[date, str]:
    """The last day of each year of which a source has figures, newest first, with its remark."""
    of = _of_crime(source)
    ends = session.scalars(
        select(OutsideValue.period_end).distinct().where(OutsideValue.series_id.in_(of))
    )
    remarks = select(OutsideRemark.period_end, OutsideRemark.says)
    said = {
        row[0]: row[1] for row in session.execute(remarks.where(OutsideRemark.series_id.in_(of)))
    }
    return {day: said.get(day, "") for day in sorted(ends, reverse=True)}


def latest_year(years: dict[date, str]) -> date | None:
    """The newest year about which there is no remark, else the newest of all."""
    return next((day for day, remark in years.items() if not remark), next(iter(years), None))


def crime_by_ward(session: Source, source: str, ends: date, code: str | None = None) -> CrimeYear:
    """Recorded crime of a year in every ward on record: all offences, or those of one series.

    A ward of which the source has no row has no figure, which is not the same as 0. Rates are per
    1,000 residents of all ages on record, as they are now.
    """
    of = _of_crime(source)
    if code is not None:
        of = of.filter_by(code=code)
    counted = select(OutsideValue.area, func.sum(OutsideValue.value)).where(
        OutsideValue.series_id.in_(of),
        OutsideValue.area_kind == AreaKind.WARD,
        OutsideValue.period_end == ends,
    )
    offences = {row[0]: int(row[1]) for row in session.execute(counted.group_by(OutsideValue.area))}
    living = select(Population.ward_code, func.sum(Population.residents))
    residents = {row[0]: int(row[1]) for row in session.execute(living.group_by("ward_code"))}
    wards = session.execute(select(Ward.code, Ward.name).order_by(Ward.name, Ward.code))
    title = select(OutsideSeries.title).filter_by(code=code, source=source)
    return CrimeYear(
        ends=ends,
        offence=(session.scalar(title) or "") if code else "",
        remark=crime_years(session, source).get(ends, ""),
        wards={ward: _ward(name, offences.get(ward), residents.get(ward)) for ward, name in wards},
    )


def _values(session: Source, series_id: int, kind: AreaKind, area: str) -> dict[date, OutsideValue]:
    wanted = select(OutsideValue).filter_by(series_id=series_id, area_kind=kind, area=area)
    return {row.period_end: row for row in session.scalars(wanted)}


def _name(values: dict[date, OutsideValue]) -> str:
    return next((row.name for row in values.values()), "")


def _quarter(ends: date, ours: OutsideValue | None, london: OutsideValue | None) -> Quarter:
    difference = ours.value - london.value if ours and london else None
    return Quarter(ends, ours.value if ours else None, london.value if london else None, difference)


def _of_crime(source: str) -> Any:
    return select(OutsideSeries.id).filter_by(kind=SeriesKind.CRIME, source=source)


def _ward(name: str, offences: int | None, residents: int | None) -> WardCrime:
    rate = PER * offences / residents if offences is not None and residents else None
    return WardCrime(name, offences, residents, rate)
