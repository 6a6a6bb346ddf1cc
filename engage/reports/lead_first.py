"""A report about somebody under 18 is read by a safeguarding lead before anybody else reads it.

It is sealed to every caseworker all the same, so this is a rule and no lock: who has nobody to ask
can open it now, with a reason. That a lead has read a report is noted in every report, whoever it
is about, so that the number of its entries tells nobody which are about a child.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engage.extensions import db
from engage.keyring.held import Held
from engage.reports.changing import note_beside
from engage.reports.opened import ENTRIES, OpenReport, rings_of_many
from engage.reports.parts import open_entry

READ, EARLY = "lead_read", "opened_early"
"""That a lead read it first, and that somebody opened it before them, with why."""


def waits_for_lead(report: OpenReport) -> bool:
    """Whether it is about somebody under 18, and no safeguarding lead has read it yet."""
    young = "line" not in report.gone and report.line.under_18
    return young and not _read(each.value for each in report.entries)


def shut_to(report: OpenReport, staff_id: int) -> bool:
    """Whether a caseworker who is no lead has to say why before they read it."""
    return waits_for_lead(report) and not any(
        each.value.get("kind") == EARLY and each.value.get("by") == staff_id
        for each in report.entries
    )


def note_read(report: OpenReport, staff_id: int, at: datetime, *, sent: bool) -> None:
    """Note that a lead has read a report, once, and commit that; `sent` as in `note_opened`."""
    if _read(each.value for each in report.entries):
        return
    entry = {"kind": READ, "at": at.isoformat(), "by": staff_id}
    if sent:
        note_beside(db.session().connection(), report.id, report.rings, entry)
        db.session().commit()
        return
    with db.engine.connect().execution_options(read_only=False) as writing, writing.begin():
        note_beside(writing, report.id, report.rings, entry)


def unread(connection: Connection, held: Held, ids: list[str]) -> set[str]:
    """Of these reports those that no lead has read: for a page of a list, as each is opened."""
    if not ids:
        return set()
    rings = rings_of_many(connection, held, ids)
    wanted = select(ENTRIES.c.report_id, ENTRIES.c.number, ENTRIES.c.ring, ENTRIES.c.sealed).where(
        ENTRIES.c.report_id.in_(list(rings)), ENTRIES.c.ring == "notes"
    )
    read = {
        row.report_id
        for row in connection.execute(wanted)
        if (opened := open_entry(rings[row.report_id], *row)) and _read([opened[1]])
    }
    return set(rings) - read


def _read(entries: Iterable[Mapping[str, Any]]) -> bool:
    return any(each.get("kind") == READ for each in entries)
