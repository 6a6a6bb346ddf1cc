"""All that is kept of a mailbox: as the page shows it, and as a file to take along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, select

from engage.areas.store import ward_names
from engage.contacts import consent, store as contacts
from engage.contacts.holders import columns
from engage.extensions import Base
from engage.pledges import store as signatures
from engage.pledges.models import Kind, State
from engage.pledges.words import Words, by_id, words_in
from engage.web.language import language

SECRET = frozenset({"address_key", "network", "mark", "message_id", "key"})
"""Columns that are hashes or marks of ours: they tell nobody anything, and open something."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as its owner sees it. `title` and `words` are what was signed, in `language`."""

    id: int
    title: str
    words: str
    language: str
    name: str
    show_name: bool
    name_state: str
    under_18: bool
    ward: str
    ward_name: str
    state: str
    source: str
    organisation: bool
    day: date


def signed_by(connection: Connection, contact_id: int) -> list[Signed]:
    """The signatures of a mailbox, oldest first."""
    wards = ward_names(connection)
    return [
        _signed(connection, row, wards) for row in signatures.of_contact(connection, contact_id)
    ]


def _signed(
    connection: Connection, row: Row[tuple[object, ...]], wards: Mapping[str, str]
) -> Signed:
    words = _words_of(connection, row)
    return Signed(
        id=row.id,
        title=words.title if words else "",
        words=words.words if words else "",
        language=words.language if words else "",
        name=row.name,
        show_name=row.show_name,
        name_state=row.name_state,
        under_18=row.under_18,
        ward=row.ward,
        ward_name=wards.get(row.ward, ""),
        state=State(row.state).value,
        source=row.source,
        organisation=row.kind == Kind.ORGANISATION,
        day=row.confirmed_on or row.signed_on,
    )


def _words_of(connection: Connection, row: Row[tuple[object, ...]]) -> Words | None:
    """What was signed; of an older list that is not known, so what the pledge says now."""
    if row.words_id is not None:
        return by_id(connection, row.words_id)
    return words_in(connection, row.pledge_id, language().tag)


def copy_of(connection: Connection, contact_id: int) -> dict[str, Any]:
    """Everything that is stored with a mailbox, by table: whatever tables there come to be.

    Left out are hashes and marks, and the answers to surveys, of which nobody knows whose they are.
    """
    contact = contacts.get(connection, contact_id)
    told: dict[str, Any] = {"contacts": [_plain(contact)] if contact is not None else []}
    for column in columns():
        told.setdefault(column.table.name, []).extend(_rows(connection, column, [contact_id]))
        for child in _children(column):
            numbers = select(column.table.c.id).where(column == contact_id)
            ids = list(connection.execute(numbers).scalars())
            told.setdefault(child.table.name, []).extend(_rows(connection, child, ids))
    told["signatures"] = [_plain(row) for row in signatures.of_contact(connection, contact_id)]
    told["agreements_in_words"] = [
        {"topic": each.topic, "given": each.given, "words": each.words, "on": each.on.isoformat()}
        for each in consent.history(connection, contact_id)
    ]
    told["pledges_in_words"] = [
        {"title": each.title, "words": each.words} for each in signed_by(connection, contact_id)
    ]
    return told


def _children(parent: Column[int]) -> list[Column[int]]:
    """The columns that belong to rows which belong to a mailbox, such as commitments."""
    return [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is parent.table and key.ondelete == "CASCADE"
    ]


def _rows(connection: Connection, column: Column[int], ids: list[int]) -> list[dict[str, Any]]:
    rows = connection.execute(select(column.table).where(column.in_(ids))).all() if ids else []
    return [_plain(row) for row in rows]


def _plain(row: Row[Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row._mapping.items()  # noqa: SLF001  its documented name
        if name not in SECRET
    }
