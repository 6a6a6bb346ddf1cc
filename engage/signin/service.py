"""Signing in: count the try, check the password, begin a session.

Of people who hold keys the session then awaits the second step (`engage.signin.second`).
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from engage.accounts.lockout import accept, take_attempt
from engage.accounts.models import StaffMember
from engage.accounts.passwords import hash_password, is_outdated, matches
from engage.audit.log import record
from engage.clock import day_of
from engage.keyring import held, staff_keys
from engage.keyring.roles import KEYED
from engage.sessions.store import SignedIn, start


@dataclass(frozen=True, slots=True)
class Opening:
    """A keyholder's private key while they sign in; `made` where they had no pair yet."""

    private: bytes = field(repr=False)
    made: staff_keys.Made | None = None


def sign_in(session: Session, *, email: str, password: str, now: datetime) -> SignedIn | None:
    """A new session for someone with the right password; none for anything else, equally slowly.

    Commits twice: the try is on record before it is checked, so that a hundred sent at once
    count as a hundred; and no lock is held while the password is being checked. A password that
    was changed meanwhile opens nothing. A keyholder without a pair gets one now: never before
    somebody typed the password is there anything to seal it with.
    """
    attempt = take_attempt(session, email, now)
    if attempt and attempt.last:
        log(session, now, attempt.staff_id, "staff.locked")
    session.commit()
    if not matches(attempt.password_hash if attempt else None, password) or attempt is None:
        return None
    renewed = hash_password(password) if is_outdated(attempt.password_hash) else None
    keyholder = holds_keys(session, attempt.staff_id)
    opening = open_keys(session, attempt.staff_id, password) if keyholder else None
    if keyholder and opening is None:
        return None  # the password was changed a moment ago
    if not accept(session, attempt, renewed, half=keyholder):
        session.rollback()
        return None
    signed_in = start(session, attempt.staff_id, now, awaits_code=keyholder)
    if opening is not None:
        if opening.made and not staff_keys.keep(session, opening.made, day_of(now)):
            session.rollback()  # another browser was quicker; this one tries again
            return None
        held.start(session, signed_in, opening.private, now)
    else:
        log(session, now, attempt.staff_id, "staff.signed_in")
    session.commit()
    return signed_in


def holds_keys(session: Session, staff_id: int) -> bool:
    """Whether somebody's role has keys; ends the transaction."""
    role = session.get_one(StaffMember, staff_id).role
    session.rollback()
    return role in KEYED


def open_keys(session: Session, staff_id: int, password: str) -> Opening | None:
    """A keyholder's private key by their password, or a new pair; none if it does not open.

    Ends the transaction before the slow work, so that nobody waits for it.
    """
    stored = staff_keys.stored(session, staff_id)
    session.rollback()
    if stored is None:
        made = staff_keys.made(staff_id, password)
        return Opening(made.pair.private, made)
    private = stored.opened(password)
    return Opening(private) if private is not None else None


def log(session: Session, now: datetime, staff_id: int, action: str) -> None:
    """Note something that somebody did with their own account."""
    record(session, at=now, staff_id=staff_id, action=action, subject=f"staff:{staff_id}")
