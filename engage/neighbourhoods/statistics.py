"""The statistics of a ward or the borough: each figure with the sentence that quotes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from engage import clock
from engage.core.export.csv_file import Cell, csv_bytes
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW
from engage.neighbourhoods import quoting
from engage.neighbourhoods.crime import Crime, crime, rate_of
from engage.neighbourhoods.residents import Band, residents
from engage.neighbourhoods.said import Place, Row, Survey, surveys, told
from engage.outside.store import WardCrime
from engage.published import words
from engage.published.figure import Figure
from engage.published.numerals import in_language, number_of

COLUMNS = (
    "area_code",
    "area",
    "kind",
    "figure",
    "year",
    "value",
    "lower_95",
    "upper_95",
    "people_who_answered",
    "unit",
    "mark",
    "source",
    "licence",
    "remark",
    "how_to_quote",
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure ready to be shown; where it is of the area group in place of the ward, `instead`."""

    name: str
    area: str
    shown: str
    low: str
    high: str
    people: str
    base: int | None
    unit: str
    mark: str
    instead: bool
    quote: str


@dataclass(frozen=True, slots=True)
class OfSurvey:
    """One survey's figures."""

    survey: Survey
    leading: Sequence[Quoted]
    others: Sequence[Quoted]


@dataclass(frozen=True, slots=True)
class Statistics:
    """All that the page and its file show of one place."""

    place: Place
    area: str
    surveys: Sequence[OfSurvey]
    crime: Crime | None
    recorded: WardCrime | None
    rate: str
    crime_quote: str
    residents: Sequence[tuple[Band, str]]


def statistics(session: Session, place: Place, council: str) -> Statistics:
    """What is known of a ward, or of the borough where the place has no code."""
    area = place.name or _("the whole borough")
    found = crime(session, place.code)
    here = (found.here if place.code else found.borough) if found else None
    here = here if here and here.rate is not None else None
    return Statistics(
        place=place,
        area=area,
        surveys=[
            OfSurvey(
                each,
                [_quoted(each, row, place, area, council) for row in each.leading],
                [_quoted(each, row, place, area, council) for row in each.others],
            )
            for each in surveys(session, place, clock.today())
        ],
        crime=found,
        recorded=here,
        rate=in_language(rate_of(here)),
        crime_quote=quoting.recorded(found, here, area=area) if found and here else "",
        residents=[
            (band, quoting.living(band, area=area, council=council))
            for band in residents(session, place.code)
        ],
    )


def statistics_csv(of: Statistics, council: str) -> bytes:
    """The same figures as CSV, as printed: percentages in percent, what is hidden as its mark."""
    place = (of.place.code, of.area)
    rows: list[tuple[Cell, ...]] = []
    for each in of.surveys:
        about = each.survey.published.about
        source = f"{council}, {about.title}, {about.wave}"
        made_up = "Made up, for trying things out." if about.made_up else ""
        for one in (*each.leading, *each.others):
            limits = (_number(one.low), _number(one.high), one.base)
            seen = (
                quoting.years(each.survey.published),
                _number(one.shown),
                *limits,
                one.unit,
                one.mark,
            )
            area = (of.place.group if one.instead else of.place.code, one.area)
            rows.append(
                (*area, "survey", one.name, *seen, source, about.licence.name, made_up, one.quote)
            )
    if of.crime and of.recorded:
        what = (of.crime.source, of.crime.licence, of.crime.remark, of.crime_quote)
        value = (str(of.crime.year), number_of(of.rate), None, None, None)
        named = ("recorded_crime", "All offences")
        rows.append((*place, *named, *value, "per 1,000 residents", "", *what))
    for band, quote in of.residents:
        number = (None, band.number, None, None, None, "people, to the nearest 10", "")
        rows.append((*place, "residents", band.label, *number, council, "", "", quote))
    return csv_bytes(COLUMNS, rows)


def _quoted(survey: Survey, row: Row, place: Place, area: str, council: str) -> Quoted:
    found: Figure | None = row.here
    instead = not told(row.here) and row.group is not None
    if instead:
        found, area = row.group, place.group_name
    if found is None or not told(found):
        hidden = found is not None and found.estimate.hidden
        mark = HIDDEN if hidden else EMPTY
        return Quoted(row.indicator.name, area, "", "", "", "", None, "", mark, False, "")  # noqa: FBT003  nothing in its place
    ends = quoting.limits(row.indicator, found)
    return Quoted(
        name=row.indicator.name,
        area=area,
        shown=words.shown(row.indicator, found.estimate),
        low=ends.low,
        high=ends.high,
        people=words.people(found.estimate),
        base=found.estimate.base,
        unit="percent" if row.indicator.unit == "percent" else "mean score",
        mark=LOW if found.estimate.low else "",
        instead=instead,
        quote=quoting.figure(survey.published, row.indicator, found, area=area, council=council),
    )


def _number(shown: str) -> float | None:
    """The number of a printed figure or limit; none where there is none."""
    return number_of(shown) if shown else None
