"""Mailed links: a secret that only the mailbox knows, stored as its hash, good once."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlalchemy.orm import Session

from engage.contacts.models import Contact, MailToken
from engage.extensions import table_of

TABLE, CONTACTS = table_of(MailToken), table_of(Contact)
SECRET_BYTES = 24
"""192 bits: nobody finds one by trying, and a plain hash of it cannot be turned back."""

Purpose = Literal["signature", "booking", "own_page"]


@dataclass(frozen=True, slots=True)
class Token:
    """What a link is good for: a signature or booking (`about`), or the mailbox's own page."""

    purpose: str
    contact_id: int
    about: int | None
    until: datetime


def issue(
    connection: Connection, purpose: Purpose, contact_id: int, about: int | None, until: datetime
) -> str:
    """A fresh secret for a link, to be mailed; it is told once, here."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    given = {"purpose": purpose, "contact_id": contact_id, "about": about, "until": until}
    connection.execute(insert(TABLE).values(mark=_mark(secret), **given))
    return secret


def read(connection: Connection, secret: str, purpose: Purpose, now: datetime) -> Token | None:
    """What a link is good for at a moment; nothing changes, however often it is opened."""
    row = connection.execute(select(TABLE).where(*_good(secret, purpose, now))).one_or_none()
    return None if row is None else Token(row.purpose, row.contact_id, row.about, row.until)


def use(connection: Connection, secret: str, purpose: Purpose, now: datetime) -> Token | None:
    """Use a link up in the caller's transaction; None when it is used, replaced or too old.

    Of two that use it at the same moment, one deletes the row and the other finds none. The
    mailbox is held until the transaction ends (see `engage.contacts.store.hold`).
    """
    wanted = (
        select(TABLE)
        .join(CONTACTS, CONTACTS.c.id == TABLE.c.contact_id)
        .where(*_good(secret, purpose, now))
        .with_for_update(of=CONTACTS)
    )
    found = connection.execute(wanted).one_or_none()
    gone = delete(TABLE).where(TABLE.c.mark == _mark(secret)).returning(TABLE.c.mark)
    if found is None or connection.execute(gone).first() is None:
        return None
    return Token(found.purpose, found.contact_id, found.about, found.until)


def drop(connection: Connection, purpose: Purpose, *about: int) -> None:
    """Let the links for some signatures or bookings lead nowhere.

    Those of a row that is deleted must go with it: on SQLite another may get its number.
    """
    connection.execute(delete(TABLE).where(TABLE.c.purpose == purpose, TABLE.c.about.in_(about)))


def expire(session: Session, now: datetime) -> int:
    """Delete the links that are too old; how many. The caller commits.

    One that somebody else is deleting is left to them: whoever waited could wait in a circle.
    """
    old = select(TABLE.c.mark).where(TABLE.c.until <= now).with_for_update(skip_locked=True)
    return len(
        session.execute(delete(TABLE).where(TABLE.c.mark.in_(old)).returning(TABLE.c.mark)).all()
    )


def _good(secret: str, purpose: Purpose, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (TABLE.c.mark == _mark(secret), TABLE.c.purpose == purpose, TABLE.c.until > now)


def _mark(secret: str) -> bytes:
    return blake2b(secret.encode(), digest_size=32, person=b"engage.link").digest()
