"""What was done in an hour of break-glass, as the audit log has it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.audit.log import EMERGENCY
from engage.audit.models import AuditEvent
from engage.audit.words import words_of
from engage.sessions.models import BreakGlass

LATE = timedelta(minutes=1)
"""What began in the hour may be noted a moment after it."""


@dataclass(frozen=True, slots=True)
class Done:
    """One act: when, what, to what."""

    at: datetime
    what: str
    subject: str


def done_in(session: Session, hour: BreakGlass) -> list[Done]:
    """Every act that carries the number of an hour, the first one first."""
    events = select(AuditEvent).where(
        AuditEvent.staff_id == hour.staff_id,
        AuditEvent.at >= hour.began_at,
        AuditEvent.at <= hour.ends_at + LATE,
    )
    return [
        Done(event.at, words_of(event.action), event.subject)
        for event in session.scalars(events.order_by(AuditEvent.id))
        if json.loads(event.detail).get(EMERGENCY) == hour.id
    ]
