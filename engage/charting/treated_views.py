"""Pages that compare wards where something was done with wards where it was not."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import groups, ward_groups, ward_names
from engage.charting import chart, treated_page
from engage.charting.forms import CompareForm
from engage.charting.views import NUMBER
from engage.crosstabs.treated import store as treated
from engage.extensions import db
from engage.figures.final import final_only
from engage.figures.indicators import indicator_file_of
from engage.jobs import store as jobs
from engage.jobs.progress import progress_of
from engage.web.access import current_user, permits, staff

blueprint = Blueprint("treated", __name__)


@blueprint.get("/staff/figures/<questionnaire>/treated")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def ask(questionnaire: str) -> str:
    """The comparisons that there are, and the form that asks for another."""
    return _page(questionnaire)


@blueprint.post("/staff/figures/<questionnaire>/treated")
@staff(Role.ANALYST)
def make(questionnaire: str) -> Response | tuple[str, int]:
    """Ask the worker for a comparison, then wait on its page."""
    session, sent = db.session(), request.form
    waves = chart.all_charted(session, questionnaire) or abort(404)
    if not CompareForm().sent_and_valid():
        abort(400, "The form was not sent from our page. Go back and try again.")
    try:
        number = treated.ask(
            session,
            questionnaire,
            (sent.get("before", 0, type=int), sent.get("after", 0, type=int)),
            _sides(),
            known=ward_names(session),
            among=[each.wave.id for each in waves],
            staff_id=current_user.id,
            now=clock.now(),
        )
    except treated.ChoiceError as error:
        session.rollback()
        return _page(questionnaire, str(error)), 422
    session.commit()
    return redirect(url_for("treated.show", comparison_id=number), 303)


@blueprint.get(f"/staff/figures/treated/<{NUMBER}:comparison_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER, Role.PARTNER_VIEWER)
def show(comparison_id: int) -> str:
    """One comparison: what was found and what must hold for it to mean an effect."""
    session = db.session()
    asked = treated.find(session, comparison_id) or abort(404)
    if not _may_see(asked):
        abort(404)
    names = ward_names(session)
    indicators = chart.indicators_by_id(asked.questionnaire)
    result = asked.result if asked.result and "refused" not in asked.result else None
    key = treated.key_of(comparison_id)
    main = {each.indicator for each in indicator_file_of(asked.questionnaire).headlines}
    return render_template(
        "charting/treated.html",
        asked=asked,
        names=names,
        refused=(asked.result or {}).get("refused", ""),
        waiting=asked.result is None and jobs.pending(session, key),
        progress=progress_of(session, key),
        rows=treated_page.rows(result, indicators, main) if result else [],
        brief=treated_page.in_brief(result, indicators) if result else "",
        drawn=treated_page.chart(result, indicators, main) if result else None,
        result=result,
        assumptions=treated_page.ASSUMPTIONS,
    )


def _may_see(asked: treated.Asked) -> bool:
    """Whether a comparison is of the very answers that whoever looks sees figures of.

    Beside published figures of one person more it would tell what that person said.
    """
    if not final_only(current_user.role):
        return True
    people = (asked.result or {}).get("people", {})
    out = [chart.charted(db.session(), each.id, final=True) for each in (asked.before, asked.after)]
    return all(each and each.run.flow.people == people.get(str(each.wave.id)) for each in out)


def _sides() -> tuple[set[str], set[str]]:
    """The wards that were sent as treated and as control: a choice for each ward."""
    sides: dict[str, set[str]] = {"treated": set(), "control": set()}
    for name, value in request.form.items():
        if name.startswith("ward-") and value in sides:
            sides[value].add(name.removeprefix("ward-"))
    return sides["treated"], sides["control"]


def _page(questionnaire: str, fault: str = "") -> str:
    session = db.session()
    final = final_only(current_user.role)
    waves = chart.all_charted(session, questionnaire, final=final) or abort(404)
    of, names = ward_groups(session), ward_names(session)
    by_group = [
        (title, {code: name for code, name in names.items() if of.get(code) == group})
        for group, title in groups(session).items()
    ]
    alone = {code: name for code, name in names.items() if code not in of}
    return render_template(
        "charting/treated_ask.html",
        questionnaire=questionnaire,
        waves=waves,
        title=waves[-1].definition.title,
        by_group=[*by_group, *([("In no area group", alone)] if alone else [])],
        asked=[each for each in treated.asked_of(session, questionnaire) if _may_see(each)],
        names=names,
        form=CompareForm(),
        fault=fault,
        chosen=request.form,
        may_ask=permits(make, current_user.role),
        may_open_wave=permits(current_app.view_functions["analysis.wave"], current_user.role),
    )
