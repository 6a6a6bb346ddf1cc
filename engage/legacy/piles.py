"""Signatures on paper as they are stored: counted at once, since staff hold what was signed.

The mailbox is kept only of those who ticked that they may be written to, and only until the link
in the one message that asks them is too old, unless they press the button there.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Connection, delete, select, update

from engage.clock import day_of
from engage.config import Settings
from engage.contacts import store as contacts, tokens
from engage.contacts.address import address_key, random_key
from engage.outbox.kinds import Kind as MessageKind
from engage.outbox.queue import MESSAGES, queue
from engage.pledges import counts
from engage.pledges.models import Kind, Member, SignatureBatch, Source, State
from engage.pledges.store import TABLE, NewSignature, erase_one, sign
from engage.pledges.words import Words, words_in
from engage.web.days import day as in_words
from engage.web.language import ENGLISH
from engage.web.speaking import speaking

LASTS = timedelta(days=7)
OWN_PAGE = "own_page.ask"
"""The page to which the link in the message leads; another slice has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands on the paper; `agreed` only where somebody ticked that we may write to them."""

    kind: Kind = Kind.PERSON
    name: str = ""
    under_18: bool = False
    ward: str = ""
    address: str = ""
    agreed: bool = False
    language: str = ENGLISH.code


def add(
    connection: Connection,
    batch: SignatureBatch,
    written: Written,
    *,
    day: date,
    now: datetime,
    settings: Settings,
) -> int | None:
    """Count a signature from paper; its number, None where the mailbox has signed already.

    None also where it took its signature back: old paper brings nobody back in. Without an address
    nothing tells whether somebody signed twice: that is for those who type.
    The caller commits.
    """
    key = settings.address_key
    words = words_in(connection, batch.pledge_id, written.language)
    # The mailbox before its signature, as in a confirmation: neither waits for both.
    mailbox = _held(connection, written, day_of(now), key) if written.address else None
    new = NewSignature(
        pledge_id=batch.pledge_id,
        address_key=address_key(written.address, key) if written.address else random_key(),
        contact_id=None,
        words_id=words.id if words else None,
        name=written.name,
        kind=written.kind,
        member=Member.ORGANISATION if written.kind is Kind.ORGANISATION else Member.FIRST,
        under_18=written.under_18,
        ward=written.ward,
        source=Source(batch.source),
        batch_id=batch.id,
    )
    signature_id = None if _took_back(connection, new) else _count(connection, new, day, now)
    if signature_id is None:
        if mailbox is not None and mailbox.fresh:
            contacts.forget_contact(connection, mailbox.id)
        return None
    number = {"taken": SignatureBatch.taken + 1, "rows": SignatureBatch.rows + 1}
    connection.execute(update(SignatureBatch).filter_by(id=batch.id).values(number))
    if mailbox is not None and written.agreed and words is not None:
        _ask(connection, written, words, signature_id, mailbox.id, now=now, settings=settings)
    return signature_id


def _held(connection: Connection, written: Written, today: date, key: str) -> Any:
    """The mailbox that is on the paper, held, made where its owner agreed; None where is none."""
    if written.agreed:
        return contacts.mailbox_for(
            connection, written.address, written.language, today, key=key, alone=True
        )
    known: Any = contacts.by_key(connection, address_key(written.address, key))
    if known is not None:
        contacts.hold(connection, known.id)
    return None


def _took_back(connection: Connection, new: NewSignature) -> bool:
    """Whether they signed before and took it back; nobody changes that meanwhile."""
    here = select(TABLE.c.state).where(
        TABLE.c.pledge_id == new.pledge_id,
        TABLE.c.address_key == new.address_key,
        TABLE.c.member == new.member,
    )
    return bool(connection.scalar(here.with_for_update()) == State.WITHDRAWN)


def _count(connection: Connection, new: NewSignature, day: date, now: datetime) -> int | None:
    """Sign and count at once; the number of the signature, None where there is one that counts."""
    signed = sign(connection, new, today=day, expires_at=now + LASTS)
    waiting = update(TABLE).where(TABLE.c.id == signed.id, TABLE.c.state == State.PENDING)
    done = waiting.values(state=State.CONFIRMED, confirmed_on=day, expires_at=None)
    if signed.state != State.PENDING or not connection.execute(done.returning(TABLE.c.id)).first():
        return None
    counts.shift(connection, new.pledge_id, new.kind, new.ward, 1)
    return signed.id


def _ask(
    connection: Connection,
    written: Written,
    words: Words,
    signature_id: int,
    contact_id: int,
    *,
    now: datetime,
    settings: Settings,
) -> None:
    """Queue the one message that asks whether they want to hear from us."""
    until = now + LASTS
    secret = tokens.issue(connection, "own_page", contact_id, None, until)
    page = f"{settings.public_url}{url_for(OWN_PAGE, secret=secret)}"
    with speaking(written.language):
        council = settings.council_name or _("Your council")
        parts = (
            _("Hello,"),
            _("Thank you for signing a pledge on paper:"),
            f"    {words.title}",
            _(
                "You ticked that we may write to you. To tell us what about, and to see what we "
                "keep about you, open this page and press the button there:"
            ),
            f"    {page}",
            _("The link works once, and until %(day)s.", day=in_words(day_of(until))),
            _(
                "Was it not you, or have you changed your mind? You do not need to do anything. We "
                "will not write again, and we will delete this address."
            ),
            council,
        )
        queue(
            connection,
            key=f"{letter_key(signature_id)}{secrets.token_hex(8)}",
            kind=MessageKind.ASK,
            contact_id=contact_id,
            subject=_("You signed “%(title)s” on paper", title=words.title),
            text="\n\n".join(parts) + "\n",
            now=now,
        )


def remove(connection: Connection, batch: SignatureBatch, signature_id: int) -> bool:
    """Delete a signature that was typed into a pile by mistake, and the message that waits for it.

    False where it is not one of the pile. The caller commits.
    """
    if not holds(connection, batch, signature_id):
        return False
    erase_one(connection, signature_id)
    unsent = (
        MESSAGES.c.key.startswith(letter_key(signature_id)),
        MESSAGES.c.state == "waiting",
    )
    connection.execute(delete(MESSAGES).where(*unsent))
    fewer = {"taken": SignatureBatch.taken - 1, "rows": SignatureBatch.rows - 1}
    connection.execute(update(SignatureBatch).filter_by(id=batch.id).values(fewer))
    return True


def holds(connection: Connection, batch: SignatureBatch, signature_id: int) -> bool:
    """Whether a signature is one of a pile."""
    one = select(TABLE.c.id).where(TABLE.c.id == signature_id, TABLE.c.batch_id == batch.id)
    return connection.execute(one).first() is not None


def letter_key(signature_id: int) -> str:
    """How the key of the message about a signature on paper begins in the outbox.

    The rest is of chance: on SQLite another signature may get the number of a deleted one.
    """
    return f"paper:{signature_id}:"
