"""Booking a place: the form, and the page of a booking, to which only a mailed link leads."""

from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, Response as Answer, redirect, render_template, request, url_for
from sqlalchemy import Connection, Row
from werkzeug.wrappers import Response

from engage import clock
from engage.contacts import consent, store as contacts, tokens
from engage.events import programme, service, store
from engage.events.service import NewBooking
from engage.events.store import ATTENDED, PENDING, PLACED, WAITING
from engage.extensions import db, limiter, site_settings
from engage.training.certificate import certificate_pdf
from engage.training.forms import BookForm, ConfirmForm
from engage.training.shown import shown
from engage.training.views import published
from engage.web.access import public
from engage.web.forms import PressForm
from engage.web.language import language
from engage.web.limits import too_many

blueprint = Blueprint("booking", __name__)

BOOKINGS = "120 per hour"
"""From one network: all the staff of a school may book from one."""
UNFIT = 422
GONE = 404

Page = str | Response | tuple[str, int]


class Held(NamedTuple):
    """The booking to which a link leads, and its event."""

    booking: Row[Any]
    event: Row[Any]


@blueprint.route("/events/<slug:slug>/book", methods=["GET", "POST"])
@public
@limiter.limit(BOOKINGS, methods=["POST"], error_message=too_many)
def book(slug: str) -> Page:
    """Ask who wants to come; the answer is the same whatever we know of the address."""
    form, now = BookForm(), clock.now()
    with db.engine.execution_options(read_only=True).connect() as connection:
        event = published(connection, slug)
        counted = programme.counted(connection, event)
    if not service.takes_bookings(event, now):
        return redirect(url_for("training.event", slug=slug), 303)
    if not form.sent_and_valid():
        page = render_template(
            "training/book.html", event=event, shown=shown(event, now, counted), form=form
        )
        return (page, UNFIT) if request.method == "POST" else page
    address, key = str(form.email.data), site_settings().address_key
    new = NewBooking(event.id, address, str(form.name.data), str(form.needs.data), language().code)
    with db.engine.begin() as connection:
        service.sign_up(connection, new, key=key, now=now)
    return redirect(url_for("booking.check_mail", slug=slug), 303)


@blueprint.get("/events/<slug:slug>/check-your-email")
@public
def check_mail(slug: str) -> str:
    """Say that a message is on its way, to everybody."""
    with db.engine.connect() as connection:
        event = published(connection, slug)
    days = store.UNCONFIRMED_FOR.days
    return render_template("training/check_mail.html", event=event, days=days)


@blueprint.get("/bookings/<string(minlength=20, maxlength=60):secret>")
@public
def see(secret: str) -> Page:
    """A booking, as it stands; opening it changes nothing."""
    now = clock.now()
    with db.engine.connect() as connection:
        held = _held(connection, secret, now)
        if held is None:
            return _gone()
        turn = store.turn(connection, held.booking)
    return _page(held, secret, now, turn)


@blueprint.post("/bookings/<string(minlength=20, maxlength=60):secret>/confirm")
@public
def confirm(secret: str) -> Page:
    """Make a booking count, and note what else its maker agreed to hear of."""
    now, form = clock.now(), ConfirmForm()
    form.topics.offered = frozenset(consent.TOPICS)
    if not form.sent_and_valid():
        return redirect(url_for("booking.see", secret=secret), 303)
    with db.engine.begin() as connection:
        token = tokens.read(connection, secret, "booking", now)
        own = service.confirm(connection, secret, now)
        if token and own:
            for topic in form.topics.data or ():
                consent.give(connection, token.contact_id, topic, source="web", today=clock.today())
    return redirect(url_for("booking.see", secret=own or secret), 303)


@blueprint.route(
    "/bookings/<string(minlength=20, maxlength=60):secret>/cancel", methods=["GET", "POST"]
)
@public
def cancel(secret: str) -> Page:
    """Ask, then give up a place, for the first who waits."""
    now, form = clock.now(), PressForm()
    pressed = form.sent_and_valid()
    with db.engine.begin() as connection:
        held = _held(connection, secret, now)
        if held is None:
            return _gone()
        done = pressed and service.give_up(connection, held.booking.id, now, tell=True)
    if done:
        with db.engine.begin() as connection:
            service.move_up(connection, held.event.id, now)
    if not pressed and _may_cancel(held, now):
        return render_template("training/cancel.html", event=held.event, secret=secret, form=form)
    if not done:
        return redirect(url_for("booking.see", secret=secret), 303)
    return redirect(url_for("booking.cancelled"), 303)


@blueprint.get("/bookings/cancelled")
@public
def cancelled() -> str:
    """Say that the booking is gone."""
    return render_template("training/cancelled.html")


@blueprint.get("/bookings/<string(minlength=20, maxlength=60):secret>/certificate.pdf")
@public
def certificate(secret: str) -> Page | Answer:
    """The certificate of who came to a training."""
    with db.engine.connect() as connection:
        held = _held(connection, secret, clock.now())
        contact: Any = contacts.get(connection, held.booking.contact_id) if held else None
    if held is None or held.booking.state != ATTENDED or not held.event.training:
        return _gone()
    answer = Answer(
        certificate_pdf(
            site_settings(), held.event, held.booking.name, contact.language if contact else "en"
        ),
        mimetype="application/pdf",
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return answer


def _held(connection: Connection, secret: str, now: datetime) -> Held | None:
    token = tokens.read(connection, secret, "booking", now)
    booking = store.booking(connection, token.about) if token else None
    if token is None or booking is None or booking.contact_id != token.contact_id:
        return None  # theirs is gone, and another may have its number
    event = programme.get(connection, booking.event_id)
    return Held(booking, event) if event is not None else None


def _page(held: Held, secret: str, now: datetime, turn: int) -> Page:
    seen = shown(held.event, now)
    state = held.booking.state
    if state == PENDING and not seen.ahead and not held.event.cancelled_at:
        return _gone()
    return render_template(
        "training/booking.html",
        booking=held.booking,
        event=held.event,
        shown=seen,
        secret=secret,
        turn=turn,
        may_confirm=state == PENDING and seen.ahead,
        may_cancel=_may_cancel(held, now),
        has_certificate=state == ATTENDED and held.event.training,
        topics=consent.topics(),
        press=PressForm(formdata=None),
    )


def _may_cancel(held: Held, now: datetime) -> bool:
    return held.booking.state in (PLACED, WAITING) and store.is_ahead(held.event, now)


def _gone() -> tuple[str, int]:
    return render_template("training/gone.html"), GONE
