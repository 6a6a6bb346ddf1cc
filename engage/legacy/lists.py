"""The work on an older list, done by the worker: look through, take, put away.

Looking through changes no signature. Taking is one transaction: every new row of the list and the
count of them, or nothing.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engage.audit.log import record
from engage.clock import day_of
from engage.config import Settings
from engage.core.files.decoded import UnreadableListError
from engage.legacy import kept_files
from engage.legacy.batches import OPEN
from engage.legacy.report import Report, read_report
from engage.legacy.sorting import keyed_rows, rows_of, sort_out
from engage.legacy.taking import insert_new, mailboxes
from engage.pledges.models import SignatureBatch, Source

WAITS = timedelta(days=7)
"""How long a list that nobody takes is kept."""
WRITTEN_WITHIN = timedelta(hours=1)
"""A file that is not whole after so long never will be."""


def look_through(
    session: Session, payload: Mapping[str, Any], now: datetime, settings: Settings
) -> int:
    """Check a list and store its report; how many signatures it would bring. Commits as it goes."""
    batch = session.get(SignatureBatch, payload["batch"])
    if batch is None or batch.state != "waiting":
        kept_files.forget_addresses(settings.instance_dir, payload["batch"])
        return 0
    number, pledge_id, day = batch.id, batch.pledge_id, read_report(batch.report).day
    session.commit()  # nobody who signs waits while the file is read
    try:
        rows = rows_of(kept_files.read(settings.instance_dir, number), today=day_of(now))
    except UnreadableListError as error:
        _set(
            session,
            number,
            was="waiting",
            state="refused",
            report=Report(day, str(error)).written(),
        )
        kept_files.forget(settings.instance_dir, number)
        return 0
    _set(session, number, was="waiting", rows=len(rows), done=0)

    def said(done: int) -> None:
        _set(session, number, was="waiting", done=done)

    keyed = list(keyed_rows(rows, key=settings.address_key, said=said))
    known = mailboxes(session, pledge_id)
    session.commit()
    new, report = sort_out(keyed, known, day)
    kept_files.keep_hashes(settings.instance_dir, number, keyed)
    _set(session, number, was="waiting", state="checked", **_told(report, len(rows), len(new)))
    kept_files.forget_addresses(settings.instance_dir, number)
    return len(new)


def take(session: Session, payload: Mapping[str, Any], now: datetime, settings: Settings) -> int:
    """Take a checked list; how many signatures it brought. Commits, then deletes its file.

    What came into the register since the check counts: it is all looked up again.
    """
    batch = session.get(SignatureBatch, payload["batch"])
    if batch is None or batch.state != "checked":
        return 0
    number = batch.id
    session.commit()
    rows = list(kept_files.read_hashes(settings.instance_dir, number))
    held = select(SignatureBatch).filter_by(id=number).with_for_update()
    batch = session.scalars(held, execution_options={"populate_existing": True}).one()
    if batch.state != "checked":
        return 0
    day = read_report(batch.report).day
    new, report = sort_out(rows, mailboxes(session, batch.pledge_id), day)
    taken = insert_new(session, batch, new, day)
    record(
        session,
        at=now,
        staff_id=payload.get("staff"),
        action="list.taken",
        subject=f"batch:{number}",
        detail={"pledge": batch.pledge_id, "taken": taken, "rows": len(rows)},
    )
    _set(session, number, was="checked", state="taken", **_told(report, len(rows), taken))
    kept_files.forget(settings.instance_dir, number)
    return taken


def tidy(session: Session, now: datetime, settings: Settings) -> int:
    """Put away the lists that nobody took, and delete every file that no list needs; how many."""
    left = update(SignatureBatch).where(
        SignatureBatch.source == Source.LEGACY,
        SignatureBatch.state.in_(OPEN),
        SignatureBatch.made_at <= now - WAITS,
    )
    session.execute(left.values(state="refused"), execution_options={"synchronize_session": False})
    session.commit()
    # The files are listed first: a list that comes in meanwhile is not among them.
    there = kept_files.kept(settings.instance_dir)
    wanted = select(SignatureBatch.id).where(SignatureBatch.state.in_(OPEN))
    idle = there - set(session.scalars(wanted))
    for number in idle:
        kept_files.forget(settings.instance_dir, number)
    return len(idle) + kept_files.forget_parts(settings.instance_dir, now - WRITTEN_WITHIN)


def _told(report: Report, rows: int, taken: int) -> dict[str, Any]:
    """The columns that tell what became of the rows; together they are all rows."""
    broken = report.broken
    return {
        "rows": rows,
        "done": rows,
        "taken": taken,
        "broken": broken,
        "twice": rows - taken - broken,
        "report": report.written(),
    }


def _set(session: Session, number: int, *, was: str, **values: Any) -> None:
    """Write to a list that is in a state, and commit; nothing if somebody put it away meanwhile."""
    session.execute(update(SignatureBatch).filter_by(id=number, state=was).values(**values))
    session.commit()
