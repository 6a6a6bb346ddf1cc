"""The secret in a link that ends messages: good as long as the mailbox is kept, and no longer.

It says whose mailbox and which topic, and can neither be made nor changed without the site's key.
"""

import hmac
import re
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Connection

from engage.contacts.store import get

FORM = re.compile(r"([0-9]{1,10})-([a-z_]{1,20})-([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link ends: messages on a topic, or all, to one mailbox."""

    contact_id: int
    topic: str


def stop_secret(contact_id: int, address_key: bytes, topic: str, key: str) -> str:
    """The secret for a mailbox and a topic; `key` is the site's ADDRESS_KEY, which never changes.

    It is bound to the mailbox and not only to its number, which may go to another one day.
    """
    secret = blake2b(key.encode(), digest_size=32, person=b"engage.stop").digest()
    said = f"{contact_id}-{topic}"
    mark = blake2b(said.encode() + address_key, key=secret, digest_size=16).hexdigest()
    return f"{said}-{mark}"


def read_stop(connection: Connection, secret: str, key: str) -> Stop | None:
    """What a link ends; None for one that we did not make, or whose mailbox is gone."""
    found = FORM.fullmatch(secret)
    contact = get(connection, int(found[1])) if found and int(found[1]) < 2**31 else None
    if found is None or contact is None:
        return None
    good = stop_secret(contact.id, contact.address_key, found[2], key)
    return Stop(contact.id, found[2]) if hmac.compare_digest(good, secret) else None
