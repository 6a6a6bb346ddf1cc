"""Attempts to sign in, counted in the database: the count holds across processes and restarts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, literal, null, or_, update
from sqlalchemy.orm import Session

from engage.accounts.models import StaffMember
from engage.extensions import UtcDateTime

TRIES = 5
PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that may be checked: whose account, and the stored password to compare with."""

    staff_id: int
    password_hash: str
    last: bool
    """Whether the account is locked now unless this try succeeds."""


def take_attempt(session: Session, email: str, now: datetime) -> Attempt | None:
    """Count a try before it is checked; none if nobody has the address or it is locked.

    One statement, so that tries sent at the same moment cannot share a count. The caller
    commits before checking the password, which takes long, and then calls `accept` if it is
    right.
    """
    # A lock that has run out starts the count afresh.
    tries = case((StaffMember.locked_until.is_(None), StaffMember.failures), else_=0) + 1
    until = literal(now + PAUSE, UtcDateTime())
    row = session.execute(
        update(StaffMember)
        .where(
            StaffMember.email == email.strip().casefold(),
            StaffMember.active.is_(True),
            or_(StaffMember.locked_until.is_(None), StaffMember.locked_until <= now),
        )
        .values(failures=tries, locked_until=case((tries >= TRIES, until), else_=null()))
        .returning(StaffMember.id, StaffMember.password_hash, StaffMember.failures)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return Attempt(row.id, row.password_hash, row.failures >= TRIES) if row else None


def accept(
    session: Session, attempt: Attempt, renewed: str | None = None, *, half: bool = False
) -> bool:
    """Forget the failed tries of someone who gave the right password; whether it still is theirs.

    It is not once somebody has set another password, or deactivated the account, since the try
    was taken. `renewed` is the same password under today's parameters. `half` forgets this try
    alone, where a code has to come after the password: or whoever knows the password could try
    codes without end.
    """
    one_less = case((StaffMember.failures > 0, StaffMember.failures - 1), else_=0)
    row = session.execute(
        update(StaffMember)
        .where(
            StaffMember.id == attempt.staff_id,
            StaffMember.password_hash == attempt.password_hash,
            StaffMember.active.is_(True),
        )
        .values(
            failures=one_less if half else 0,
            locked_until=StaffMember.locked_until if half and not attempt.last else None,
            password_hash=renewed or attempt.password_hash,
        )
        .returning(StaffMember.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return row is not None
