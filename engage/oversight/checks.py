"""Having the audit log verified: asked for on the page, done by the worker, kept."""

import json
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.audit import anchors
from engage.audit.check import check
from engage.audit.log import kept_since, record
from engage.jobs import store as jobs
from engage.jobs.progress import tell
from engage.oversight.models import AuditCheck

JOB = "verify_log"
"""The kind of job, and its key: one at a time is enough."""


def ask(session: Session, staff_id: int, now: datetime) -> None:
    """Ask the worker to read the whole log, and note who did, in the caller's transaction."""
    jobs.enqueue(session, JOB, {"staff": staff_id}, due_at=now, key=JOB)
    record(session, at=now, staff_id=staff_id, action="log.verify_asked", subject="log:all")


def verify_log(session: Session, staff_id: int | None, now: datetime) -> AuditCheck:
    """Read the whole log and keep what was found, with the worker's transaction."""
    checked = check(anchors.file_of_site(), now, tell)
    found = checked.verdict
    wrong = list(found.faults)
    if checked.broken:
        wrong.append(f"{checked.broken} lines of the file of anchors are none: it was changed.")
    kept = AuditCheck(
        at=now,
        staff_id=staff_id,
        events=found.events,
        agree=found.agree,
        unanchored=found.unanchored,
        restores=len(found.restores),
        faults=json.dumps(wrong),
    )
    session.add(kept)
    session.flush()
    return kept


def forget(session: Session, now: datetime) -> int:
    """Delete what was found as long ago as events are kept; how many. The caller commits."""
    old = delete(AuditCheck).where(AuditCheck.at <= kept_since(now)).returning(AuditCheck.id)
    return len(session.execute(old).all())


def newest(session: Session) -> AuditCheck | None:
    """What was found when the log was last verified; nothing if it never was."""
    return session.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1)).first()


def notices(session: Session) -> list[str]:
    """What the staff home page says at its top."""
    last = newest(session)
    return ["The audit log is not as it was written"] if last and last.wrong else []
