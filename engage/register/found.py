"""Signatures that are found by conditions. What is listed never holds an address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from engage.contacts.models import Contact
from engage.core.export.csv_file import Cell, csv_bytes
from engage.extensions import table_of
from engage.pledges.models import Signature, SignatureBatch, State
from engage.register.conditions import Conditions

SIGNATURES, CONTACTS, BATCHES = map(table_of, (Signature, Contact, SignatureBatch))
A_PAGE = 50
MOST = 250_000
"""Signatures in a file: more than any borough has."""
LISTED = (
    "id",
    "kind",
    "state",
    "source",
    "ward",
    "name",
    "show_name",
    "name_state",
    "signed_on",
    "confirmed_on",
)
COLUMNS = (
    "Number",
    "Signed as",
    "Standing",
    "Came by",
    "Ward",
    "Name",
    "Name is shown",
    "Signed on",
    "Counts from",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A signature as it is listed."""

    id: int
    kind: str
    state: str
    source: str
    ward: str
    name: str
    show_name: bool
    name_state: str
    signed_on: date
    confirmed_on: date | None


def how_many(connection: Connection, pledge_id: int, wanted: Conditions) -> int:
    """How many signatures meet the conditions."""
    counted = select(func.count()).select_from(SIGNATURES).where(*wanted.clauses(pledge_id))
    return int(connection.execute(counted).scalar_one())


def some(
    connection: Connection,
    pledge_id: int,
    wanted: Conditions,
    *,
    page: int = 1,
    size: int = A_PAGE,
    states: Sequence[str] = tuple(State),
) -> list[Found]:
    """A page of the signatures that meet the conditions and are in a state, the newest first."""
    columns = [SIGNATURES.c[name] for name in LISTED]
    meant = (*wanted.clauses(pledge_id), SIGNATURES.c.state.in_(states))
    listed = select(*columns).where(*meant).order_by(SIGNATURES.c.id.desc())
    rows = connection.execute(listed.limit(size).offset((page - 1) * size))
    return [Found(*row) for row in rows]


def as_csv(
    found: Sequence[Found], wards: dict[str, str], words: dict[str, dict[str, str]]
) -> bytes:
    """The signatures as a file, without addresses; `words` are those of kinds, states, sources."""

    def rows() -> Iterator[Sequence[Cell]]:
        for each in found:
            yield (
                each.id,
                words["kind"][each.kind],
                words["state"][each.state],
                words["source"][each.source],
                wards.get(each.ward, each.ward),
                each.name,
                words["name"][each.name_state] if each.show_name else "No",
                each.signed_on.isoformat(),
                each.confirmed_on.isoformat() if each.confirmed_on else None,
            )

    return csv_bytes(COLUMNS, rows())


def address_of(connection: Connection, signature_id: int) -> str | None:
    """The address that belongs to a signature; None where none is kept."""
    wanted = (
        select(CONTACTS.c.email)
        .join(SIGNATURES, SIGNATURES.c.contact_id == CONTACTS.c.id)
        .where(SIGNATURES.c.id == signature_id)
    )
    return connection.execute(wanted).scalar_one_or_none()


def origin_of(connection: Connection, batch_id: int | None) -> str:
    """The list or pile that a signature came from; empty for none."""
    wanted = select(BATCHES.c.origin).where(BATCHES.c.id == batch_id)
    return connection.execute(wanted).scalar_one_or_none() or ""
