"""Places: asked for, confirmed, queued for, given up and given on. Exact under any concurrency.

Whoever takes or gives up a place first locks the event's row (on SQLite the whole transaction is
the lock), so that of a hundred who confirm at once for ten places, ten get one and ninety stand in
the queue in the order in which they confirmed.

All wait in one order, and so never in a circle: the mailboxes that are written to, the event, its
bookings. Nobody who holds an event waits for a mailbox.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engage.contacts import tokens
from engage.contacts.models import Contact
from engage.events.models import Booking, Event
from engage.extensions import table_of

EVENTS, BOOKINGS, CONTACTS = table_of(Event), table_of(Booking), table_of(Contact)

PENDING, PLACED, WAITING = "pending", "placed", "waiting"
ATTENDED, ABSENT = "attended", "absent"
HOLDING = (PLACED, ATTENDED, ABSENT)
"""The states that hold a place."""
UNCONFIRMED_FOR = timedelta(days=2)
"""How long a booking waits for its confirmation; it holds no place meanwhile."""
LEAST = timedelta(microseconds=1)
"""The finest step that both databases keep."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The booking that a mailbox has for an event, and its state after it was asked for."""

    id: int
    state: str


def ask(
    connection: Connection, *, event_id: int, contact_id: int, name: str, needs: str, now: datetime
) -> Asked:
    """Note that somebody wants to come; one booking for each mailbox and event.

    One that waits for its confirmation waits anew with what was said now, and the links that were
    mailed for it lead nowhere: nobody can change, between somebody's looking and pressing, what
    they confirm. One that was confirmed stays as it is.
    """
    new = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(BOOKINGS)
    given = {"name": name, "needs": needs, "state": PENDING, "booked_at": now, "reminded_at": None}
    wanted = (
        new.values(event_id=event_id, contact_id=contact_id, **given)
        .on_conflict_do_update(
            index_elements=[BOOKINGS.c.event_id, BOOKINGS.c.contact_id],
            set_=given,
            where=BOOKINGS.c.state == PENDING,
        )
        .returning(BOOKINGS.c.id, BOOKINGS.c.state)
    )
    found = connection.execute(wanted).first()
    if found is None:
        there = select(BOOKINGS.c.id, BOOKINGS.c.state).where(
            BOOKINGS.c.event_id == event_id, BOOKINGS.c.contact_id == contact_id
        )
        found = connection.execute(there).one()
    elif found.state == PENDING:
        tokens.drop(connection, "booking", found.id)
    return Asked(found.id, found.state)


def lock(connection: Connection, event_id: int) -> Row[Any] | None:
    """The event, locked until the transaction ends; None where there is none."""
    return connection.execute(
        select(EVENTS).where(EVENTS.c.id == event_id).with_for_update()
    ).first()


def lock_with_booked(connection: Connection, event_id: int) -> Row[Any] | None:
    """The event, locked, and before it the mailboxes of all whose booking counts.

    So each of them can be written to without waiting. None where there is no event.
    """
    if connection.dialect.name == "sqlite":
        return lock(connection, event_id)
    booked = select(BOOKINGS.c.contact_id).where(
        BOOKINGS.c.event_id == event_id, BOOKINGS.c.state != PENDING
    )
    theirs = select(CONTACTS.c.id).where(CONTACTS.c.id.in_(booked)).order_by(CONTACTS.c.id)
    while True:
        step = connection.begin_nested()  # undoing it lets go of its locks
        held = set(connection.scalars(theirs.with_for_update(key_share=True, read=True)))
        event = lock(connection, event_id)
        if held.issuperset(connection.scalars(booked)):
            step.commit()
            return event
        step.rollback()  # somebody confirmed in between: with them from the start


def booking(connection: Connection, booking_id: int | None) -> Row[Any] | None:
    """A booking of any state; None where there is none."""
    return connection.execute(select(BOOKINGS).where(BOOKINGS.c.id == booking_id)).first()


def confirm(connection: Connection, booking_id: int, now: datetime) -> str | None:
    """Give a booking that waits for it a place, or one in the queue; its state afterwards.

    None where there is no such booking, or the event has begun or was called off. Confirming
    twice changes nothing.
    """
    found = booking(connection, booking_id)
    event = lock(connection, found.event_id) if found else None
    found = booking(connection, booking_id)  # as it is now that nobody else can change it
    if found is None or event is None:
        return None
    if found.state != PENDING:
        return str(found.state)
    if not is_ahead(event, now):
        return None
    full = event.capacity <= held(connection, event.id) or queued(connection, event.id) > 0
    state = WAITING if full else PLACED
    latest = connection.scalar(
        select(func.max(BOOKINGS.c.booked_at)).where(
            BOOKINGS.c.event_id == event.id, BOOKINGS.c.state != PENDING
        )
    )
    # The queue is in the order of confirming, whatever the clocks of two servers say.
    turn = now if latest is None or latest < now else latest + LEAST
    _set(connection, booking_id, state=state, booked_at=turn)
    return state


def cancel(connection: Connection, booking_id: int, now: datetime) -> int | None:
    """Give up a place, or a place in the queue; the event, which may have room now.

    The booking goes, so that nothing keeps the mailbox on its account. None where nothing was to
    give up, or the event has begun.
    """
    found = booking(connection, booking_id)
    event = lock(connection, found.event_id) if found else None
    found = booking(connection, booking_id)
    if found is None or event is None or event.starts_at <= now:
        return None
    if found.state not in (PENDING, PLACED, WAITING):
        return None
    connection.execute(BOOKINGS.delete().where(BOOKINGS.c.id == booking_id))
    return int(event.id)


def move_up(connection: Connection, event_id: int, now: datetime) -> list[int]:
    """Give the free places of an event to those who wait longest; their bookings, in order."""
    event = lock_with_booked(connection, event_id)
    if event is None or not is_ahead(event, now):
        return []
    free = event.capacity - held(connection, event_id)
    if free <= 0:
        return []
    first = (
        select(BOOKINGS.c.id)
        .where(BOOKINGS.c.event_id == event_id, BOOKINGS.c.state == WAITING)
        .order_by(BOOKINGS.c.booked_at, BOOKINGS.c.id)
        .limit(free)
    )
    lucky = list(connection.scalars(first))
    for each in lucky:
        _set(connection, each, state=PLACED)
    return lucky


def held(connection: Connection, event_id: int) -> int:
    """How many places of an event are taken."""
    return _count(connection, event_id, HOLDING)


def queued(connection: Connection, event_id: int) -> int:
    """How many wait for a place."""
    return _count(connection, event_id, (WAITING,))


def turn(connection: Connection, booking: Row[Any]) -> int:
    """The place of a booking in its queue, from 1; 0 for one that does not wait."""
    if booking.state != WAITING:
        return 0
    before = select(func.count()).where(
        BOOKINGS.c.event_id == booking.event_id,
        BOOKINGS.c.state == WAITING,
        BOOKINGS.c.booked_at <= booking.booked_at,
    )
    return connection.scalar(before) or 0


def is_ahead(event: Row[Any], now: datetime) -> bool:
    """Whether an event is still to come and takes place."""
    return event.cancelled_at is None and event.starts_at > now


def short_of_people(connection: Connection, now: datetime) -> list[int]:
    """The events that have room and a queue, as when somebody who had a place was erased."""
    taken = (
        select(func.count())
        .where(BOOKINGS.c.event_id == EVENTS.c.id, BOOKINGS.c.state.in_(HOLDING))
        .scalar_subquery()
    )
    waits = select(BOOKINGS.c.id).where(
        BOOKINGS.c.event_id == EVENTS.c.id, BOOKINGS.c.state == WAITING
    )
    found = select(EVENTS.c.id).where(
        EVENTS.c.cancelled_at.is_(None),
        EVENTS.c.starts_at > now,
        waits.exists(),
        taken < EVENTS.c.capacity,
    )
    return list(connection.scalars(found.order_by(EVENTS.c.id)))


def expire(connection: Connection, now: datetime) -> int:
    """Delete the bookings that nobody confirmed in two days, or before the event; how many."""
    begun = select(EVENTS.c.id).where(EVENTS.c.starts_at <= now)
    old = select(BOOKINGS.c.id).where(
        BOOKINGS.c.state == PENDING,
        or_(BOOKINGS.c.booked_at <= now - UNCONFIRMED_FOR, BOOKINGS.c.event_id.in_(begun)),
    )
    # One that somebody has in hand is left to the next time.
    free = old.with_for_update(skip_locked=True)
    return connection.execute(BOOKINGS.delete().where(BOOKINGS.c.id.in_(free))).rowcount


def _count(connection: Connection, event_id: int, states: tuple[str, ...]) -> int:
    counted = select(func.count()).where(
        BOOKINGS.c.event_id == event_id, BOOKINGS.c.state.in_(states)
    )
    return connection.scalar(counted) or 0


def _set(connection: Connection, booking_id: int, **values: object) -> None:
    connection.execute(update(BOOKINGS).where(BOOKINGS.c.id == booking_id).values(**values))
