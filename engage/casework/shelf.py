"""What a caseworker's inbox shows, kept sealed to themselves: opening each report anew is slow.

The shelf is only ever believed for a report whose version it knows, so a wrong or missing one
costs time and nothing else. It is locked under a key that comes out of the caseworker's own.
"""

from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, String, cast, delete, func, select

from engage.casework.fresh import opened
from engage.casework.rows import ID, Row, Rows, pressing
from engage.extensions import INSERTS, table_of
from engage.keyring.held import Held
from engage.reports.models import Report, ReportKey, ReportShelf
from engage.reports.shelving import take_turn
from engage.seals.box import BrokenSealError, lock, unlock
from engage.seals.derive import derive

REPORTS, KEYS, SHELVES = map(table_of, (Report, ReportKey, ReportShelf))
STEP = 64 * 1024
"""Bytes: a shelf is filled up to a multiple, so that it does not tell how many there are."""
SOME = 500
"""Reports that are opened with one statement."""
WORTH_KEEPING = 50
"""A shelf is stored anew when so many reports had to be opened."""

_MINE = select(func.aggregate_strings(KEYS.c.report_id, ","))
_VERSIONS = select(
    func.aggregate_strings(REPORTS.c.id + ":" + cast(REPORTS.c.version, String), ",")
)


def rows_of(connection: Connection, held: Held) -> Rows:
    """Every report that somebody can open; those that are not on the shelf are opened for it.

    The database hands over ids and versions in one string: a row for each report would cost ten
    times as much.
    """
    mine = connection.execute(_MINE.where(KEYS.c.staff_id == held.staff_id)).scalar() or ""
    present = (connection.execute(_VERSIONS).scalar() or "").split(",")
    openable = frozenset(mine.split(","))
    wanted = {mark for mark in present if mark[:ID] in openable}
    columns = _kept(connection, held)
    marks = columns[Row._fields.index("mark")]
    good = [place for place, mark in enumerate(marks) if mark in wanted]
    new = [mark[:ID] for mark in wanted.difference(marks)]
    ids, fresh = iter(new), list[Row]()
    while some := list(islice(ids, SOME)):
        fresh += opened(connection, held, some)
    return Rows(columns, good, sorted(fresh, key=pressing))


def keep(connection: Connection, held: Held, rows: Rows) -> None:
    """Store the shelf of somebody, in the caller's transaction.

    What was changed or has expired since the rows were read is left out, or names would be kept
    here that are deleted everywhere else.
    """
    take_turn(connection)
    present = frozenset((connection.execute(_VERSIONS).scalar() or "").split(","))
    columns = [
        list(each) for each in zip(*(row for row in rows if row.mark in present), strict=True)
    ]
    sealed = lock(_key(held), orjson.dumps(columns), _about(held), step=STEP)
    new = INSERTS[connection.dialect.name](SHELVES).values(staff_id=held.staff_id, sealed=sealed)
    connection.execute(
        new.on_conflict_do_update(
            index_elements=[SHELVES.c.staff_id], set_={"sealed": new.excluded.sealed}
        )
    )


def drop(connection: Connection, staff_id: int) -> None:
    """Forget the shelf of somebody."""
    connection.execute(delete(SHELVES).where(SHELVES.c.staff_id == staff_id))


def _kept(connection: Connection, held: Held) -> list[list[Any]]:
    """The columns of the shelf as it is stored; empty ones when there is none that opens."""
    none: list[list[Any]] = [[] for _ in Row._fields]
    wanted = select(SHELVES.c.sealed).where(SHELVES.c.staff_id == held.staff_id)
    sealed = connection.execute(wanted).scalar_one_or_none()
    if sealed is None:
        return none
    try:
        columns: list[list[Any]] = orjson.loads(unlock(_key(held), sealed, _about(held)))
    except BrokenSealError:
        return none  # it was sealed under keys that were lost since
    return columns if len(columns) == len(none) else none


def _key(held: Held) -> bytes:
    return derive(held.private, "shelf")


def _about(held: Held) -> bytes:
    return f"shelf/{held.staff_id}".encode()
