"""Writing the audit log."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from engage.audit.models import AuditEvent

Fact = str | int | bool | None


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
