"""Pages of charts: the map of a figure by ward, a figure over all waves, and their pictures."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, current_app, render_template, request

from engage import clock
from engage.accounts.models import Role
from engage.audit.log import record_apart
from engage.charting import chart, trends as over, ward_maps
from engage.charting.chart import Chart, Charted, indicators_by_id
from engage.core.indicators.model import Indicator
from engage.core.statistics.sampling import SampleType
from engage.core.words.whom import caveat
from engage.extensions import db
from engage.figures.final import final_only
from engage.figures.indicators import indicator_file_of
from engage.figures.store import closed_wave
from engage.figures.words import OVERALL, breakdown_titles
from engage.papers.png import png
from engage.web.access import current_user, permits, staff

NUMBER = "int(max=2147483647)"
KIND = "any(svg, png)"
TYPES = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png"}

blueprint = Blueprint("charting", __name__)


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>/map")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def ward_map(wave_id: int) -> str:
    """One figure of a wave on the map of wards, beside its table."""
    seen, indicators = _mapped(wave_id)
    chosen = _chosen(seen.wave.questionnaire, indicators) if indicators else None
    return render_template(
        "charting/map.html",
        seen=seen,
        indicators=indicators,
        chosen=chosen,
        drawn=ward_maps.map_of(db.session(), seen, chosen) if chosen else None,
        closed=closed_wave(db.session(), seen.wave),
        caveat=_caveat(seen),
        may_open_wave=permits(current_app.view_functions["analysis.wave"], current_user.role),
    )


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>/map.<{KIND}:kind>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def map_picture(wave_id: int, kind: str) -> Response:
    """The same map as a file."""
    seen, indicators = _mapped(wave_id)
    chosen = _chosen(seen.wave.questionnaire, indicators) if indicators else abort(404)
    drawn = ward_maps.map_of(db.session(), seen, chosen) or abort(404)
    return _file(drawn, kind, f"map-{chosen.id}", wave_id)


@blueprint.get("/staff/figures/trends/<questionnaire>/<indicator_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def trend(questionnaire: str, indicator_id: str) -> str:
    """One figure over all waves, for everybody and by the groups of one breakdown."""
    waves, indicator = _series(questionnaire, indicator_id)
    newest, session = waves[-1], db.session()
    breakdowns = chart.breakdowns(session, newest, indicator)
    titles = breakdown_titles(newest.definition, breakdowns)
    by = request.args.get("by", OVERALL)
    if by not in titles and by != OVERALL:
        abort(404)
    return render_template(
        "charting/trend.html",
        waves=waves,
        newest=newest,
        chosen=indicator,
        indicators=indicators_by_id(questionnaire),
        titles=titles,
        by=by,
        charts=over.over_waves(session, waves, indicator, by),
        gaps=over.gaps(waves, indicator),
        caveat=_caveat(newest),
        may_open_wave=permits(current_app.view_functions["analysis.wave"], current_user.role),
    )


@blueprint.get(f"/staff/figures/trends/<questionnaire>/<indicator_id>.<{KIND}:kind>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def trend_picture(questionnaire: str, indicator_id: str, kind: str) -> Response:
    """A chart of the same page as a file: the one with that number, from nought on."""
    waves, indicator = _series(questionnaire, indicator_id)
    by, place = request.args.get("by", OVERALL), request.args.get("chart", 0, type=int)
    charts = over.over_waves(db.session(), waves, indicator, by)
    if not 0 <= place < len(charts):
        abort(404)
    return _file(charts[place], kind, f"trend-{indicator.id}", waves[-1].wave.id)


def _mapped(wave_id: int) -> tuple[Charted, dict[str, Indicator]]:
    """A wave with figures, and those indicators that it has by ward; 404 where it has none."""
    session = db.session()
    seen = chart.charted(session, wave_id, final=final_only(current_user.role)) or abort(404)
    found = set(ward_maps.by_ward(session, seen))
    every = indicators_by_id(seen.wave.questionnaire)
    return seen, {name: each for name, each in every.items() if name in found}


def _series(questionnaire: str, indicator_id: str) -> tuple[list[Charted], Indicator]:
    final = final_only(current_user.role)
    waves = chart.all_charted(db.session(), questionnaire, final=final)
    indicator = indicators_by_id(questionnaire).get(indicator_id)
    return waves or abort(404), indicator or abort(404)


def _chosen(questionnaire: str, indicators: Mapping[str, Indicator]) -> Indicator:
    """The figure that the address asks for; without one, the first headline that there is."""
    asked = request.args.get("figure")
    if asked is not None:
        return indicators.get(asked) or abort(404)
    headlines = [each.indicator for each in indicator_file_of(questionnaire).headlines]
    return next((indicators[each] for each in headlines if each in indicators), None) or next(
        iter(indicators.values())
    )


def _caveat(seen: Charted) -> str:
    return caveat(SampleType(seen.wave.sample), invited=seen.definition.invited)


def _file(drawn: Chart, kind: str, name: str, wave_id: int) -> Response:
    """A picture to keep; that it was taken is in the audit log."""
    content = drawn.svg.encode() if kind == "svg" else png(drawn.svg)
    record_apart(
        at=clock.now(),
        staff_id=current_user.id,
        action="picture.downloaded",
        subject=f"wave:{wave_id}",
        detail={"kind": kind, "picture": name},
    )
    made = Response(content, content_type=TYPES[kind])
    made.headers["Content-Disposition"] = f'attachment; filename="{name}-{wave_id}.{kind}"'
    return made
