"""The analyst's pages on figures that others publish: recorded crime, and London."""

from typing import TypeVar

from flask import Blueprint, abort, render_template, request

from engage import clock
from engage.accounts.models import Role
from engage.analysis import outside_charts as charts, outside_page as page, service
from engage.analysis.bars import MARKS
from engage.analysis.views import NUMBER
from engage.core.indicators.model import Indicator
from engage.extensions import db
from engage.figures.indicators import indicator_file_of, indicators_of
from engage.outside.models import OutsideSeries, SeriesKind
from engage.outside.store import all_series, crime_source, crime_years, latest_year
from engage.web.access import staff

blueprint = Blueprint("outside", __name__)
USUAL = "safe_dark"

Choice = TypeVar("Choice")


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>/crime")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def crime(wave_id: int) -> str:
    """What people in each ward feel, beside the crime that was recorded there."""
    session = db.session()
    seen = service.look(session, wave_id, clock.now()) or abort(404)
    source = crime_source(session)
    indicators = {}
    if seen.run:
        every = indicators_of(seen.wave.questionnaire)
        indicators = {each.id: each for each in page.with_wards(session, seen.run, every)}
    if seen.run is None or not indicators or source is None:
        missing = "figures" if not indicators else "crime"
        return render_template("analysis/outside_crime.html", seen=seen, missing=missing)
    years = crime_years(session, source)
    kinds = {
        each.code: each for each in all_series(session, SeriesKind.CRIME) if each.source == source
    }
    latest = latest_year(years) or abort(404)
    indicator = _asked("figure", indicators, _first(seen.wave.questionnaire, indicators))
    ends = _asked("year", {f"{day.year}": day for day in years}, latest)
    offences: dict[str, OutsideSeries | None] = {"": None, **kinds}
    kind = _asked("offence", offences, None)
    by_crime = _asked("sort", {"name": False, "crime": True}, default=False)
    view = page.beside_crime(
        session,
        seen.run,
        indicator,
        source=source,
        ends=ends,
        code=kind.code if kind else None,
        by_crime=by_crime,
    )
    return render_template(
        "analysis/outside_crime.html",
        seen=seen,
        missing="",
        indicator=indicator,
        indicators=indicators,
        kinds=kinds,
        kind=kind,
        years=years,
        by_crime=by_crime,
        series=next(iter(kinds.values())),
        view=view,
        panels=charts.beside_crime(view, indicator),
    )


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>/london")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def london(wave_id: int) -> str:
    """A survey that covers all boroughs: ours beside London, and what our own survey found."""
    session = db.session()
    seen = service.look(session, wave_id, clock.now()) or abort(404)
    series = all_series(session, SeriesKind.SURVEY)
    codes = {each.code: each for each in series}
    if not codes:
        return render_template("analysis/outside_london.html", seen=seen, codes={})
    indicators = {each.id: each for each in indicators_of(seen.wave.questionnaire)}
    usual = next((each for each in series if each.nearest in indicators), series[0])
    chosen = _asked("measure", codes, usual)
    tables = page.beside_london_of(session, [each for each in series if each.code == chosen.code])
    shown = {name for table in tables for name in (table.borough, table.london)}
    nearest = indicators.get(chosen.nearest)
    return render_template(
        "analysis/outside_london.html",
        seen=seen,
        codes=codes,
        chosen=chosen,
        tables=tables,
        panels=[charts.of_london(each) for each in tables],
        differing=page.differing_words(session, chosen.code, shown),
        nearest=nearest,
        marks=MARKS,
        own=page.our_own(session, seen.run, nearest) if seen.run and nearest else None,
    )


def _asked(name: str, choices: dict[str, Choice], default: Choice) -> Choice:
    """What the address asks for, out of what there is; 404 for anything else."""
    asked = request.args.get(name)
    if asked is None:
        return default
    return choices[asked] if asked in choices else abort(404)


def _first(questionnaire: str, indicators: dict[str, Indicator]) -> Indicator:
    """The figure to begin with: safety after dark, else a headline, else the first by ward."""
    headlines = [each.indicator for each in indicator_file_of(questionnaire).headlines]
    wanted = [each for each in (USUAL, *headlines) if each in indicators]
    return indicators[wanted[0]] if wanted else next(iter(indicators.values()))
