"""How many confirmed signatures a pledge has: changed with each of them, and checked against all.

The count is kept in parts. On PostgreSQL those who confirm at one moment add to different rows
(`slot`), so that they need not wait for one another; SQLite has one writer at a time anyway.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, union_all
from sqlalchemy.orm import Session

from engage.extensions import INSERTS, table_of
from engage.pledges.models import Signature, SignatureCount, State

TABLE = table_of(SignatureCount)
SIGNATURES = table_of(Signature)
SLOTS = 8

NEW = {name: insert(TABLE) for name, insert in INSERTS.items()}
ADD = {
    name: new.on_conflict_do_update(
        index_elements=TABLE.primary_key.columns,
        set_={"number": TABLE.c.number + new.excluded.number},
    )
    for name, new in NEW.items()
}

Cell = tuple[int, str, str]
"""Pledge, kind and ward."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Where the count is not the number of confirmed signatures; `by` is what it lacks."""

    pledge_id: int
    kind: str
    ward: str
    by: int


def shift(connection: Connection, pledge_id: int, kind: str, ward: str, by: int) -> None:
    """Change the count in the transaction that changes a signature."""
    shift_all(connection, {(pledge_id, kind, ward): by})


def shift_all(connection: Connection, cells: Mapping[Cell, int]) -> None:
    """Change several counts, in one order everywhere so that no two wait for each other."""
    database = connection.dialect.name
    slot = secrets.randbelow(SLOTS) if database == "postgresql" else 0
    for (pledge_id, kind, ward), by in sorted(cells.items()):
        if by:
            given = {"pledge_id": pledge_id, "kind": kind, "ward": ward, "slot": slot, "number": by}
            connection.execute(ADD[database], given)


def cells_of(rows: Iterable[Cell], by: int) -> Counter[Cell]:
    """Counts to shift by so much for each row."""
    found: Counter[Cell] = Counter()
    for cell in rows:
        found[cell] += by
    return found


def total(connection: Connection, pledge_id: int, kind: str | None = None) -> int:
    """How many confirmed signatures there are at this moment, of one kind or of all."""
    counted = select(func.coalesce(func.sum(TABLE.c.number), 0))
    counted = counted.where(TABLE.c.pledge_id == pledge_id)
    if kind is not None:
        counted = counted.where(TABLE.c.kind == kind)
    return int(connection.execute(counted).scalar_one())


def totals(connection: Connection) -> dict[int, int]:
    """Pledge to its count; one that nobody has signed yet is not in it."""
    counted = select(TABLE.c.pledge_id, func.sum(TABLE.c.number)).group_by(TABLE.c.pledge_id)
    return {pledge_id: int(number) for pledge_id, number in connection.execute(counted)}


def recount(session: Session | Connection) -> list[Drift]:
    """Where the counts differ from the signatures: nowhere, or something is wrong.

    One statement, and so one moment: it is right while people sign.
    """
    cell = (SIGNATURES.c.pledge_id, SIGNATURES.c.kind, SIGNATURES.c.ward)
    signed = select(*cell, func.count().label("number")).where(
        SIGNATURES.c.state == State.CONFIRMED
    )
    kept = (TABLE.c.pledge_id, TABLE.c.kind, TABLE.c.ward)
    counted = select(*kept, (-func.sum(TABLE.c.number)).label("number"))
    both = union_all(signed.group_by(*cell), counted.group_by(*kept)).subquery()
    lacks = func.sum(both.c.number)
    names = (both.c.pledge_id, both.c.kind, both.c.ward)
    found = session.execute(
        select(*names, lacks).group_by(*names).having(lacks != 0).order_by(*names)
    )
    return [Drift(pledge_id, kind, ward, int(by)) for pledge_id, kind, ward, by in found]


def mend(connection: Connection) -> list[Drift]:
    """Add to the counts what they lack, and say what that was. The caller commits.

    What is added is a difference, so people may sign meanwhile.
    """
    found = recount(connection)
    shift_all(connection, {(each.pledge_id, each.kind, each.ward): each.by for each in found})
    return found
