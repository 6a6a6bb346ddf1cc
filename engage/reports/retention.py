"""Reports go part by part: who it was first, then the words, then the coded answers.

The months are counted from the month in which a report was closed. One that nobody closed counts
as closed some months after it came (`Retention.never_closed`). Each part goes on the first day of
a month, so that what stands in the clear tells no day. What is written or added after its stage
has gone goes with the next run. Nothing goes while a report is held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from engage.core.reporting.policy import Retention
from engage.extensions import table_of
from engage.reports.facts import REPORTS
from engage.reports.holders import KEYS, new_id
from engage.reports.models import (
    ReportClock,
    ReportEntry,
    ReportFile,
    ReportPart,
    ReportShelf,
    Status,
)
from engage.reports.shelving import take_turn

PARTS, ENTRIES, FILES = map(table_of, (ReportPart, ReportEntry, ReportFile))
CLOCKS, SHELVES = map(table_of, (ReportClock, ReportShelf))
AT_ONCE = 100
"""Reports in one transaction: their files are large."""


class Stage(StrEnum):
    """A step of a report's end, in the order in which they come."""

    IDENTITY = "identity"
    NARRATIVE = "narrative"
    FACTS = "facts"


GOING: Mapping[Stage, tuple[str, ...]] = {
    Stage.IDENTITY: ("identity", "contact", "suspects"),
    Stage.NARRATIVE: ("narrative", "risk"),
    Stage.FACTS: ("line", "facts", "wishes"),
}
"""Which parts go at a stage. With the identity goes what was said with the person, where names
stand; with the narrative every other entry and all files; at last the report, but for what is
counted."""

UNTIL = {
    Stage.IDENTITY: REPORTS.c.identity_until,
    Stage.NARRATIVE: REPORTS.c.narrative_until,
    Stage.FACTS: REPORTS.c.facts_until,
}


@dataclass(frozen=True, slots=True)
class Due:
    """How many reports are at a stage's end, and how many of those a hold keeps."""

    stage: Stage
    reports: int
    held: int


def count_from(connection: Connection, report_id: str, closed_on: date, kept: Retention) -> None:
    """Let the months of a report run from the day on which it was closed.

    In a transaction that has already counted up the report's version (`engage.reports.changing`).
    """
    # A month more, as a part goes on the first day of one.
    ends = {UNTIL[stage].name: _month(closed_on, getattr(kept, stage) + 1) for stage in Stage}
    connection.execute(update(REPORTS).where(REPORTS.c.id == report_id).values(ends))


def count_no_longer(connection: Connection, report_id: str) -> None:
    """A report was opened again: only the long stop is left. In a transaction as above."""
    none: dict[str, str | None] = {column.name: None for column in UNTIL.values()}
    connection.execute(update(REPORTS).where(REPORTS.c.id == report_id).values(none))


def due(connection: Connection, today: date, kept: Retention) -> list[Due]:
    """What would go today, by stage, without touching it."""
    found = []
    for stage in Stage:
        rows = connection.scalars(select(REPORTS.c.held).where(_over(stage, today, kept))).all()
        found.append(Due(stage, sum(not held for held in rows), sum(rows)))
    return found


def expire_some(connection: Connection, stage: Stage, today: date, kept: Retention) -> list[str]:
    """Let up to `AT_ONCE` reports come to the end of a stage; their ids. The caller commits.

    Fewer than that were the last. A caseworker who writes in one meanwhile is told that it was
    changed. Inboxes are made anew.
    """
    take_turn(connection)
    over = and_(_over(stage, today, kept), REPORTS.c.held.is_(False))
    some = select(REPORTS.c.id).where(over).order_by(REPORTS.c.id).limit(AT_ONCE)
    ids = list(
        connection.scalars(
            update(REPORTS)
            .where(REPORTS.c.id.in_(some), over)
            .values(version=REPORTS.c.version + 1)
            .returning(REPORTS.c.id)
        )
    )
    if not ids:
        return []
    connection.execute(
        delete(PARTS).where(PARTS.c.report_id.in_(ids), PARTS.c.part.in_(GOING[stage]))
    )
    talk = () if stage is not Stage.IDENTITY else (ENTRIES.c.ring == "talk",)
    connection.execute(delete(ENTRIES).where(ENTRIES.c.report_id.in_(ids), *talk))
    if stage is not Stage.IDENTITY:
        connection.execute(delete(FILES).where(FILES.c.report_id.in_(ids)))
    if stage is Stage.FACTS:
        _leave_what_is_counted(connection, ids)
    connection.execute(delete(SHELVES))
    return ids


def _leave_what_is_counted(connection: Connection, ids: list[str]) -> None:
    """Put the sealed facts under new numbers, to which nothing leads, and delete the reports."""
    rows = connection.execute(
        select(REPORTS.c.month, REPORTS.c.facts).where(
            REPORTS.c.id.in_(ids), REPORTS.c.facts.is_not(None)
        )
    ).all()
    left = [
        {"id": new_id(), "month": row.month, "facts": row.facts, "status": Status.CLOSED}
        | {"version": 1, "held": False}
        for row in rows
    ]
    connection.execute(delete(REPORTS).where(REPORTS.c.id.in_(ids)))
    if left:
        connection.execute(insert(REPORTS), sorted(left, key=lambda row: str(row["id"])))


def forget_clocks(connection: Connection, today: date, kept: Retention) -> int:
    """Delete the clocks that can be of no report any more; how many.

    Which report a clock is of stands in the report alone, so nobody can stop those of one that
    went without having been closed.
    """
    months = kept.never_closed + kept.facts + 1
    old = date.fromisoformat(f"{_month(today, -months)}-01") - timedelta(days=1)
    gone = connection.execute(delete(CLOCKS).where(CLOCKS.c.due_on < old).returning(CLOCKS.c.id))
    return len(gone.all())


def _over(stage: Stage, today: date, kept: Retention) -> ColumnElement[bool]:
    """Whether a report's stage is over, and something of it is still there."""
    until, months = UNTIL[stage], getattr(kept, stage) + 1
    came = _month(today, -(kept.never_closed + months))
    closed = and_(until.is_not(None), until <= _month(today, 0))
    ended = or_(closed, and_(until.is_(None), REPORTS.c.month <= came))
    return and_(ended, or_(*(each.exists() for each in _left(stage))))


def _left(stage: Stage) -> list[Select[Any]]:
    """What is there of what goes at a stage: what was written after it goes in its turn, too."""
    parts = PARTS.c.part.in_(GOING[stage])
    left = [select(PARTS.c.part).where(PARTS.c.report_id == REPORTS.c.id, parts)]
    entries = select(ENTRIES.c.id).where(ENTRIES.c.report_id == REPORTS.c.id)
    if stage is Stage.IDENTITY:
        return [*left, entries.where(ENTRIES.c.ring == "talk")]
    left += [entries, select(FILES.c.id).where(FILES.c.report_id == REPORTS.c.id)]
    if stage is Stage.FACTS:
        left.append(select(KEYS.c.id).where(KEYS.c.report_id == REPORTS.c.id))
    return left


def _month(day: date, months: int) -> str:
    """The month that many after a day's, such as `2026-11`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}"
