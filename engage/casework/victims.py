"""Whether two reports look as if they were of one person: the same name and a way to reach them.

Only of people who agreed that their reports are seen together, and only in the session of somebody
who can open both. It is a guess that a person confirms: names are shared, and so are telephones.
"""

import re
import unicodedata
from collections.abc import Mapping
from hashlib import blake2b

from engage.casework.rows import Row, Rows

AGREED = "yes"
DIGITS = 9
"""Digits of a number that are compared: 07700 900123 and +44 7700 900123 are one telephone."""
SHORTEST = 7
SIZE = 12


def marks_of(identity: Mapping[str, object], contact: Mapping[str, object]) -> list[str]:
    """A mark for the name with each way to reach them; none unless they agreed, or all is blank."""
    name = _letters(identity.get("victim_name"))
    if identity.get("link_agreed") != AGREED or not name:
        return []
    ways = {_telephone(contact.get("contact_phone")), _mailbox(contact.get("contact_email"))}
    return sorted(
        blake2b(f"{name}\n{way}".encode(), digest_size=SIZE).hexdigest() for way in ways if way
    )


def alike(rows: Rows, report_id: str) -> list[Row]:
    """The other reports that look as if they were of the same person, the newest first."""
    told = [row for row in rows.fresh if row.who]
    who = rows.column("who")
    told += [rows.row(place) for place in rows.good if who[place]]
    own = next((_marks(row) for row in told if row.id == report_id), set())
    found = [row for row in told if row.id != report_id and own & _marks(row)]
    return sorted(found, key=lambda row: row.received_on, reverse=True)


def _marks(row: Row) -> set[str]:
    return set(row.who.split(","))


def _letters(written: object) -> str:
    """A name without accents, capitals, order of its words and everything that is no letter."""
    plain = unicodedata.normalize("NFKD", str(written or "")).casefold()
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(sorted(re.findall(r"[^\W\d_]+", kept)))


def _telephone(written: object) -> str:
    digits = re.sub(r"\D", "", str(written or ""))
    return digits[-DIGITS:] if len(digits) >= SHORTEST else ""


def _mailbox(written: object) -> str:
    mailbox = str(written or "").strip().casefold()
    return mailbox if "@" in mailbox else ""
