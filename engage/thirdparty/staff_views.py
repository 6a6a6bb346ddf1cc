"""Centres for staff: register them, pause them, end them."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.centres import store
from engage.centres.models import Centre, Standing
from engage.centres.store import CentreError
from engage.extensions import db
from engage.thirdparty.soon import notices
from engage.thirdparty.staff_forms import CentreForm, ChangeForm
from engage.web.access import count_shown, current_user, shows, staff
from engage.web.forms import PressForm
from engage.web.staff_pages import REPORTS, add_staff_page

PREFIX = "/staff/centres"
ONE = "/<int(max=2147483647):number>"
LOOK_AFTER = (Role.SAFEGUARDING_LEAD, Role.CASEWORKER)

blueprint = Blueprint("centres", __name__, url_prefix=PREFIX)
add_staff_page(
    blueprint,
    "Centres",
    "centres.everyone",
    REPORTS,
    "Register organisations that report for others, and look after their workers’ training.",
    notices=lambda: notices(db.session.connection(), clock.today()),
)

Page = str | Response | tuple[str, int]
STANDINGS = {Standing.ACTIVE: "Active", Standing.PAUSED: "Paused", Standing.ENDED: "Ended"}
STEPS = {"pause": Standing.PAUSED, "resume": Standing.ACTIVE, "end": Standing.ENDED}


@blueprint.get("")
@staff(*LOOK_AFTER)
def everyone() -> str:
    """Every centre."""
    return render_template(
        "thirdparty/centres.html",
        centres=store.everyone(db.session()),
        standings=STANDINGS,
        today=clock.today(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@staff(*LOOK_AFTER)
def new() -> Page:
    """Register a centre."""
    form = CentreForm()
    if form.sent_and_valid():
        try:
            centre = store.register(db.session(), form.name.data or "", form.agreed_on.data)
        except CentreError as error:
            form.blame("name", str(error))
        else:
            note("centre.registered", centre.id)
            return redirect(url_for("centres.one", number=centre.id), 303)
    page = render_template("thirdparty/new.html", form=form)
    return (page, 422) if form.errors else page


@blueprint.get(ONE)
@staff(*LOOK_AFTER)
@shows("people", of="centre")
def one(number: int) -> str:
    """A centre and its workers."""
    centre = found(number)
    workers = store.workers_of(db.session.connection(), number)
    count_shown(len(workers))
    return render_template(
        "thirdparty/centre.html",
        centre=centre,
        workers=workers,
        looks_after=current_user.role in LOOK_AFTER,
        standings=STANDINGS,
        today=clock.today(),
        form=PressForm(),
    )


@blueprint.route(f"{ONE}/change", methods=["GET", "POST"])
@staff(*LOOK_AFTER)
def change(number: int) -> Page:
    """Correct its name, or say when its agreement is looked at next."""
    centre = found(number)
    form = ChangeForm(data={"name": centre.name, "review_on": centre.review_on})
    if form.sent_and_valid():
        try:
            store.rename(db.session(), centre, form.name.data or "", form.review_on.data)
        except CentreError as error:
            form.blame("name", str(error))
        else:
            note("centre.changed", number)
            return redirect(url_for("centres.one", number=number), 303)
    page = render_template("thirdparty/change.html", form=form, centre=centre)
    return (page, 422) if form.errors else page


@blueprint.post(f"{ONE}/<name:step>")
@staff(*LOOK_AFTER)
def put(number: int, step: str) -> Response:
    """Pause a centre, let it go on, or end it for good."""
    found(number)
    standing = STEPS.get(step) or abort(404)
    if PressForm().sent_and_valid() and store.put(db.session(), number, standing, clock.today()):
        note(f"centre.{standing}", number)
    return redirect(url_for("centres.one", number=number), 303)


def found(number: int) -> Centre:
    """A centre by its number; 404 without one."""
    return db.session.get(Centre, number) or abort(404)


def note(action: str, number: int, **detail: int) -> None:
    """Log what was done to a centre, and keep both."""
    note_done(action, f"centre:{number}", detail)
    db.session.commit()
