"""The regular task that lets the parts of reports go, with an event in the audit log for each."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.audit.log import record
from engage.clock import day_of
from engage.reports import retention
from engage.reports.policy import policy
from engage.reports.retention import Stage


def expire(session: Session, now: datetime) -> int:
    """Let every part go whose months are over; how many times one did.

    Some reports at a time, each with its event in one transaction, committed here, so that nobody
    who reports waits long.
    """
    total, today, kept = 0, day_of(now), policy().retention
    for stage in Stage:
        while ids := retention.expire_some(session.connection(), stage, today, kept):
            for report_id in ids:
                record(
                    session,
                    at=now,
                    staff_id=None,
                    action="report.expired",
                    subject=f"report:{report_id}",
                    detail={"part": stage.value},
                )
            session.commit()
            total += len(ids)
    retention.forget_clocks(session.connection(), today, kept)
    session.commit()
    return total
