"""Mailboxes that are not there, as servers say at once or in a message that comes back."""

from collections.abc import Iterator
from datetime import date
from email.message import Message

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.contacts.models import Contact
from engage.extensions import table_of
from engage.outbox.models import OutgoingMessage

GONE = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4")
"""Reasons (RFC 3463) for which a mailbox is not there: no such name or domain, moved, closed."""
CONTACTS, MESSAGES = table_of(Contact), table_of(OutgoingMessage)


def refuse(session: Session, contact_id: int, today: date) -> bool:
    """Write to a mailbox no more, and drop what waits for it; False if that was so already."""
    new = update(CONTACTS).where(CONTACTS.c.id == contact_id, CONTACTS.c.refused_on.is_(None))
    found = session.execute(new.values(refused_on=today).returning(CONTACTS.c.id)).first()
    waiting = update(MESSAGES).where(
        MESSAGES.c.contact_id == contact_id, MESSAGES.c.state == "waiting"
    )
    session.execute(waiting.values(state="dropped", fault="no such mailbox", subject="", text=""))
    return found is not None


def returned(message: Message) -> str | None:
    """The Message-ID of what came back for good; None if the message does not say that.

    It is read as RFC 3464 lays down. A mailbox that is full, or a server that is slow, is not
    gone, and its message is left alone.
    """
    if message.get_content_type() != "multipart/report":
        return None
    if not any(_gone(part) for part in _parts(message, "message/delivery-status")):
        return None
    for kind in ("message/rfc822", "text/rfc822-headers"):
        for part in _parts(message, kind):
            found = _message_id(part)
            if found:
                return found
    return None


def contact_of(session: Session, message_id: str) -> int | None:
    """To whose mailbox a message went; nobody can name one that they were not sent."""
    found = select(MESSAGES.c.contact_id).where(MESSAGES.c.message_id == message_id)
    return session.scalar(found)


def _parts(message: Message, kind: str) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() == kind)


def _gone(report: Message) -> bool:
    fields = [each for each in report.get_payload() if isinstance(each, Message)]
    return any(
        str(each.get("Action", "")).strip().lower() == "failed"
        and str(each.get("Status", "")).strip() in GONE
        for each in fields
    )


def _message_id(part: Message) -> str:
    """The Message-ID in the headers of the message that came back."""
    inside = part.get_payload()
    if isinstance(inside, list):
        first = inside[0] if inside else None
        return str(first.get("Message-ID", "")).strip() if isinstance(first, Message) else ""
    text = str(inside)
    named = (line for line in text.splitlines() if line.lower().startswith("message-id:"))
    return next(named, ":").partition(":")[2].strip()
