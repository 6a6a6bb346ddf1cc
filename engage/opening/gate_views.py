"""The gates of a wave: what is missing before it opens, what is signed, and who agreed."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.approvals.store import ApprovalError
from engage.approvals.told import tell_of
from engage.core.definition.plain_english import hardest, pages
from engage.extensions import db, site_settings
from engage.opening.forms import DecisionForm, GateForm, ImpactForm, PointsForm, ReasonForm
from engage.opening.service import about_waves, decide, opening_of, sign_gate
from engage.waves import store
from engage.waves.faults import WaveError, faults_of_state, in_the_way
from engage.waves.gate_points import ACCESSIBILITY_POINTS, ETHICS_POINTS
from engage.waves.gates import TITLES, GateName, Site, facts_in, site_of
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.waves.signing import SignedElsewhereError
from engage.web.access import current_user, staff

blueprint = Blueprint(
    "gates", __name__, url_prefix="/staff/waves/<int(max=2147483647):wave_id>/opening"
)
tell_of(blueprint, "wave", about_waves, "gates.opening")

FORMS: dict[GateName, type[GateForm]] = {
    GateName.ACCESSIBILITY: PointsForm,
    GateName.ENGLISH: ReasonForm,
    GateName.ETHICS: PointsForm,
    GateName.IMPACT: ImpactForm,
}
POINTS = {GateName.ACCESSIBILITY: ACCESSIBILITY_POINTS, GateName.ETHICS: ETHICS_POINTS}
CONFLICT, UNFIT = 409, 422

Page = str | Response | tuple[str, int]


@blueprint.get("")
@staff(Role.SURVEY_MANAGER, Role.ANALYST, Role.AUDITOR)
def opening(wave_id: int) -> str:
    """Each gate, green or with what is missing, and what a second person said."""
    return _page(_wave(wave_id))


@blueprint.route("/<any(accessibility, english, ethics, impact):gate>", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def sign(wave_id: int, gate: str) -> Page:
    """Ask what was done for a gate, and sign it."""
    wave, name = _wave(wave_id), GateName(gate)
    row = store.signed_of(db.session(), wave_id).get(name)
    form = FORMS[name](**_shown(name, facts_in(row) or _before(wave, name)))
    status = 200
    if form.sent_and_valid() and form.fits(clock.today()):
        try:
            sign_gate(
                db.session(),
                wave_id,
                name,
                form.facts(),
                by=current_user.id,
                now=clock.now(),
                seen=form.version_seen,
            )
            db.session.commit()
            return redirect(url_for("gates.opening", wave_id=wave_id), 303)
        except SignedElsewhereError as error:
            db.session.rollback()
            row, status = store.signed_of(db.session(), wave_id).get(name), CONFLICT
            faults = [each.message for each in error.faults]
        except WaveError as error:
            db.session.rollback()
            return _page(_wave(wave_id), str(error)), CONFLICT
    else:
        faults, status = [], UNFIT if form.errors else 200
    page = render_template(
        "opening/sign.html",
        wave=wave,
        gate=name,
        title=TITLES[name],
        form=form,
        points=POINTS.get(name, {}),
        version=row.version if row else 0,
        stored=facts_in(row) if faults else None,
        faults=faults,
    )
    return (page, status) if status != 200 else page


@blueprint.post("/decision")
@staff(Role.SURVEY_MANAGER)
def decision(wave_id: int) -> Page:
    """Ask for a second person's yes, give it, refuse it, or say why there is nobody to ask."""
    wave, form = _wave(wave_id), DecisionForm()
    if not form.sent_and_valid():
        said = next((str(each[0]) for each in form.errors.values()), "Press one of the buttons.")
        return _page(wave, said), UNFIT
    try:
        decide(
            db.session(),
            wave_id,
            form.answer.data or "",
            digest=form.digest.data or "",
            reason=form.reason.data or "",
            site=_site(),
            by=current_user.id,
            now=clock.now(),
        )
        db.session.commit()
    except (ApprovalError, WaveError) as error:
        db.session.rollback()
        return _page(_wave(wave_id), str(error)), CONFLICT
    return redirect(url_for("gates.opening", wave_id=wave_id), 303)


def _page(wave: Wave, fault: str = "") -> str:
    definition, today = definition_of(wave.definition), clock.today()
    return render_template(
        "opening/opening.html",
        wave=wave,
        definition=definition,
        in_the_way=in_the_way(db.session(), wave),
        prepared=not faults_of_state(wave, WaveState.DRAFT, today),
        opening=opening_of(db.session(), wave, _site(), today, current_user.id),
        may_manage=current_user.role in {Role.SURVEY_MANAGER, Role.ADMINISTRATOR},
        ages=pages(definition),
        hard=hardest(definition),
        form=DecisionForm(formdata=None),
        fault=fault,
        me=current_user.id,
    )


def _before(wave: Wave, name: GateName) -> dict[str, object]:
    """The assessment of the wave before, to start from; points are signed anew each time."""
    if name is not GateName.IMPACT:
        return {}
    for other in store.all_waves(db.session()):
        if other.questionnaire == wave.questionnaire and other.id != wave.id:
            found = facts_in(store.signed_of(db.session(), other.id).get(name))
            if found:
                return found
    return {}


def _shown(name: GateName, facts: dict[str, object]) -> dict[str, object]:
    """What is signed, as the fields of its form take it."""
    days = ("agreed_on", "review_on") if name is GateName.IMPACT else ()
    read = {key: date.fromisoformat(str(facts[key])) for key in days if key in facts}
    return {**facts, **read}


def _wave(wave_id: int) -> Wave:
    return store.get(db.session(), wave_id) or abort(404)


def _site() -> Site:
    return site_of(site_settings())
