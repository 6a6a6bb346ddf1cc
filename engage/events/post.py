"""Writing to people who booked: a link of their own, their language, the outbox."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from engage.contacts import store as contacts, tokens
from engage.events.letters import About, Writer
from engage.events.store import booking
from engage.extensions import site_settings
from engage.outbox.kinds import Kind
from engage.outbox.queue import queue
from engage.web.speaking import speaking

KEPT = timedelta(days=365)
"""How long after an event its bookings are kept, and the links to them lead somewhere."""


def link_of(secret: str) -> str:
    """The address of the page of a booking."""
    return f"{site_settings().public_url}/bookings/{secret}"


def write(
    connection: Connection,
    event: Row[Any],
    booking_id: int,
    writer: Writer,
    *,
    kind: Kind,
    now: datetime,
    until: datetime | None = None,
    once: str = "",
    cause: str = "booking",
) -> str | None:
    """Queue a letter to who made a booking, in the caller's transaction; the secret of its link.

    The link works until a year after the event, or `until`. `once` names what is written only
    once to a booking; None where it was, or where nobody is there to write to. `cause` is with what
    the key of the letter begins (`engage.outbox.allowance`).
    """
    found = booking(connection, booking_id)
    contact: Any = contacts.get(connection, found.contact_id) if found else None
    if found is None or contact is None:
        return None
    end = until or event.ends_at + KEPT
    secret = tokens.issue(connection, "booking", contact.id, booking_id, end)
    about = About(event, found.name, link_of(secret), site_settings().public_url, end)
    with speaking(contact.language):
        letter = writer(about)
    key = f"{cause}:{booking_id}:{once or secrets.token_hex(8)}"
    queued = queue(
        connection,
        key=key,
        kind=kind,
        contact_id=contact.id,
        subject=letter.subject,
        text=letter.text,
        now=now,
    )
    if not queued:
        tokens.use(connection, secret, "booking", now)
        return None
    return secret


def write_of_what_was(
    connection: Connection, event: Row[Any], was: Row[Any], writer: Writer, now: datetime
) -> None:
    """Queue a letter about a booking that was just deleted: it has no link."""
    contact: Any = contacts.get(connection, was.contact_id)
    if contact is None:
        return
    about = About(event, was.name, "", site_settings().public_url, now)
    with speaking(contact.language):
        letter = writer(about)
    queue(
        connection,
        key=f"booking:{was.id}:{secrets.token_hex(8)}",
        kind=Kind.TELL,
        contact_id=contact.id,
        subject=letter.subject,
        text=letter.text,
        now=now,
    )
