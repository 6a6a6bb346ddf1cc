"""What is kept of a mailbox beside its signatures, as its owner sees it.

Whatever the copy holds (`engage.signing.kept`) is in words on the page.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import Connection, Row, select

from engage.clock import day_of
from engage.contacts.models import MailToken
from engage.events.models import Booking, Event
from engage.events.when import span
from engage.extensions import table_of
from engage.organisations.models import Commitment, Organisation, Progress, Promise, Standing
from engage.organisations.words import PROMISES, SECTORS, SIZES
from engage.outbox.models import OutgoingMessage

EVENTS, BOOKINGS = table_of(Event), table_of(Booking)
ORGANISATIONS, COMMITMENTS = table_of(Organisation), table_of(Commitment)
MESSAGES, LINKS = table_of(OutgoingMessage), table_of(MailToken)

PLACES: dict[str, LazyString] = {
    "pending": _("Waits: open the link in our message and press the button"),
    "placed": _("You have a place"),
    "waiting": _("You are on the waiting list"),
    "cancelled": _("Cancelled"),
    "attended": _("You came"),
    "absent": _("You did not come"),
}
"""How a booking stands."""
STANDINGS: dict[str, LazyString] = {
    Standing.ASKED: _("We have not yet checked that it is real"),
    Standing.VERIFIED: _("It is real. We have not yet put it on our list"),
    Standing.APPROVED: _("It is on our list"),
    Standing.REFUSED: _("We did not put it on our list"),
    Standing.LEFT: _("It is no longer on our list"),
}
"""How an organisation stands."""
STEPS: dict[str, LazyString] = {
    Progress.PROMISED: _("Promised"),
    Progress.UNDER_WAY: _("Under way"),
    Progress.DONE: _("Done"),
    Progress.DROPPED: _("No longer promised"),
}
"""How a promise stands."""
LEFT: dict[str, LazyString] = {
    "waiting": _("not sent yet"),
    "sending": _("not sent yet"),
    "sent": _("sent"),
    "refused": _("it did not arrive"),
    "failed": _("it did not arrive"),
    "dropped": _("not sent"),
}
"""What became of a message."""
OPENS: dict[str, LazyString] = {
    "signature": _("A link to sign a pledge"),
    "booking": _("A link to a place that you booked"),
    "own_page": _("A link to this page, or this page while it is open"),
    "partner": _("A link to the page of your organisation"),
}
"""What a link that is still good opens."""


@dataclass(frozen=True, slots=True)
class Made:
    """A promise of an organisation."""

    promise: LazyString
    step: LazyString
    owner: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """An organisation for which the owner of the mailbox signed."""

    name: str
    sector: LazyString
    size: LazyString
    domain: str
    signatory: str
    position: str
    standing: LazyString
    reason: str
    day: date
    made: list[Made]


def bookings(connection: Connection, contact_id: int) -> list[dict[str, Any]]:
    """The places that a mailbox booked, those that come last first."""
    theirs = (
        select(BOOKINGS, EVENTS.c.title, EVENTS.c.starts_at, EVENTS.c.ends_at)
        .join(EVENTS, EVENTS.c.id == BOOKINGS.c.event_id)
        .where(BOOKINGS.c.contact_id == contact_id)
        .order_by(EVENTS.c.starts_at.desc(), BOOKINGS.c.id)
    )
    return [
        {
            "title": row.title,
            "when": span(row.starts_at, row.ends_at),
            "name": row.name,
            "needs": row.needs,
            "stands": PLACES[row.state],
            "on": day_of(row.booked_at),
            "reminded_on": day_of(row.reminded_at) if row.reminded_at else None,
        }
        for row in connection.execute(theirs)
    ]


def organisations(connection: Connection, contact_id: int) -> list[Spoken]:
    """The organisations that a mailbox signed for, with what they promised."""
    theirs = select(ORGANISATIONS).where(ORGANISATIONS.c.contact_id == contact_id)
    rows = connection.execute(theirs.order_by(ORGANISATIONS.c.id)).all()
    return [_spoken(row, _made(connection, row.id)) for row in rows]


def messages(connection: Connection, contact_id: int) -> list[dict[str, Any]]:
    """The messages to a mailbox of which we still know, newest first; not what they said."""
    theirs = select(MESSAGES).where(MESSAGES.c.contact_id == contact_id)
    return [
        {"on": day_of(row.left_at or row.due_at), "became": LEFT[row.state]}
        for row in connection.execute(theirs.order_by(MESSAGES.c.id.desc()))
    ]


def open_links(connection: Connection, contact_id: int) -> list[dict[str, Any]]:
    """The links of a mailbox that are still good, those that last longest last."""
    theirs = select(LINKS.c.purpose, LINKS.c.until).where(LINKS.c.contact_id == contact_id)
    return [
        {"opens": OPENS[row.purpose], "until": day_of(row.until)}
        for row in connection.execute(theirs.order_by(LINKS.c.until))
    ]


def _made(connection: Connection, organisation_id: int) -> list[Made]:
    theirs = select(COMMITMENTS).where(COMMITMENTS.c.organisation_id == organisation_id)
    return [
        Made(PROMISES[Promise(row.promise)], STEPS[row.progress], row.owner, row.evidence)
        for row in connection.execute(theirs.order_by(COMMITMENTS.c.id))
    ]


def _spoken(row: Row[Any], made: list[Made]) -> Spoken:
    return Spoken(
        name=row.name,
        sector=SECTORS[row.sector],
        size=SIZES[row.size],
        domain=row.domain,
        signatory=row.signatory,
        position=row.position,
        standing=STANDINGS[row.standing],
        reason=row.reason,
        day=row.asked_on,
        made=made,
    )
