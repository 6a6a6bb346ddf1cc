"""What the link of a message waits to confirm: the signature, its mailbox and its pledge.

All of it is read in one statement, since each statement costs a tenth of what a request may.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, select

from engage.contacts import tokens
from engage.contacts.models import Contact
from engage.extensions import table_of
from engage.pledges.adoption import without_mailbox
from engage.pledges.models import Pledge, Signature, State

SIGNATURES, CONTACTS, PLEDGES = table_of(Signature), table_of(Contact), table_of(Pledge)
OLDER = SIGNATURES.alias("older")

Waiting = Row[tuple[Any, ...]]
"""A signature with the `slug` and last day of its pledge and whether that is `published`, what is
known of its mailbox, and whether an older list has signatures of it (`adopts`)."""

WAITING: Select[tuple[Any, ...]] = (
    select(
        *(column for column in SIGNATURES.c if column.name not in {"contact_id", "address_key"}),
        tokens.TABLE.c.contact_id,
        PLEDGES.c.slug,
        PLEDGES.c.published,
        PLEDGES.c.closes_on,
        CONTACTS.c.email,
        CONTACTS.c.address_key,
        CONTACTS.c.proven_on,
        CONTACTS.c.refused_on,
        exists().where(*without_mailbox(OLDER, CONTACTS.c.address_key)).label("adopts"),
    )
    .join_from(tokens.TABLE, SIGNATURES, SIGNATURES.c.id == tokens.TABLE.c.about)
    .join(CONTACTS, CONTACTS.c.id == tokens.TABLE.c.contact_id)
    .join(PLEDGES, PLEDGES.c.id == SIGNATURES.c.pledge_id)
    .where(*tokens.GOOD, SIGNATURES.c.state == State.PENDING, SIGNATURES.c.words_id.is_not(None))
)
HELD = WAITING.with_for_update(of=CONTACTS)


def read(connection: Connection, secret: str, now: datetime) -> Waiting | None:
    """The signature that a link is good for; None when it is used, too old or taken out."""
    return connection.execute(WAITING, tokens.asked_for(secret, "signature", now)).one_or_none()


def hold(connection: Connection, secret: str, now: datetime) -> Waiting | None:
    """The same, and nobody else touches its mailbox until the transaction ends.

    Whoever had to wait for the mailbox may see the signature as it was before: only when the link
    can still be used up (`engage.contacts.tokens.use_up`) is that how it stands.
    """
    return connection.execute(HELD, tokens.asked_for(secret, "signature", now)).one_or_none()
