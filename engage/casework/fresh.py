"""The lines of an inbox that no shelf has: their reports are opened, many with one statement."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from engage.casework.rows import Row
from engage.casework.unanswered import Value, unanswered
from engage.casework.victims import marks_of
from engage.core.reporting.clocks import What
from engage.keyring.held import Held
from engage.reports.line import Line
from engage.reports.opened import ENTRIES, REPORT_PARTS as PARTS, REPORTS, rings_of_many
from engage.reports.parts import open_entry, open_part
from engage.reports.rings import Rings

OPENED = ("line", "identity", "contact")
"""The parts from which a line is made."""


def opened(connection: Connection, held: Held, ids: list[str]) -> Iterator[Row]:
    """Open the reports; one that was deleted meanwhile, or has no line any more, is left out."""
    rings = rings_of_many(connection, held, ids)
    reports = {
        row.id: row
        for row in connection.execute(
            select(REPORTS.c.id, REPORTS.c.version, REPORTS.c.status, REPORTS.c.held).where(
                REPORTS.c.id.in_(ids)
            )
        )
    }
    parts: dict[str, dict[str, Mapping[str, object]]] = {}
    wanted = select(PARTS.c.report_id, PARTS.c.part, PARTS.c.version, PARTS.c.sealed).where(
        PARTS.c.report_id.in_(ids), PARTS.c.part.in_(OPENED)
    )
    for report_id, part, version, sealed in connection.execute(wanted):
        opened = _part(rings.get(report_id), report_id, part, version, sealed)
        parts.setdefault(report_id, {})[part] = opened
    lines = {
        report_id: Line.from_dict(opened["line"])
        for report_id, opened in parts.items()
        if opened.get("line") and report_id in reports
    }
    of_centres = [report_id for report_id, line in lines.items() if line.centre]
    waiting = _written_by_centres(connection, rings, of_centres)
    for report_id, line in lines.items():
        row = _row(reports[report_id], line, parts[report_id])
        yield row._replace(waiting_for="us") if report_id in waiting else row


def _written_by_centres(
    connection: Connection, rings: Mapping[str, Rings], ids: list[str]
) -> set[str]:
    """The reports of these in which a centre wrote and nobody of ours has answered."""
    wanted = (
        select(ENTRIES.c.report_id, ENTRIES.c.number, ENTRIES.c.ring, ENTRIES.c.sealed)
        .where(ENTRIES.c.report_id.in_(ids), ENTRIES.c.ring != "talk")
        .order_by(ENTRIES.c.report_id, ENTRIES.c.number.desc())
    )
    rows = connection.execute(wanted).all() if ids else []
    return {
        report_id
        for report_id, those in groupby(rows, key=itemgetter(0))
        if any(unanswered(_values(rings[report_id], those)))
    }


def _values(rings: Rings, rows: Iterable[Any]) -> Iterator[Value]:
    for report_id, number, kept_as, sealed in rows:
        if entry := open_entry(rings, report_id, number, kept_as, sealed):
            yield entry[1]


def _part(
    rings: Rings | None, report_id: str, part: str, version: int, sealed: bytes
) -> Mapping[str, object]:
    return open_part(rings, report_id, part, version, sealed) if rings else {}


def _row(report: Any, line: Line, parts: dict[str, Mapping[str, object]]) -> Row:
    return Row(
        mark=f"{report.id}:{report.version}",
        status=report.status,
        held=report.held,
        received_on=line.received_on.isoformat(),
        kind=line.kind,
        strands=",".join(line.strands),
        ward=line.ward,
        under_18=line.under_18,
        score=line.score,
        urgency=line.urgency,
        wishes=",".join(sorted(set(line.wishes.values()))),
        assigned_to=line.assigned_to or 0,
        centre=line.centre or 0,
        waiting_for=line.waiting_for,
        due_on=min((clock.due_on.isoformat() for clock in line.clocks), default=""),
        second=any(clock.what == What.OVERRIDE_REVIEW for clock in line.clocks),
        who=",".join(marks_of(parts.get("identity", {}), parts.get("contact", {}))),
    )
