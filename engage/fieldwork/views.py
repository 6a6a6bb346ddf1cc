"""Survey managers create, open and close waves; analysts see how many answers came in."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.config import Settings
from engage.core.definition.faults import DefinitionError
from engage.extensions import db
from engage.fieldwork import service
from engage.fieldwork.forms import ConfirmForm, WaveForm
from engage.fieldwork.shown import ShownWave, shown, surveys
from engage.waves import store
from engage.waves.faults import WaveError, WaveFault
from engage.waves.models import Wave
from engage.web.access import current_user, permits, staff
from engage.web.staff_pages import add_staff_page

blueprint = Blueprint("fieldwork", __name__)
add_staff_page(blueprint, "Waves", "fieldwork.waves", "Create, open, watch and close surveys.")

Page = str | Response | tuple[str, int]


@blueprint.get("/staff/waves")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def waves() -> str:
    """Every wave, and how many responses it has."""
    session, today = db.session(), clock.today()
    listed = [shown(session, wave, today) for wave in store.all_waves(session)]
    return render_template("fieldwork/waves.html", waves=listed, may_manage=_may_manage())


@blueprint.route("/staff/waves/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def create() -> Page:
    """Ask what the wave shall be, and prepare it."""
    settings = _settings()
    form = WaveForm()
    form.questionnaire.choices = surveys(settings.definitions_dir)
    if form.sent_and_valid():
        try:
            wave = service.create(
                db.session(),
                form.plan(made_up=settings.demo),
                staff_id=current_user.id,
                now=clock.now(),
                own=settings.definitions_dir,
            )
            db.session.commit()
            return redirect(url_for("fieldwork.wave", wave_id=wave.id), 303)
        except WaveError as error:
            db.session.rollback()
            for fault in error.faults:
                form.blame(fault.field, fault.message)
        except DefinitionError as error:
            db.session.rollback()
            for line in str(error).splitlines():
                form.blame("questionnaire", line)
    page = render_template("fieldwork/new.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.get("/staff/waves/<int(max=2147483647):wave_id>")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def wave(wave_id: int) -> str:
    """One wave: its dates, its state and its responses."""
    return render_template("fieldwork/wave.html", wave=_shown(wave_id), may_manage=_may_manage())


@blueprint.route("/staff/waves/<int(max=2147483647):wave_id>/open", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def open_wave(wave_id: int) -> Page:
    """Ask whether the wave shall take answers from now on, and open it."""
    return _confirmed(
        wave_id, "fieldwork/open.html", partial(service.open_wave, settings=_settings())
    )


@blueprint.route("/staff/waves/<int(max=2147483647):wave_id>/close", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def close_wave(wave_id: int) -> Page:
    """Ask whether the wave shall end for good, and close it."""
    return _confirmed(wave_id, "fieldwork/close.html", service.close_wave)


def _confirmed(wave_id: int, template: str, step: Callable[..., Wave]) -> Page:
    """Show the page that asks; take the step once the answer is sent, or say why not."""
    form = ConfirmForm()
    faults: tuple[WaveFault, ...] = ()
    if form.sent_and_valid():
        try:
            step(db.session(), wave_id, staff_id=current_user.id, now=clock.now())
            db.session.commit()
            return redirect(url_for("fieldwork.wave", wave_id=wave_id), 303)
        except WaveError as error:
            faults = error.faults
            db.session.rollback()
    page = render_template(template, wave=_shown(wave_id), form=form, faults=faults)
    return (page, 422) if faults else page


def _shown(wave_id: int) -> ShownWave:
    found = store.get(db.session(), wave_id)
    if found is None:
        abort(404)
    return shown(db.session(), found, clock.today())


def _may_manage() -> bool:
    """Whether this person may do more than look."""
    return permits(create, current_user.role)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
