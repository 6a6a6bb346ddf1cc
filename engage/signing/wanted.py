"""Links to own pages that somebody asked for: written down for everybody, looked up by the worker.

The page that asks does the same piece of work for every address: it seals it and writes one row.
So the time that it takes tells nothing. Whether the address is known, and whether it was written
to too often, only the worker finds out, and the row is gone with that.
"""

import logging
import secrets
from datetime import datetime, timedelta
from hashlib import blake2b

from sqlalchemy import Connection, Row, delete, exists, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from engage import clock
from engage.config import Settings
from engage.contacts import store as contacts, tokens
from engage.contacts.address import address_key
from engage.contacts.models import WantedLink
from engage.extensions import table_of
from engage.jobs.fault import described
from engage.outbox.allowance import may_write
from engage.outbox.kinds import Kind
from engage.outbox.queue import queue
from engage.pledges.models import Signature
from engage.seals.box import BrokenSealError, lock, unlock
from engage.signing import letters
from engage.signing.asked import LASTS
from engage.web.speaking import speaking

logger = logging.getLogger("engage.signing")

TABLE, SIGNATURES = table_of(WantedLink), table_of(Signature)
ANSWERED_WITHIN = timedelta(hours=1)
"""A row is gone within seconds; while no worker runs it waits, and then so long."""
AT_ONCE = 100
CAUSE = "own_page/"
"""With what the keys of these messages begin; signing, which has a limit of its own, uses none."""
ABOUT = b"engage.wanted_links"
STEP = 320
"""Bytes to which a sealed address is filled up: the longest has 254, so all look alike."""


def ask(connection: Connection, address: str, language: str, now: datetime, *, key: str) -> None:
    """Write down that a link is wanted for a checked address; the caller commits.

    `key` is the site's ADDRESS_KEY: without it the row tells nothing of whose it is.
    """
    sealed = lock(_sealing(key), address.encode(), ABOUT, step=STEP)
    row = {"sealed": sealed, "language": language, "asked_at": now}
    connection.execute(insert(TABLE), row)


def answer(session: Session, settings: Settings, now: datetime) -> int:
    """Look the wanted links up, and write to whom there is something to show; how many rows went.

    Each row is taken, answered and deleted in one transaction. One whose answer fails waits for
    the next turn, and what waited for an hour is deleted.
    """
    session.execute(delete(TABLE).where(TABLE.c.asked_at <= now - ANSWERED_WITHIN))
    waiting = session.scalars(select(TABLE.c.id).order_by(TABLE.c.id).limit(AT_ONCE)).all()
    session.commit()
    return sum(_answered(session, number, settings, now) for number in waiting)


def _answered(session: Session, number: int, settings: Settings, now: datetime) -> bool:
    try:
        taken = delete(TABLE).where(TABLE.c.id == number).returning(TABLE)
        row = session.execute(taken).one_or_none()
        if row is not None:  # else another worker has it
            _look_up(session.connection(), row, settings, now)
        session.commit()
    except SQLAlchemyError:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, the next must not wait for it
        session.rollback()
        logger.error("a wanted link failed=%r", described(error))  # noqa: TRY400  it could quote
        return False
    return row is not None


def _look_up(
    connection: Connection, row: Row[tuple[object, ...]], settings: Settings, now: datetime
) -> None:
    key = settings.address_key
    try:
        address = unlock(_sealing(key), row.sealed, ABOUT).decode()
    except BrokenSealError:
        return  # of another key: nobody can know any more who asked
    mark = address_key(address, key)
    listed = has_listed(connection, mark)
    if not listed and contacts.by_key(connection, mark) is None:
        return
    today, until = clock.day_of(now), now + LASTS
    contact = contacts.mailbox_for(connection, address, row.language, today, key=key, alone=True)
    if may_write(connection, contact.id, CAUSE, now):
        _write(connection, contact, listed=listed, now=now, until=until)


def has_listed(connection: Connection, mark: bytes) -> bool:
    """Whether there is a signature of an address that no mailbox has: of a list, or taken back."""
    alone = exists().where(SIGNATURES.c.address_key == mark, SIGNATURES.c.contact_id.is_(None))
    return bool(connection.execute(select(alone)).scalar_one())


def _write(
    connection: Connection,
    contact: contacts.Mailbox,
    *,
    listed: bool,
    now: datetime,
    until: datetime,
) -> None:
    secret = tokens.issue(connection, "own_page", contact.id, None, until)
    with speaking(contact.language):
        text = letters.own_page(secret, clock.day_of(until), listed=listed)
    queue(
        connection,
        key=f"{CAUSE}{secrets.token_hex(12)}",
        kind=Kind.ASK,
        contact_id=contact.id,
        subject=text.subject,
        text=text.text,
        now=now,
    )


def _sealing(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=32, person=b"engage.wanted").digest()
