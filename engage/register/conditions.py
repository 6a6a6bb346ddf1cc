"""Which signatures are meant: by the search, and by staff who take some out of the count."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select

from engage.contacts.models import Contact
from engage.extensions import table_of
from engage.pledges.models import Signature

SIGNATURES, CONTACTS = table_of(Signature), table_of(Contact)

LABELS = {
    "number": "Number",
    "name": "Part of the name",
    "domain": "Domain of the address",
    "network": "Network",
    "ward": "Ward",
    "kind": "Signed as",
    "source": "Came by",
    "state": "Standing",
    "first": "Signed from",
    "last": "Signed until",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """All of these together; what is empty does not matter. `first` and `last` are both included.

    `network` is a hash in hexadecimal, `mailbox` the keyed hash of an address: it is looked for
    and never written down.
    """

    number: int | None = None
    name: str = ""
    domain: str = ""
    network: str = ""
    ward: str = ""
    kind: str = ""
    source: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None
    mailbox: bytes | None = None

    @property
    def given(self) -> dict[str, str]:
        """The conditions that there are, as text by name."""
        return {
            name: str(value) for name, value in asdict(self).items() if value and name in LABELS
        }

    def written(self) -> str:
        """The conditions as they are stored."""
        return json.dumps(self.given, sort_keys=True)

    def clauses(self, pledge_id: int) -> list[ColumnElement[bool]]:
        """The conditions on a signature of a pledge."""
        at = SIGNATURES.c
        found = [at.pledge_id == pledge_id]
        found += [
            at[name] == value
            for name in ("ward", "kind", "source", "state")
            if (value := getattr(self, name))
        ]
        if self.number:
            found.append(at.id == self.number)
        if self.name:
            found.append(at.name.icontains(self.name, autoescape=True))
        if self.network:
            found.append(at.network == bytes.fromhex(self.network))
        if self.first:
            found.append(at.signed_on >= self.first)
        if self.last:
            found.append(at.signed_on <= self.last)
        if self.mailbox:
            found.append(at.address_key == self.mailbox)
        if self.domain:
            found.append(at.contact_id.in_(_of_domain(self.domain)))
        return found


def read_conditions(written: str) -> list[tuple[str, str]]:
    """Stored conditions with their labels, to be shown."""
    found = json.loads(written)
    order = [field.name for field in fields(Conditions)]
    return [(LABELS[name], str(found[name])) for name in order if name in found]


def _of_domain(domain: str) -> Select[tuple[int]]:
    """The mailboxes of a domain and of those below it."""
    email = func.lower(CONTACTS.c.email)
    ends = domain.lower().lstrip("@.")
    return select(CONTACTS.c.id).where(
        or_(
            email.endswith(f"@{ends}", autoescape=True), email.endswith(f".{ends}", autoescape=True)
        )
    )
