"""The analyst's pages: which waves have figures, and the figures of one."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.analysis import page, people, service
from engage.analysis.findings import findings, of_indicator
from engage.analysis.forms import RefreshForm
from engage.core.cleaning.words import FLAGS, REMOVES
from engage.core.indicators.rounding import counts_told
from engage.core.statistics.sampling import SampleType
from engage.core.words.whom import caveat
from engage.extensions import db
from engage.figures.indicators import indicator_file_of, indicators_of
from engage.figures.words import OVERALL, breakdown_titles, weighting_in_words
from engage.waves.models import WaveState
from engage.web.access import current_user, permits, staff
from engage.web.staff_pages import FINDINGS, add_staff_page

NUMBER = "int(max=2147483647)"
NEEDED_FIRST = 5
"""How many of the groups that are still needed the page of a wave names."""

blueprint = Blueprint("analysis", __name__)
add_staff_page(
    blueprint,
    "Figures",
    "analysis.waves",
    FINDINGS,
    "See what each wave found, and take it away as files.",
)


@blueprint.get("/staff/figures")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def waves() -> str:
    """Every wave that has been in the field, and when its figures were made."""
    return render_template("analysis/waves.html", waves=service.listed(db.session()))


@blueprint.get(f"/staff/figures/<{NUMBER}:wave_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def wave(wave_id: int) -> str | Response:
    """The figures of a wave: for everybody, by one breakdown, or of one indicator."""
    session = db.session()
    seen = service.look(session, wave_id, clock.now()) or abort(404)
    waiting = "wait" in request.args
    if waiting and not seen.pending:
        return redirect(url_for("analysis.wave", wave_id=wave_id))
    return render_template(
        "analysis/wave.html",
        seen=seen,
        view=_view(seen),
        brief=_brief(seen) if not {"by", "figure"} & set(request.args) else {},
        waiting=waiting,
        form=RefreshForm(),
        may_refresh=_may_open("analysis.refresh"),
        may_download=_may_open("downloads.wave"),
        may_take=_may_open("figure_table.take"),
        removes=REMOVES,
        flags=FLAGS,
        caveat=caveat(SampleType(seen.wave.sample), invited=seen.definition.invited),
        counts=counts_told(seen.run.counts_rounded_to) if seen.run else "",
    )


@blueprint.post(f"/staff/figures/<{NUMBER}:wave_id>/refresh")
@staff(Role.ANALYST)
def refresh(wave_id: int) -> Response:
    """Ask the worker for new figures, then wait on the wave's page."""
    session = db.session()
    seen = service.look(session, wave_id, clock.now()) or abort(404)
    if not RefreshForm().sent_and_valid() or seen.deleted:
        abort(400, "The figures of this wave can no longer be made anew.")
    service.ask(session, wave_id, staff_id=current_user.id, now=clock.now())
    session.commit()
    return redirect(url_for("analysis.wave", wave_id=wave_id, wait=1), 303)


def _may_open(endpoint: str) -> bool:
    """Whether who is signed in may open a view, which may be another slice's."""
    return permits(current_app.view_functions[endpoint], current_user.role)


def _brief(seen: service.Seen) -> dict[str, object]:
    """What a reader should see first: the main findings, who answered, and how it was weighted."""
    run = seen.run
    if run is None:
        return {}
    found = run.representation
    open_still = found is not None and seen.wave.state == WaveState.OPEN
    needed = [row for each in found.needed for row in each.rows] if found and open_still else []
    file = indicator_file_of(seen.wave.questionnaire)
    return {
        "findings": findings(db.session(), seen, run, file),
        "represented": people.in_brief(found) if found else [],
        "needed": sorted(needed, key=lambda row: -row.more)[:NEEDED_FIRST],
        "weighting": weighting_in_words(run.weighting),
    }


def _view(seen: service.Seen) -> dict[str, object]:
    """The tables to show, as the address asks; 404 for a breakdown or figure that is not there."""
    if seen.run is None:
        return {}
    session, run = db.session(), seen.run
    indicators = indicators_of(seen.wave.questionnaire)
    titles = breakdown_titles(seen.definition, seen.breakdowns)
    by, figure = request.args.get("by"), request.args.get("figure")
    common: dict[str, object] = {"titles": titles, "by": by, "figure": figure, "about": []}
    if figure is not None:
        indicator = next((each for each in indicators if each.id == figure), None) or abort(404)
        wanted = titles if by is None else {by: titles.get(by) or abort(404)}
        tables = page.of_indicator(session, run, indicator, wanted)
        told = page.across(session, run, indicator, by, titles[by]) if by else []
        about = told + page.about(indicator) + of_indicator(session, seen, run, indicator)
        return common | {"tables": tables, "about": about}
    if by is None or by == OVERALL:
        return common | {
            "tables": page.overall(session, run, indicators, titles[OVERALL]),
            "by": OVERALL,
        }
    if by not in titles:
        abort(404)
    return common | {"tables": page.by_breakdown(session, run, indicators, by, titles[by])}
