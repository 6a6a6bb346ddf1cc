"""Who is expected, who came, their certificates, and what is forgotten when."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.orm import Session

from engage.contacts import store as contacts
from engage.events import letters, programme
from engage.events.post import KEPT, write
from engage.events.store import (
    ABSENT,
    ATTENDED,
    BOOKINGS,
    EVENTS,
    HOLDING,
    PLACED,
    WAITING,
    lock_with_booked,
)
from engage.outbox.kinds import Kind

BEFORE = timedelta(days=2)
"""How long before an event its reminder is sent."""
NEEDS_KEPT = timedelta(days=7)
"""How long after an event it is kept what people needed to take part."""


def expected(connection: Connection, event_id: int) -> list[Row[Any]]:
    """The bookings that hold a place, by name."""
    wanted = select(BOOKINGS).where(BOOKINGS.c.event_id == event_id, BOOKINGS.c.state.in_(HOLDING))
    return list(connection.execute(wanted.order_by(func.lower(BOOKINGS.c.name), BOOKINGS.c.id)))


def waiting(connection: Connection, event_id: int) -> list[Row[Any]]:
    """The bookings that wait for a place, in their order."""
    wanted = select(BOOKINGS).where(BOOKINGS.c.event_id == event_id, BOOKINGS.c.state == WAITING)
    return list(connection.execute(wanted.order_by(BOOKINGS.c.booked_at, BOOKINGS.c.id)))


def note(
    connection: Connection,
    event_id: int,
    came: Collection[int],
    now: datetime,
    *,
    walk_ins: int = 0,
) -> int | None:
    """Note who of those with a place came, by their bookings; the others did not.

    `walk_ins` is how many came without a booking: there is nobody to write to, and nothing else is
    kept of them. How many of those with a place came; None where there is no such event, or it
    has not begun.
    """
    event = lock_with_booked(connection, event_id)
    if event is None or event.starts_at > now or event.cancelled_at is not None:
        return None
    connection.execute(update(EVENTS).where(EVENTS.c.id == event_id).values(walk_ins=walk_ins))
    number = 0
    for each in expected(connection, event_id):
        state = ATTENDED if each.id in came else ABSENT
        number += state == ATTENDED
        connection.execute(update(BOOKINGS).where(BOOKINGS.c.id == each.id).values(state=state))
    return number


def certify(connection: Connection, event_id: int, now: datetime) -> int:
    """Write to each who came to a training where the certificate is, once; to how many."""
    event = programme.get(connection, event_id)
    if event is None or not event.training:
        return 0
    came = [each for each in expected(connection, event_id) if each.state == ATTENDED]
    sent = [
        write(
            connection, event, each.id, letters.certificate, kind=Kind.TELL, now=now,
            once="certificate",
        )
        for each in came
    ]  # fmt: skip
    return sum(secret is not None for secret in sent)


def remind(session: Session, now: datetime) -> int:
    """Write to those with a place that their event is near, once each; to how many.

    Each in a transaction of its own that holds their mailbox first, as whoever erases it does.
    """
    near = select(EVENTS.c.id).where(
        EVENTS.c.starts_at > now,
        EVENTS.c.starts_at <= now + BEFORE,
        EVENTS.c.cancelled_at.is_(None),
    )
    due = (
        BOOKINGS.c.event_id.in_(near),
        BOOKINGS.c.state == PLACED,
        BOOKINGS.c.reminded_at.is_(None),
    )
    people = select(BOOKINGS.c.id, BOOKINGS.c.contact_id).where(*due).order_by(BOOKINGS.c.id)
    total = 0
    for booking_id, contact_id in session.connection().execute(people).all():
        session.commit()
        connection = session.connection()
        contacts.hold(connection, contact_id)
        theirs = update(BOOKINGS).where(BOOKINGS.c.id == booking_id, *due)
        done = theirs.values(reminded_at=now).returning(BOOKINGS.c.event_id)
        event_id = connection.scalar(done)
        event = programme.get(connection, event_id) if event_id is not None else None
        if event is not None:
            write(connection, event, booking_id, letters.reminder, kind=Kind.REMIND, now=now)
            total += 1
    session.commit()
    return total


def forget(session: Session, now: datetime) -> int:
    """Forget needs seven days after an event and bookings a year after; how many rows."""
    connection = session.connection()
    over = select(EVENTS.c.id).where(EVENTS.c.ends_at <= now - NEEDS_KEPT)
    needs = update(BOOKINGS).where(BOOKINGS.c.event_id.in_(over), BOOKINGS.c.needs != "")
    long_over = select(EVENTS.c.id).where(EVENTS.c.ends_at <= now - KEPT)
    gone = delete(BOOKINGS).where(BOOKINGS.c.event_id.in_(long_over))
    return connection.execute(needs.values(needs="")).rowcount + connection.execute(gone).rowcount
