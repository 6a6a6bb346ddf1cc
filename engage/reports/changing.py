"""Changing a report: each change counts up its version, so that nobody overwrites what is new."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from engage.reports.holders import new_id
from engage.reports.line import Line
from engage.reports.models import Status
from engage.reports.opened import ENTRIES, REPORT_PARTS, REPORTS
from engage.reports.parts import KEPT_AS, open_part, seal_entry, seal_part
from engage.reports.rings import Ring, Rings


class ChangedElsewhereError(Exception):
    """A report was changed by somebody else since it was read, or it is no longer there."""


class PartGoneError(Exception):
    """A part that is no longer kept cannot be changed; the message names the part."""


def change_part(
    connection: Connection,
    report_id: str,
    rings: Rings,
    part: str,
    value: Mapping[str, Any],
    *,
    seen: int,
) -> int:
    """Write a part anew; the report's new version, which the next change has then seen.

    `seen` is the version of the report that the person was shown. Raises ChangedElsewhereError
    when there is a newer one, PartGoneError, MissingRingError.
    """
    version = touch(connection, report_id, seen=seen)
    _write(connection, report_id, rings, part, lambda _before: value)
    return version


def alter_part(
    connection: Connection,
    report_id: str,
    rings: Rings,
    part: str,
    alter: Callable[[dict[str, Any]], Mapping[str, Any]],
) -> int:
    """Read a part, alter it and write it, with nobody between; the report's new version.

    For changes that hold whatever else was changed, such as who is to speak next.
    """
    version = touch(connection, report_id)
    _write(connection, report_id, rings, part, alter)
    return version


def alter_line(
    connection: Connection, report_id: str, rings: Rings, alter: Callable[[Line], Line]
) -> int:
    """Alter the line of a report as `alter_part` does; the report's new version."""
    return alter_part(
        connection,
        report_id,
        rings,
        "line",
        lambda value: alter(Line.from_dict(value)).to_dict(),
    )


def add_entry(
    connection: Connection,
    report_id: str,
    rings: Rings,
    ring: Ring,
    entry: Mapping[str, Any],
    *,
    seen: int | None = None,
) -> int:
    """Add an entry at the end; the report's new version.

    Nothing is overwritten by it, so it needs to have seen nothing; with `seen`, as `change_part`.
    """
    version = touch(connection, report_id, seen=seen)
    _put_entry(connection, report_id, rings, ring, entry)
    return version


def note_taken(
    connection: Connection, report_id: str, rings: Rings, entry: Mapping[str, Any]
) -> None:
    """Note for caseworkers that a file was taken; `entry` says when, by whom and which.

    Raises ChangedElsewhereError when the report has gone.
    """
    note_beside(connection, report_id, rings, {"kind": "taken", **entry})


def note_beside(
    connection: Connection, report_id: str, rings: Rings, entry: Mapping[str, Any]
) -> None:
    """Add an entry for caseworkers that is news for nobody.

    The version stays, so what others write meanwhile is not refused. Raises ChangedElsewhereError
    when the report has gone.
    """
    touch(connection, report_id, by=0)
    _put_entry(connection, report_id, rings, "notes", entry)


def _put_entry(
    connection: Connection, report_id: str, rings: Rings, ring: Ring, entry: Mapping[str, Any]
) -> None:
    # The report's row is held by now: nobody else takes the number.
    last = select(func.max(ENTRIES.c.number)).where(ENTRIES.c.report_id == report_id)
    number = (connection.scalar(last) or 0) + 1
    row = {
        "id": new_id(),
        "report_id": report_id,
        "number": number,
        "ring": KEPT_AS[ring],
        "sealed": seal_entry(rings, report_id, number, ring, entry),
    }
    connection.execute(insert(ENTRIES), row)


def set_status(connection: Connection, report_id: str, status: Status | str, *, seen: int) -> int:
    """Say how far a report is; the report's new version. Raises ChangedElsewhereError."""
    version = touch(connection, report_id, seen=seen)
    connection.execute(
        update(REPORTS).where(REPORTS.c.id == report_id).values(status=Status(status))
    )
    return version


def touch(connection: Connection, report_id: str, *, seen: int | None = None, by: int = 1) -> int:
    """Hold the report's row until the transaction ends, and count up its version: the new one.

    Raises ChangedElsewhereError when the version is not the one that was `seen`.
    """
    changed = update(REPORTS).where(REPORTS.c.id == report_id)
    if seen is not None:
        changed = changed.where(REPORTS.c.version == seen)
    version: int | None = connection.scalar(
        changed.values(version=REPORTS.c.version + by).returning(REPORTS.c.version)
    )
    if version is None:
        raise ChangedElsewhereError("The report was changed since it was read: show it anew.")
    return version


def _write(
    connection: Connection,
    report_id: str,
    rings: Rings,
    part: str,
    alter: Callable[[dict[str, Any]], Mapping[str, Any]],
) -> None:
    """Write a part of a report whose row is held, and every other part anew as it was.

    So nothing in the clear tells which of them was changed, such as that a name was added.
    """
    rows = connection.execute(
        select(REPORT_PARTS.c.part, REPORT_PARTS.c.version, REPORT_PARTS.c.sealed).where(
            REPORT_PARTS.c.report_id == report_id
        )
    ).all()
    values = {row.part: open_part(rings, report_id, *row) for row in rows}
    if part not in values:
        raise PartGoneError(f"The part {part!r} is no longer kept.")
    values[part] = dict(alter(values[part]))
    version = max(row.version for row in rows) + 1
    connection.execute(
        _ANEW,
        [
            {
                "report": report_id,
                "name": name,
                "version": version,
                "sealed": seal_part(rings, report_id, name, version, value),
            }
            for name, value in sorted(values.items())
        ],
    )


_ANEW = update(REPORT_PARTS).where(
    REPORT_PARTS.c.report_id == bindparam("report"), REPORT_PARTS.c.part == bindparam("name")
)
