"""The day of an event, for staff: the list at the door, who came, certificates, calling it off."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.events import attendance, service, store
from engage.events.store import ATTENDED, HOLDING
from engage.extensions import db
from engage.training.forms import AttendanceForm
from engage.training.shown import shown
from engage.training.staff_views import note, stored
from engage.web.access import count_shown, shows, staff
from engage.web.forms import PressForm

blueprint = Blueprint("desk", __name__, url_prefix="/staff/events/<int(max=2147483647):event_id>")

Page = str | Response | tuple[str, int]


@blueprint.post("/list")
@staff(Role.SURVEY_MANAGER)
def open_list(event_id: int) -> str | Response:
    """The names of who comes and who waits, with what they need; that it was opened is noted."""
    event = stored(event_id)
    if not PressForm().sent_and_valid():
        return _back(event_id)
    connection = db.session.connection()
    placed, queue = (
        attendance.expected(connection, event_id),
        attendance.waiting(connection, event_id),
    )
    note("event.list_opened", event_id, names=len(placed) + len(queue))
    db.session.commit()
    return render_template(
        "training/staff_list.html",
        event=event,
        shown=shown(event, clock.now()),
        placed=placed,
        waiting=queue,
        ahead=store.is_ahead(event, clock.now()),
    )


@blueprint.get("/list")
@staff(Role.SURVEY_MANAGER)
def ask_for_list(event_id: int) -> Response:
    """The list is opened by a button only: coming back by its address leads to the event."""
    return _back(event_id)


@blueprint.route("/attendance", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("bookings", of="event")
def who_came(event_id: int) -> Page:
    """Tick who came, and count who came without a booking; who is not ticked did not."""
    event, now = stored(event_id), clock.now()
    if event.starts_at > now or event.cancelled_at:
        abort(409, "This event has not begun, or was called off. Note who came once it begins.")
    connection = db.session.connection()
    placed = attendance.expected(connection, event_id)
    count_shown(len(placed))
    form = AttendanceForm(walk_ins=event.walk_ins)
    form.came.offered = frozenset(str(each.id) for each in placed)
    if form.sent_and_valid():
        came = {int(each) for each in form.came.data or ()}
        more = form.walk_ins.data or 0
        number = attendance.note(connection, event_id, came, now, walk_ins=more)
        note("attendance.noted", event_id, came=number, expected=len(placed), walk_ins=more)
        db.session.commit()
        return redirect(url_for("training_staff.event", event_id=event_id), 303)
    page = render_template(
        "training/staff_attendance.html", event=event, placed=placed, form=form, came=ATTENDED
    )
    return (page, 422) if form.errors else page


@blueprint.post("/certificates")
@staff(Role.SURVEY_MANAGER)
def certificates(event_id: int) -> Response:
    """Send everyone who came the link to their certificate, once."""
    event, now = stored(event_id), clock.now()
    if not event.training or event.ends_at > now or event.cancelled_at:
        abort(409, "Certificates are for a training that is over.")
    if PressForm().sent_and_valid():
        sent = attendance.certify(db.session.connection(), event_id, now)
        note("certificates.sent", event_id, letters=sent)
        db.session.commit()
    return _back(event_id)


@blueprint.route("/cancel", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def cancel(event_id: int) -> Page:
    """Ask, then call the event off and write to all who booked."""
    event, now = stored(event_id), clock.now()
    if event.cancelled_at or event.ends_at <= now:
        abort(409, "This event is over, or was called off already.")
    form = PressForm()
    if form.sent_and_valid():
        told = service.call_off(db.session.connection(), event_id, now)
        note("event.called_off", event_id, told=told)
        db.session.commit()
        return _back(event_id)
    connection = db.session.connection()
    number = store.held(connection, event_id) + store.queued(connection, event_id)
    return render_template("training/staff_cancel.html", event=event, form=form, number=number)


@blueprint.route("/bookings/<int(max=2147483647):booking_id>/give-up", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
@shows("bookings", of="event")
def give_up(event_id: int, booking_id: int) -> Page:
    """Cancel a booking for somebody who telephoned."""
    event, now, connection = stored(event_id), clock.now(), db.session.connection()
    found = store.booking(connection, booking_id)
    kept = found is not None and found.state in (*HOLDING, store.WAITING)
    if found is None or found.event_id != event_id or not kept:
        abort(404)
    if not store.is_ahead(event, now):
        abort(409, "This event has begun, or was called off.")
    form = PressForm()
    if request.method == "POST" and form.sent_and_valid():
        service.give_up(connection, booking_id, now, tell=True)
        note("booking.given_up", event_id, booking=booking_id)
        db.session.commit()
        service.move_up(db.session.connection(), event_id, now)
        db.session.commit()
        return _back(event_id)
    return render_template("training/staff_give_up.html", event=event, booking=found, form=form)


def _back(event_id: int) -> Response:
    return redirect(url_for("training_staff.event", event_id=event_id), 303)
