"""Noting that staff opened a report, before it is opened: so nobody reads unseen; or changed it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from engage.audit.log import record, record_apart
from engage.extensions import db


def note_opened(report_id: str, staff_id: int, at: datetime, *, sent: bool) -> None:
    """Note it in the audit log, and commit that.

    `sent`: on a page that is sent (POST), whose answer may show the report whatever becomes of
    what was sent. There the request's own session holds SQLite's write lock, so it writes it.
    """
    event: dict[str, Any] = {
        "at": at,
        "staff_id": staff_id,
        "action": "report.opened",
        "subject": f"report:{report_id}",
    }
    if sent:
        record(db.session(), **event)
        db.session().commit()
    else:
        record_apart(**event)


def note_changed(
    session: Session | scoped_session[Any], report_id: str, staff_id: int, at: datetime
) -> None:
    """Note in the caller's transaction that somebody changed it.

    Whatever was done, the log says no more: that stands in the report's own sealed entries.
    """
    subject = f"report:{report_id}"
    record(session, at=at, staff_id=staff_id, action="report.changed", subject=subject)
