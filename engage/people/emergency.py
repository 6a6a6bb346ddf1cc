"""Beginning an hour as administrator: the password and a fresh code, as at a sign-in."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.accounts.lockout import accept, take_attempt
from engage.accounts.models import StaffMember
from engage.accounts.passwords import matches
from engage.audit.log import record
from engage.jobs.store import enqueue
from engage.keyring import factor, staff_keys
from engage.people.alarm import JOB
from engage.sessions import break_glass
from engage.sessions.store import SignedIn


def begin(
    session: Session, member: SignedIn, now: datetime, *, reason: str, password: str, code: str
) -> bool:
    """Make a session an administrator's for an hour; whether password and code were right.

    Commits: the try is on record before it is checked, and no lock is held while it is. The job
    that tells the others is asked for in the transaction that begins the hour.
    """
    row = session.get_one(StaffMember, member.id)
    attempt = take_attempt(session, row.email, now)
    if attempt and attempt.last:
        _note(session, now, member.id, "staff.locked", f"staff:{member.id}")
    session.commit()
    if attempt is None or not matches(attempt.password_hash, password):
        return False
    stored = staff_keys.stored(session, member.id)
    session.rollback()
    private = stored.opened(password) if stored else None
    secret = factor.secret_of(session, member.id, private) if private else None
    step = factor.step_of(secret, code, now) if secret else None
    taken = step is not None and factor.take(session, member.id, step)
    # Locked: of two sessions that begin at once, the second one sees the hour of the first.
    row = session.get_one(StaffMember, member.id, populate_existing=True, with_for_update=True)
    may = row.break_glass and break_glass.lasting(session, member.id, now) is None
    if not taken or not may or not accept(session, attempt):
        session.rollback()
        return False
    hour = break_glass.begin(session, member, " ".join(reason.split()), now)
    _note(session, now, member.id, "break_glass.begun", f"break_glass:{hour.id}")
    enqueue(session, JOB, {"number": hour.id}, due_at=now, key=f"{JOB}:{hour.id}")
    session.commit()
    return True


def _note(session: Session, now: datetime, staff_id: int, action: str, subject: str) -> None:
    record(session, at=now, staff_id=staff_id, action=action, subject=subject)
