"""The steps of a booking and what is written at each, in the caller's transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.contacts import store as contacts, tokens
from engage.events import letters, programme, store
from engage.events.post import KEPT, write, write_of_what_was
from engage.events.programme import EventPlan
from engage.events.store import BOOKINGS, PLACED, UNCONFIRMED_FOR, WAITING
from engage.outbox.allowance import may_write
from engage.outbox.kinds import Kind

ASKED = "book"
"""With what the keys of letters begin that are written because somebody typed an address."""


@dataclass(frozen=True, slots=True)
class NewBooking:
    """What somebody typed to come; the address is checked."""

    event_id: int
    address: str = field(repr=False)
    name: str = field(repr=False)
    needs: str = field(repr=False)
    language: str


def sign_up(connection: Connection, new: NewBooking, *, key: str, now: datetime) -> bool:
    """Write to the mailbox whether it was they; False where nothing was noted.

    That is where the event takes no bookings now, or the mailbox was written to too often today
    because somebody typed its address.

    Whoever sees only the answer cannot tell whether the mailbox had booked before: the letter
    says so. `key` is the site's for addresses.
    """
    event = programme.get(connection, new.event_id)
    if event is None or not takes_bookings(event, now):
        return False
    contact = contacts.mailbox_for(
        connection, new.address, new.language, day_of(now), key=key, alone=True
    )
    if not (contact.fresh or may_write(connection, contact.id, f"{ASKED}:", now)):
        return False
    asked = store.ask(
        connection, event_id=event.id, contact_id=contact.id, name=new.name, needs=new.needs,
        now=now,
    )  # fmt: skip
    if asked.state == store.PENDING:
        until = min(now + UNCONFIRMED_FOR, event.starts_at)
        write(
            connection,
            event,
            asked.id,
            letters.asked,
            kind=Kind.ASK,
            now=now,
            until=until,
            cause=ASKED,
        )
    else:
        write(connection, event, asked.id, letters.already, kind=Kind.TELL, now=now, cause=ASKED)
    return True


def takes_bookings(event: Row[Any], now: datetime) -> bool:
    """Whether one can book an event now."""
    return bool(event.published and store.is_ahead(event, now) and event.closes_at > now)


def confirm(connection: Connection, secret: str, now: datetime) -> str | None:
    """Use up a link and make its booking count; the secret of the page that shows it from now on.

    None where the link leads nowhere, or the event has begun or was called off.
    """
    token = tokens.read(connection, secret, "booking", now)
    if token is None or token.about is None:
        return None
    # The mailbox first: whoever erases it locks it first too, so that neither waits for the other.
    contacts.hold(connection, token.contact_id)
    if tokens.read(connection, secret, "booking", now) is None:
        return None  # used or replaced while this one waited
    contacts.prove(connection, token.contact_id, day_of(now))
    before = store.booking(connection, token.about)
    if before is None or before.contact_id != token.contact_id:
        return None  # theirs is gone, and another may have its number
    state = store.confirm(connection, token.about, now)
    event = programme.get(connection, before.event_id)
    if event is None or state not in (PLACED, WAITING):
        return None
    if tokens.use(connection, secret, "booking", now) is None:
        return None  # another has just used it
    if before.state == store.PENDING:
        tell = letters.placed if state == PLACED else letters.waiting
        write(connection, event, before.id, tell, kind=Kind.TELL, now=now)
    until = event.ends_at + KEPT
    return tokens.issue(connection, "booking", token.contact_id, token.about, until)


def give_up(connection: Connection, booking_id: int, now: datetime, *, tell: bool = False) -> bool:
    """Cancel a booking; False where it is too late. `tell` writes to whoever had booked.

    Its place is given on by `move_up`, in a transaction of its own: who waits for it must not be
    waited for while this mailbox is held. `tend` does it too.
    """
    was = store.booking(connection, booking_id)
    if was is not None:
        contacts.hold(connection, was.contact_id)  # before the event, as whoever erases does
    event_id = store.cancel(connection, booking_id, now)
    if event_id is None:
        return False
    tokens.drop(connection, "booking", booking_id)
    event = programme.get(connection, event_id)
    if tell and was is not None and event is not None and was.state != store.PENDING:
        write_of_what_was(connection, event, was, letters.given_up, now)
    return True


def move_up(connection: Connection, event_id: int, now: datetime) -> int:
    """Give free places to those who wait, and write to each; how many got one."""
    event = programme.get(connection, event_id)
    if event is None:
        return 0
    lucky = store.move_up(connection, event_id, now)
    for each in lucky:
        write(connection, event, each, letters.moved_up, kind=Kind.TELL, now=now)
    return len(lucky)


def change(connection: Connection, event_id: int, plan: EventPlan, now: datetime) -> int:
    """Change an event; how many were told that it moved. Raises what `programme.change` does."""
    _before, moved = programme.change(connection, event_id, plan, now)
    told = _tell_all(connection, event_id, letters.changed, now) if moved else 0
    move_up(connection, event_id, now)
    return told


def call_off(connection: Connection, event_id: int, now: datetime) -> int | None:
    """Call an event off and write to all who booked; how many, None where it was over."""
    if not programme.call_off(connection, event_id, now):
        return None
    return _tell_all(connection, event_id, letters.called_off, now)


def _tell_all(connection: Connection, event_id: int, writer: letters.Writer, now: datetime) -> int:
    event = programme.get(connection, event_id)
    if event is None:
        return 0
    booked = select(BOOKINGS.c.id).where(
        BOOKINGS.c.event_id == event_id, BOOKINGS.c.state.in_((PLACED, WAITING))
    )
    people = list(connection.scalars(booked.order_by(BOOKINGS.c.id)))
    for each in people:
        write(connection, event, each, writer, kind=Kind.TELL, now=now)
    return len(people)


def tend(session: Session, now: datetime) -> int:
    """Let go what nobody confirmed, and fill places that became free otherwise; how many.

    Commits as it goes: who holds one event must not wait for the mailboxes of another.
    """
    total = store.expire(session.connection(), now)
    session.commit()
    for each in store.short_of_people(session.connection(), now):
        session.commit()
        total += move_up(session.connection(), each, now)
        session.commit()
    return total
