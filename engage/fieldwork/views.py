"""The list of waves, a new wave, and one: analysts see how many answers came in."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.core.definition.faults import DefinitionError
from engage.extensions import db, site_settings
from engage.fieldwork import service
from engage.fieldwork.again import next_after
from engage.fieldwork.asked import SAMPLES
from engage.fieldwork.calendar import clashes, months, strips
from engage.fieldwork.forms import WaveForm
from engage.fieldwork.page import as_shown, may_open, stored, wave_page
from engage.fieldwork.shown import surveys
from engage.fieldwork.waiting import asked_of, waiting_waves
from engage.waves import store
from engage.waves.catalogue import newest_file
from engage.waves.faults import WaveError
from engage.waves.models import Wave
from engage.web.access import current_user, staff
from engage.web.staff_pages import SURVEYS, add_staff_page
from engage.web.whole_number import whole_number

blueprint = Blueprint("fieldwork", __name__)
add_staff_page(
    blueprint,
    "Waves",
    "fieldwork.waves",
    SURVEYS,
    "See which surveys are open, and how many people answered.",
    instead=("fieldwork.create", "Create, open, watch and close surveys."),
    notices=lambda: asked_of(current_user.id) if may_open("fieldwork.create") else [],
)

YEAR, FIRST_YEAR, LAST_YEAR = 4, 2000, 2100
"""How many digits a year has, and those that a day of a wave may be in."""

Page = str | Response | tuple[str, int]


@blueprint.get("/staff/waves")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def waves() -> str:
    """Every wave, and how many responses it has."""
    listed = [as_shown(each) for each in store.all_waves(db.session())]
    return render_template(
        "fieldwork/waves.html",
        waves=listed,
        waiting=waiting_waves(),
        may_manage=may_open("fieldwork.create"),
    )


@blueprint.get("/staff/waves/calendar")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def calendar() -> str:
    """The field days of every wave over a year, month by month, and which of them clash."""
    listed = [as_shown(each) for each in store.all_waves(db.session())]
    today = clock.today()
    said = request.args.get("year", "")
    year = int(said) if said.isascii() and said.isdigit() and len(said) == YEAR else today.year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    return render_template(
        "fieldwork/calendar.html",
        year=year,
        first=FIRST_YEAR,
        last=LAST_YEAR,
        strips=strips(listed, year),
        months=months(listed, year),
        clashes=list(clashes(listed, today)),
    )


@blueprint.route("/staff/waves/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def create() -> Page:
    """Ask what the wave shall be, and prepare it; `after` names a wave that it shall be like."""
    own = site_settings().definitions_dir
    form, after = WaveForm(), _after()
    if after and request.method == "GET":
        form = next_after(db.session(), after, clock.today()).filled()
    form.questionnaire.choices = surveys(own)
    if form.sent_and_valid():
        try:
            wave = service.create(
                db.session(),
                form.plan(form.questionnaire.data, made_up=site_settings().demo),
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
    page = render_template(
        "fieldwork/new.html",
        form=form,
        samples=SAMPLES,
        after=as_shown(after) if after else None,
        newest=_newest(after) if after else 0,
    )
    return (page, 422) if form.errors else page


@blueprint.get("/staff/waves/<int(max=2147483647):wave_id>")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def wave(wave_id: int) -> str:
    """One wave: its dates, its state and its responses."""
    return wave_page(stored(wave_id))


def _after() -> Wave | None:
    """The wave that the new one shall be like; answers 404 where there is none."""
    said = request.args.get("after", "")
    if not said:
        return None
    number = whole_number(said, None)
    return abort(404) if number is None else stored(number)


def _newest(wave: Wave) -> int:
    """The version that a new wave of the same survey would ask."""
    try:
        file = newest_file(wave.questionnaire, site_settings().definitions_dir)
    except LookupError:
        return wave.definition.version
    return int(file.stem.removeprefix("v"))
