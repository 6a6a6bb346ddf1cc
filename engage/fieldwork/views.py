"""The list of waves, a new wave, and one: analysts see how many answers came in."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.core.definition.faults import DefinitionError
from engage.extensions import db
from engage.fieldwork import service
from engage.fieldwork.asked import SAMPLES
from engage.fieldwork.forms import WaveForm
from engage.fieldwork.page import as_shown, may_open, settings, stored, wave_page
from engage.fieldwork.shown import surveys
from engage.waves import store
from engage.waves.faults import WaveError
from engage.web.access import current_user, staff
from engage.web.staff_pages import add_staff_page

blueprint = Blueprint("fieldwork", __name__)
add_staff_page(
    blueprint,
    "Waves",
    "fieldwork.waves",
    "See which surveys are open, and how many people answered.",
    instead=("fieldwork.create", "Create, open, watch and close surveys."),
)

Page = str | Response | tuple[str, int]


@blueprint.get("/staff/waves")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def waves() -> str:
    """Every wave, and how many responses it has."""
    listed = [as_shown(each) for each in store.all_waves(db.session())]
    may_manage = may_open("fieldwork.create")
    return render_template("fieldwork/waves.html", waves=listed, may_manage=may_manage)


@blueprint.route("/staff/waves/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def create() -> Page:
    """Ask what the wave shall be, and prepare it."""
    own = settings().definitions_dir
    form = WaveForm()
    form.questionnaire.choices = surveys(own)
    if form.sent_and_valid():
        try:
            wave = service.create(
                db.session(),
                form.plan(form.questionnaire.data, made_up=settings().demo),
                staff_id=current_user.id,
                now=clock.now(),
                own=own,
            )
            db.session.commit()
            return redirect(url_for("fieldwork.wave", wave_id=wave.id), 303)
        except WaveError as error:
            db.session.rollback()
            form.blame_all(error.faults)
        except DefinitionError as error:
            db.session.rollback()
            for line in str(error).splitlines():
                form.blame("questionnaire", line)
    page = render_template("fieldwork/new.html", form=form, samples=SAMPLES)
    return (page, 422) if form.errors else page


@blueprint.get("/staff/waves/<int(max=2147483647):wave_id>")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def wave(wave_id: int) -> str:
    """One wave: its dates, its state and its responses."""
    return wave_page(stored(wave_id))
