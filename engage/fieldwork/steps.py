"""What a survey manager does to a wave: change, delete, open, close. All but the first ask first.

A step that the wave's state does not allow is answered with the wave's page, which says why.
"""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.extensions import db, site_settings
from engage.fieldwork import service
from engage.fieldwork.asked import SAMPLES
from engage.fieldwork.changed import differences, version_seen
from engage.fieldwork.forms import ChangeForm
from engage.fieldwork.page import as_shown, stored, wave_page
from engage.waves.faults import WaveError, WaveFault, faults_of_state
from engage.waves.models import Wave, WaveState
from engage.web.access import current_user, staff
from engage.web.forms import PressForm

blueprint = Blueprint("steps", __name__, url_prefix="/staff/waves/<int(max=2147483647):wave_id>")

QUESTIONS = {
    "deleted": "fieldwork/delete.html",
    "opened": "fieldwork/open.html",
    "closed": "fieldwork/close.html",
}
"""What is done to a wave to the template that asks first."""

Page = str | Response | tuple[str, int]


@blueprint.route("/change", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def change(wave_id: int) -> Page:
    """Ask for another name, other days or another sample of a wave that is prepared."""
    wave = stored(wave_id)
    form = ChangeForm(
        name=wave.name,
        sample=wave.sample,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        delete_on=wave.delete_on,
    )
    elsewhere = False
    if form.sent_and_valid():
        plan = form.plan(wave.questionnaire, made_up=wave.made_up)
        faults = _taken(wave_id, partial(service.change_wave, plan=plan, seen=version_seen()))
        if not faults:
            return redirect(url_for("fieldwork.wave", wave_id=wave_id), 303)
        wave = stored(wave_id)
        elsewhere = version_seen() != wave.version
        form.blame_all(faults)
    against = faults_of_state(wave, WaveState.DRAFT, clock.today())
    if against:
        return wave_page(wave, against), 409
    page = render_template(
        "fieldwork/change.html",
        wave=as_shown(wave),
        # After a fault of another kind the page still shows what it showed before.
        version=wave.version if elsewhere or request.method == "GET" else version_seen(),
        form=form,
        samples=SAMPLES,
        changed=differences(wave, form) if elsewhere else None,
    )
    if elsewhere:
        return page, 409
    return (page, 422) if form.errors else page


@blueprint.route("/delete", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def delete(wave_id: int) -> Page:
    """Ask whether a wave that is prepared shall go, and delete it."""
    step = partial(service.delete_wave, seen=version_seen())
    return _confirmed(wave_id, "deleted", WaveState.DRAFT, step, then=url_for("fieldwork.waves"))


@blueprint.route("/open", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def open_wave(wave_id: int) -> Page:
    """Ask whether the wave shall take answers from now on, and open it."""
    step = partial(service.open_wave, settings=site_settings())
    return _confirmed(wave_id, "opened", WaveState.DRAFT, step)


@blueprint.route("/close", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def close_wave(wave_id: int) -> Page:
    """Ask whether the wave shall end for good, and close it."""
    step = partial(service.close_wave, seen=version_seen())
    return _confirmed(wave_id, "closed", WaveState.OPEN, step)


def _confirmed(
    wave_id: int, done: str, needed: WaveState, step: Callable[..., Wave], then: str = ""
) -> Page:
    """Show the page that asks; take the step once the answer is sent, or say why not.

    `done` is the step as a participle, `needed` the state that it needs.
    """
    form = PressForm()
    faults: Sequence[WaveFault] = ()
    if form.sent_and_valid():
        faults = _taken(wave_id, step)
        if not faults:
            return redirect(then or url_for("fieldwork.wave", wave_id=wave_id), 303)
    wave = stored(wave_id)
    against = faults_of_state(wave, needed, clock.today(), done)
    if against:
        return wave_page(wave, against), 409
    elsewhere = bool(faults) and done != "opened" and version_seen() != wave.version
    page = render_template(
        QUESTIONS[done],
        wave=as_shown(wave),
        version=wave.version,
        elsewhere=elsewhere,
        form=form,
        faults=() if elsewhere else faults,
    )
    if elsewhere:
        return page, 409
    return (page, 422) if faults else page


def _taken(wave_id: int, step: Callable[..., Wave]) -> Sequence[WaveFault]:
    """Take a step and commit it, or nothing of it; what speaks against it."""
    try:
        step(db.session(), wave_id, staff_id=current_user.id, now=clock.now())
        db.session.commit()
    except WaveError as error:
        db.session.rollback()
        return error.faults
    return ()
