"""How to quote a figure: with its interval, its base, and where it is from."""

import math
from dataclasses import dataclass

from flask_babel import gettext as _

from engage.neighbourhoods.crime import Crime, rate_of
from engage.neighbourhoods.residents import Band
from engage.outside.store import WardCrime
from engage.published import words
from engage.published.about import Named
from engage.published.edition import Published
from engage.published.figure import Figure
from engage.published.numerals import in_language


@dataclass(frozen=True, slots=True)
class Limits:
    """The ends of a 95% interval as they are printed; empty where the figure has none."""

    low: str = ""
    high: str = ""


def limits(indicator: Named, figure: Figure) -> Limits:
    """The interval of a figure that may be shown."""
    made = figure.estimate
    if math.isnan(made.lower) or math.isnan(made.upper):
        return Limits()
    return Limits(*(words.written(indicator, each, made) for each in (made.lower, made.upper)))


def years(published: Published) -> str:
    """The year in which people answered, or the first and the last of them."""
    first, last = published.about.first_day.year, published.about.last_day.year
    return str(first) if first == last else _("%(first)s to %(last)s", first=first, last=last)


def figure(
    published: Published, indicator: Named, found: Figure, *, area: str, council: str
) -> str:
    """A published figure in one sentence that can stand in a bid or a report."""
    about, ends = published.about, limits(indicator, found)
    shown = words.shown(indicator, found.estimate)
    if indicator.unit != "percent":
        scale = {"low": words.plain(indicator.low), "high": words.plain(indicator.high)}
        shown = _("%(figure)s on a scale from %(low)s to %(high)s", figure=shown, **scale)
    spread = _("95%% interval %(low)s to %(high)s", low=ends.low, high=ends.high)
    base = words.people(found.estimate)
    inside = [
        spread if ends.low else _("no interval"),
        _("base %(people)s", people=base) if base else "",
        f"{council}, {about.title}, {about.wave}",
    ]
    return _(
        "In %(year)s, %(figure)s: ‘%(name)s’, %(area)s (%(source)s).",
        year=years(published),
        figure=shown,
        name=indicator.name,
        area=area,
        source="; ".join(filter(None, inside)),
    )


def recorded(crime: Crime, found: WardCrime, *, area: str) -> str:
    """Recorded crime in one sentence."""
    return _(
        "In %(year)s, %(rate)s crimes were recorded for every 1,000 residents, %(area)s "
        "(source: %(source)s; licence: %(licence)s).",
        year=crime.year,
        rate=in_language(rate_of(found)),
        area=area,
        source=crime.source,
        licence=crime.licence,
    )


def living(band: Band, *, area: str, council: str) -> str:
    """Residents of an age band in one sentence."""
    given = {"number": in_language(f"{band.number:,}"), "area": area, "council": council}
    if band.all_ages:
        return _(
            "About %(number)s residents, %(area)s (population on record at %(council)s, rounded "
            "to the nearest 10).",
            **given,
        )
    return _(
        "About %(number)s residents aged %(ages)s, %(area)s (population on record at %(council)s, "
        "rounded to the nearest 10).",
        ages=band.label,
        **given,
    )
