"""Mailed links: a secret that only the mailbox knows, stored as its hash, good once."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from engage.contacts.models import Contact, MailToken
from engage.extensions import table_of

TABLE, CONTACTS = table_of(MailToken), table_of(Contact)
SECRET_BYTES = 24
"""192 bits: nobody finds one by trying, and a plain hash of it cannot be turned back."""

Purpose = Literal["signature", "booking", "own_page", "partner"]

GOOD = (
    TABLE.c.mark == bindparam("link"),
    TABLE.c.purpose == bindparam("good_for"),
    TABLE.c.until > bindparam("at"),
)
"""Conditions of a link that is good, with the parameters of `asked_for`."""
NEW = insert(TABLE)
READ = select(TABLE).where(*GOOD)
HELD = (
    select(TABLE)
    .join(CONTACTS, CONTACTS.c.id == TABLE.c.contact_id)
    .where(*GOOD)
    .with_for_update(of=CONTACTS)
)
USED = delete(TABLE).where(TABLE.c.mark == bindparam("link")).returning(TABLE.c.mark)


@dataclass(frozen=True, slots=True)
class Token:
    """What a link is good for: a signature or booking (`about`), or a page of the mailbox's own.

    That of the person, or that of the organisations that they signed for.
    """

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
    connection.execute(NEW, {"mark": _mark(secret), **given})
    return secret


def read(connection: Connection, secret: str, purpose: Purpose, now: datetime) -> Token | None:
    """What a link is good for at a moment; nothing changes, however often it is opened."""
    row = connection.execute(READ, asked_for(secret, purpose, now)).one_or_none()
    return None if row is None else Token(row.purpose, row.contact_id, row.about, row.until)


def any_good(connection: Connection, secrets_of: Collection[str], now: datetime) -> bool:
    """Whether some of these links still lead somewhere, whatever they are good for."""
    marks = [_mark(secret) for secret in secrets_of]
    good = select(TABLE.c.mark).where(TABLE.c.mark.in_(marks), TABLE.c.until > now)
    return connection.execute(good.limit(1)).first() is not None


def use(connection: Connection, secret: str, purpose: Purpose, now: datetime) -> Token | None:
    """Use a link up in the caller's transaction; None when it is used, replaced or too old.

    Of two that use it at the same moment, one deletes the row and the other finds none. The
    mailbox is held until the transaction ends (see `engage.contacts.store.hold`).
    """
    found = connection.execute(HELD, asked_for(secret, purpose, now)).one_or_none()
    if found is None or not use_up(connection, secret):
        return None
    return Token(found.purpose, found.contact_id, found.about, found.until)


def use_up(connection: Connection, secret: str) -> bool:
    """Delete a link that was found good, its mailbox held; False when somebody else just did."""
    return connection.execute(USED, {"link": _mark(secret)}).first() is not None


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


def asked_for(secret: str, purpose: Purpose, now: datetime) -> dict[str, object]:
    """The parameters of `GOOD` for a link at a moment."""
    return {"link": _mark(secret), "good_for": purpose, "at": now}


def _mark(secret: str) -> bytes:
    return blake2b(secret.encode(), digest_size=32, person=b"engage.link").digest()
