"""Signing in: count the try, check the password, begin a session."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.accounts.lockout import accept, take_attempt
from engage.accounts.passwords import hash_password, is_outdated, matches
from engage.audit.log import record
from engage.sessions.store import SignedIn, start


def sign_in(session: Session, *, email: str, password: str, now: datetime) -> SignedIn | None:
    """A new session for someone with the right password; none for anything else, equally slowly.

    Commits twice: the try is on record before it is checked, so that a hundred sent at once
    count as a hundred; and no lock is held while the password is being checked. A password that
    was changed meanwhile opens nothing.
    """
    attempt = take_attempt(session, email, now)
    if attempt and attempt.last:
        _log(session, now, attempt.staff_id, "staff.locked")
    session.commit()
    if not matches(attempt.password_hash if attempt else None, password) or attempt is None:
        return None
    renewed = hash_password(password) if is_outdated(attempt.password_hash) else None
    if not accept(session, attempt, renewed):
        session.rollback()
        return None
    signed_in = start(session, attempt.staff_id, now)
    _log(session, now, attempt.staff_id, "staff.signed_in")
    session.commit()
    return signed_in


def _log(session: Session, now: datetime, staff_id: int, action: str) -> None:
    record(session, at=now, staff_id=staff_id, action=action, subject=f"staff:{staff_id}")
