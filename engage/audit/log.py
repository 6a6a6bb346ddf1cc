"""Writing the audit log."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engage.audit.models import AuditEvent

Fact = str | int | bool | None

KEPT_YEARS = 6
"""As long as a claim can be brought in England and Wales (Limitation Act 1980)."""


def kept_since(now: datetime) -> datetime:
    """The moment six calendar years before; events of that moment or earlier are not kept."""
    leap_day = (now.month, now.day) == (2, 29)  # no year six before a leap year has one
    return now.replace(year=now.year - KEPT_YEARS, day=28 if leap_day else now.day)


def forget(session: Session, now: datetime) -> int:
    """Delete the events that are older than the log is kept; how many. The caller commits."""
    old = delete(AuditEvent).where(AuditEvent.at <= kept_since(now))
    return len(session.scalars(old.returning(AuditEvent.id)).all())


def record(
    session: Session,
    *,
    at: datetime,
    staff_id: int | None,
    action: str,
    subject: str,
    detail: Mapping[str, Fact] | None = None,
) -> None:
    """Note what was done, in the caller's transaction: both are kept or neither.

    `action` is `noun.verb`, such as `wave.opened`; `subject` is `noun:number`; `staff_id` is
    empty for what the system did itself. Numbers and facts only, never names, addresses or
    anything that a person wrote in answer to a question.
    """
    event = AuditEvent(at=at, staff_id=staff_id, action=action, subject=subject)
    event.detail = json.dumps(dict(detail or {}), sort_keys=True)
    session.add(event)
