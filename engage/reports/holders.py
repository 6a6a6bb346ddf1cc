"""The rows that hold a report's keys, one for each holder.

Every report has one row for the recovery key, one for each caseworker and two with a mark: one
for a receipt and one for a centre. Where there is no receipt or no centre, the row is a blank:
random bytes that nobody can open, so that the table does not tell who reported how.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from engage.extensions import INSERTS, table_of
from engage.reports.models import ReportKey
from engage.reports.rings import Rings, unsealed
from engage.seals.derive import derive
from engage.seals.pairs import new_pair, pair_of

KEYS = table_of(ReportKey)
BATCH = 256
"""Marks that are looked for at once."""
EMPTY_BATCHES = 4
"""So many in a row that find nothing: a centre has no further reports. Old ones may be gone."""


@dataclass(frozen=True, slots=True)
class CentreHolder:
    """A centre as a holder of reports; `private` is the private half of its shared pair."""

    id: int
    private: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CentreReport:
    """A report that a centre made: its number among the centre's, and what the centre can open."""

    number: int
    report_id: str
    rings: Rings


def new_id() -> str:
    """A random id, which tells nothing of when its row was made."""
    return secrets.token_hex(16)


def staff_row(report_id: str, staff_id: int, public: bytes, rings: Rings) -> dict[str, Any]:
    """The row of a caseworker, who gets every key."""
    return _row(report_id, rings.sealed_to(public)) | {"staff_id": staff_id}


def recovery_row(report_id: str, public: bytes, rings: Rings) -> dict[str, Any]:
    """The row of the recovery key."""
    return _row(report_id, rings.sealed_to(public))


def marked_row(report_id: str, mark: bytes, public: bytes, rings: Rings) -> dict[str, Any]:
    """The row of a receipt or of a centre."""
    return _row(report_id, rings.sealed_to(public)) | {"mark": mark}


def blank_row(report_id: str) -> dict[str, Any]:
    """A row that nobody can find or open."""
    return marked_row(report_id, secrets.token_bytes(32), new_pair().public, Rings())


def _row(report_id: str, sealed: bytes) -> dict[str, Any]:
    return {
        "id": new_id(),
        "report_id": report_id,
        "staff_id": None,
        "mark": None,
        "sealed": sealed,
    }


def put_rows(
    connection: Connection,
    report_id: str,
    rows: Iterable[Mapping[str, Any]],
    centre: CentreHolder | None,
    rings: Rings,
) -> None:
    """Write the rows of a report's holders in the order of their random ids, with its centre's.

    Where there is no centre, a blank stands for it: the order does not tell the two apart.
    """
    place = new_id()
    if centre is None:
        rows = [*rows, blank_row(report_id)]
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    before = [row for row in ordered if row["id"] < place]
    after = ordered[len(before) :]
    if before:
        connection.execute(insert(KEYS), before)
    if centre is not None:
        _put_centre_row(connection, report_id, place, centre, rings)
    if after:
        connection.execute(insert(KEYS), after)


def _put_centre_row(
    connection: Connection, report_id: str, row_id: str, centre: CentreHolder, rings: Rings
) -> None:
    """Let a centre open what it may of a report it made, under the next of its own numbers.

    When somebody of the same centre takes it at the same moment, the unique mark says so, and it
    is the one after.
    """
    public = pair_of(centre.private).public
    last = max((number for number, _row in _found(connection, centre)), default=-1)
    new = INSERTS[connection.dialect.name](KEYS)
    put = new.on_conflict_do_nothing(index_elements=["mark"]).returning(KEYS.c.id)
    for number in count(last + 1):
        row = marked_row(report_id, _mark(centre, number), public, rings.only("content"))
        if connection.scalar(put, row | {"id": row_id}) is not None:
            return


def reports_of_centre(connection: Connection, centre: CentreHolder) -> list[CentreReport]:
    """Every report that a centre made and can still open, by its number."""
    pair = pair_of(centre.private)
    return [
        CentreReport(number, row["report_id"], unsealed(pair, row["sealed"]))
        for number, row in sorted(_found(connection, centre), key=lambda each: each[0])
    ]


_BY_MARK = select(KEYS.c.mark, KEYS.c.report_id, KEYS.c.sealed).where(
    KEYS.c.mark.in_(bindparam("marks", expanding=True))
)


def _found(connection: Connection, centre: CentreHolder) -> Iterable[tuple[int, Any]]:
    empty = 0
    for start in count(0, BATCH):
        marks = {_mark(centre, number): number for number in range(start, start + BATCH)}
        rows = connection.execute(_BY_MARK, {"marks": list(marks)}).mappings().all()
        yield from ((marks[row["mark"]], row) for row in rows)
        empty = 0 if rows else empty + 1
        if empty == EMPTY_BATCHES:
            return


def _mark(centre: CentreHolder, number: int) -> bytes:
    key = derive(centre.private, "engage/centre-reports")
    return blake2b(str(number).encode(), key=key, digest_size=32).digest()
