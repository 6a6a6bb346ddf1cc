"""Mailboxes for tests."""

from datetime import date
from hashlib import blake2b

from engage.contacts.models import Contact
from engage.extensions import db

PROVEN = date(2026, 2, 1)


def make_contact(email, *, proven_on=PROVEN, refused_on=None, language="en") -> int:
    """The number of a committed mailbox."""
    contact = Contact(
        address_key=blake2b(email.encode(), digest_size=32).digest(),
        email=email,
        language=language,
        made_on=PROVEN,
        proven_on=proven_on,
        refused_on=refused_on,
    )
    db.session.add(contact)
    db.session.commit()
    return contact.id
