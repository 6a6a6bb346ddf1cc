"""Recorded crime per 1,000 residents: of a ward beside the borough, with whose figures they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.core.words.rounding import rounded
from engage.outside.models import SeriesKind
from engage.outside.store import (
    PER,
    WardCrime,
    all_series,
    crime_by_ward,
    crime_source,
    crime_years,
    latest_year,
)


@dataclass(frozen=True, slots=True)
class Crime:
    """The newest whole year, and why a newer one is not shown.

    `here` is absent where the source has no row of the ward. `borough` adds up the wards that have
    a figure: `whole` says whether these are all. `remark` is about the year itself, `newer` are
    years left out, each with its remark.
    """

    year: int
    source: str
    licence: str
    remark: str
    newer: Sequence[tuple[int, str]]
    here: WardCrime | None
    borough: WardCrime
    whole: bool


def crime(session: Session, ward: str = "") -> Crime | None:
    """Recorded crime of the source imported last; of the borough alone without a ward."""
    source = crime_source(session)
    years = crime_years(session, source) if source else {}
    ends = latest_year(years)
    if source is None or ends is None:
        return None
    wards = crime_by_ward(session, source, ends).wards
    of = [each for each in all_series(session, SeriesKind.CRIME) if each.source == source]
    counted = [each for each in wards.values() if each.rate is not None]
    if not counted:
        return None
    return Crime(
        year=ends.year,
        source=source,
        licence=", ".join(dict.fromkeys(each.licence for each in of)),
        remark=years[ends],
        newer=[(day.year, remark) for day, remark in years.items() if day > ends],
        here=wards.get(ward),
        borough=_together(counted),
        whole=len(counted) == len(wards),
    )


def rate_of(found: WardCrime | None) -> str:
    """The rate as it is printed; empty where there is none."""
    return "" if found is None or found.rate is None else rounded(found.rate, 1)


def _together(wards: Iterable[WardCrime]) -> WardCrime:
    counted = list(wards)
    offences = sum(each.offences or 0 for each in counted)
    residents = sum(each.residents or 0 for each in counted)
    return WardCrime("", offences, residents, PER * offences / residents)
