"""Events and training for staff: the list, a new one, one with who booked it, and changes."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy import Row
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.audit.log import Fact
from engage.clock import day_of
from engage.events import attendance, programme, service, when
from engage.events.programme import PlanError
from engage.events.store import ATTENDED, LEAST
from engage.extensions import db
from engage.training.forms import EventForm
from engage.training.shown import shown
from engage.web.access import current_user, permits, staff
from engage.web.forms import PressForm
from engage.web.staff_pages import PLEDGE, add_staff_page

blueprint = Blueprint("training_staff", __name__)
add_staff_page(
    blueprint,
    "Events",
    "training_staff.events",
    PLEDGE,
    "Make events and training, and see who comes.",
)

Page = str | Response | tuple[str, int]
UNFIT = 422


@blueprint.get("/staff/events")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def events() -> str:
    """Every event, and how many people come."""
    now = clock.now()
    every = programme.every(db.session.connection())
    listed = [shown(each.event, now, each) for each in every]
    counted = {each.event.id: each for each in every}
    may_manage = permits(create, current_user.role)
    return render_template(
        "training/staff_events.html", events=listed, counted=counted, may_manage=may_manage
    )


@blueprint.route("/staff/events/new", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def create() -> Page:
    """Ask what the event shall be, and store it."""
    form = EventForm()
    plan = form.plan() if form.sent_and_valid() else None
    if plan is not None:
        try:
            event_id = programme.make(db.session.connection(), plan, clock.now())
            note("event.made", event_id, places=plan.capacity)
            db.session.commit()
            return redirect(url_for("training_staff.event", event_id=event_id), 303)
        except PlanError as error:
            db.session.rollback()
            form.blame_all(error.faults)
    page = render_template("training/staff_form.html", form=form, event=None)
    return (page, UNFIT) if form.errors else page


@blueprint.get("/staff/events/<int(max=2147483647):event_id>")
@staff(Role.SURVEY_MANAGER)
def event(event_id: int) -> str:
    """One event: its days, its places, who has one and who waits; by number, not by name."""
    found, now, connection = stored(event_id), clock.now(), db.session.connection()
    placed = attendance.expected(connection, event_id)
    return render_template(
        "training/staff_event.html",
        event=found,
        shown=shown(found, now),
        counted=programme.counted(connection, found),
        came=sum(each.state == ATTENDED for each in placed),
        begun=found.starts_at <= now,
        over=found.ends_at <= now,
        press=PressForm(formdata=None),
    )


@blueprint.route("/staff/events/<int(max=2147483647):event_id>/change", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def change(event_id: int) -> Page:
    """Change an event; those who booked are told when it moves."""
    found, now = stored(event_id), clock.now()
    if found.cancelled_at or found.starts_at <= now:
        abort(409, "This event has begun, or was called off. It cannot be changed.")
    form = EventForm(data=_as_form(found))
    plan = form.plan() if form.sent_and_valid() else None
    if plan is not None:
        try:
            told = service.change(db.session.connection(), event_id, plan, now)
            note("event.changed", event_id, told=told, places=plan.capacity)
            db.session.commit()
            return redirect(url_for("training_staff.event", event_id=event_id), 303)
        except PlanError as error:
            db.session.rollback()
            form.blame_all(error.faults)
    page = render_template("training/staff_form.html", form=form, event=found)
    return (page, UNFIT) if form.errors else page


def stored(event_id: int) -> Row[Any]:
    """The event of that number; answers 404 where there is none."""
    return programme.get(db.session.connection(), event_id) or abort(404)


def note(action: str, event_id: int, **detail: Fact) -> None:
    """Put what a member of staff did into the audit log, in the transaction that does it."""
    note_done(action, f"event:{event_id}", detail)


def _as_form(event: Row[Any]) -> dict[str, object]:
    """An event as the boxes of the form show it, in London's time."""
    first, last = day_of(event.starts_at), day_of(event.ends_at)
    # A midnight is the end of the day before it.
    closes = day_of(event.closes_at - LEAST) if event.closes_at < event.starts_at else None
    return {
        **event._mapping,  # noqa: SLF001  SQLAlchemy's public way, for all its underscore
        "day": first,
        "starts": f"{when.local(event.starts_at):%H:%M}",
        "ends": f"{when.local(event.ends_at):%H:%M}",
        "last_day": last if last != first else None,
        "closes": closes,
    }
