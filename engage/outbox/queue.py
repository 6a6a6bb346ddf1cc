"""Putting a message into the outbox, in the transaction that causes it."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, select

from engage.contacts.models import Contact
from engage.extensions import INSERTS, site_settings, table_of
from engage.outbox.kinds import Kind
from engage.outbox.models import OutgoingMessage

MESSAGES, CONTACTS = table_of(OutgoingMessage), table_of(Contact)
LONGEST_SUBJECT = 200

FIELDS = (
    "key", "kind", "campaign_id", "message_id", "subject", "text", "state", "due_at", "attempts",
    "fault",
)  # fmt: skip
ANY = select(
    CONTACTS.c.id, *(bindparam(f"new_{name}", type_=MESSAGES.c[name].type) for name in FIELDS)
).where(CONTACTS.c.id == bindparam("contact"))
PROVEN = ANY.where(CONTACTS.c.refused_on.is_(None), CONTACTS.c.proven_on.is_not(None))
TO_ANY, TO_PROVEN = (
    {
        name: insert(MESSAGES)
        .from_select(["contact_id", *FIELDS], row)
        .on_conflict_do_nothing()
        .returning(MESSAGES.c.id)
        for name, insert in INSERTS.items()
    }
    for row in (ANY, PROVEN)
)


class SubjectError(ValueError):
    """A subject that cannot be a header; the message says why, and never quotes it."""


def queue(
    connection: Connection,
    *,
    key: str,
    kind: Kind | str,
    contact_id: int,
    subject: str,
    text: str,
    now: datetime,
    campaign_id: int | None = None,
) -> bool:
    """Put a message into the outbox in the caller's transaction; whether it is new and may go.

    False where there is one with that `key` already, or where nobody has proven the mailbox or
    its server refused it. The message that asks may always go: somebody has just given the address,
    and a box that was full or closed once may be there again. Raises SubjectError for a subject
    with line breaks, and ValueError for a kind that is none.
    """
    kind = Kind(kind)
    row = {
        "key": key, "kind": kind.value, "campaign_id": campaign_id, "message_id": new_message_id(),
        "subject": checked_subject(subject), "text": text, "state": "waiting", "due_at": now,
        "attempts": 0, "fault": "",
    }  # fmt: skip
    given = {f"new_{name}": row[name] for name in FIELDS}
    new = (TO_ANY if kind is Kind.ASK else TO_PROVEN)[connection.dialect.name]
    return connection.execute(new, {"contact": contact_id, **given}).first() is not None


def checked_subject(subject: str) -> str:
    """A subject that can be a header; raises SubjectError for one that could be two."""
    if not subject.strip() or not subject.isprintable():
        raise SubjectError(
            "The subject of a message is empty, or has a line break or another character that "
            "cannot be printed: give one line of text."
        )
    if len(subject) > LONGEST_SUBJECT:
        raise SubjectError(
            f"The subject of a message has {len(subject)} characters: give {LONGEST_SUBJECT} or "
            "fewer."
        )
    return subject


def new_message_id() -> str:
    """A Message-ID of our own domain, which cannot be guessed: a bounce that names it is one."""
    settings = site_settings()
    domain = settings.mail_from.rpartition("@")[2].strip("> ")
    return f"<{secrets.token_hex(16)}@{domain or urlsplit(settings.public_url).hostname}>"
