"""Somebody asks to sign: whatever is known of the address, the same is done and shown.

Only the message tells the difference, and only its reader learns it.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from engage import clock
from engage.contacts import store as contacts, tokens
from engage.extensions import site_settings
from engage.network import network_key
from engage.outbox.allowance import may_write
from engage.outbox.kinds import Kind as Message
from engage.outbox.queue import queue
from engage.pledges.models import Kind, Member, State
from engage.pledges.pledge import ShownPledge
from engage.pledges.store import NewSignature, sign
from engage.signing import letters
from engage.web.language import language
from engage.web.speaking import speaking

LASTS = timedelta(days=7)
"""How long a link works, and a signature waits for its confirmation."""
CAUSE = "sign/"
"""With what the keys of these messages begin: each mailbox gets a few in a day at most."""

Letter = Callable[[str, str, date], letters.Text]
LETTERS: dict[State, Letter] = {
    State.PENDING: letters.please_confirm,
    State.CONFIRMED: letters.signed_already,
    State.INVALIDATED: letters.not_counted,
}
"""What is written to whoever signs, by how the signature of their address stands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody filled in, checked."""

    pledge: ShownPledge
    address: str
    name: str
    kind: Kind = Kind.PERSON
    member: Member = Member.FIRST
    show_name: bool = False
    under_18: bool = False
    ward: str = ""


def take(connection: Connection, asked: Asked, now: datetime) -> None:
    """Keep the signature until it is confirmed, and write to the address; the caller commits.

    Nothing is kept once the address was written to too often today.
    """
    today, key, tag = clock.day_of(now), site_settings().address_key, language().tag
    until = now + LASTS
    contact = contacts.mailbox_for(connection, asked.address, tag, today, key=key, alone=True)
    if not (contact.fresh or may_write(connection, contact.id, CAUSE, now)):
        return
    new = NewSignature(
        pledge_id=asked.pledge.id,
        address_key=contact.address_key,
        contact_id=contact.id,
        words_id=asked.pledge.words.id,
        name=asked.name,
        kind=asked.kind,
        show_name=asked.show_name,
        under_18=asked.under_18,
        ward=asked.ward,
        member=asked.member,
        network=bytes.fromhex(network_key()),
    )
    signed = sign(connection, new, today=today, expires_at=until)
    waits = signed.state is State.PENDING
    proven = contact.proven_on is not None
    if not proven and contact.language != tag:
        contacts.set_language(connection, contact.id, tag)
    if waits:
        secret = tokens.issue(connection, "signature", contact.id, signed.id, until)
    else:
        secret = tokens.issue(connection, "own_page", contact.id, None, until)
    with speaking(contact.language if proven else tag):
        text = _letter(asked, signed.state)(asked.pledge.words.title, secret, clock.day_of(until))
    queue(
        connection,
        key=f"{CAUSE}{signed.id}/{secrets.token_hex(8)}",
        kind=Message.TELL if proven and not waits else Message.ASK,
        contact_id=contact.id,
        subject=text.subject,
        text=text.text,
        now=now,
    )


def _letter(asked: Asked, state: State) -> Letter:
    if asked.kind is Kind.ORGANISATION and state is State.CONFIRMED:
        return letters.organisation_signed_already
    return LETTERS[state]
