"""Noting that staff opened a report, before it is opened: so nobody reads unseen."""

from datetime import datetime
from typing import Any

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
