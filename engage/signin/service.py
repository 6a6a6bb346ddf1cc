"""Signing in: count the try, check the password, begin a session.

Of all but partners the session then awaits the second step (`engage.signin.second`).
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts.lockout import accept, take_attempt
from engage.accounts.models import StaffMember
from engage.accounts.passwords import hash_password, is_outdated, matches
from engage.audit.log import record
from engage.clock import day_of
from engage.keyring import held, staff_keys
from engage.keyring.roles import KEYED, SECOND_STEP
from engage.sessions.store import SignedIn, start
from engage.signin.settling import settle


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody's private key while they sign in; `made` where they had no pair yet."""

    private: bytes = field(repr=False)
    made: staff_keys.Made | None = None


def sign_in(session: Session, *, email: str, password: str, now: datetime) -> SignedIn | None:
    """A new session for someone with the right password; none for anything else, equally slowly.

    Commits twice: the try is on record before it is checked, so that a hundred sent at once
    count as a hundred; and no lock is held while the password is being checked. A password that
    was changed meanwhile opens nothing. Whoever has no pair yet gets one now: never before
    somebody typed the password is there anything to seal it with.
    """
    attempt = take_attempt(session, email, now)
    if attempt and attempt.last:
        log(session, now, attempt.staff_id, "staff.locked")
    session.commit()
    if not matches(attempt.password_hash if attempt else None, password) or attempt is None:
        return None
    renewed = hash_password(password) if is_outdated(attempt.password_hash) else None
    half = has_second_step(session, attempt.staff_id)
    opening = open_keys(session, attempt.staff_id, password) if half else None
    if half and opening is None:
        return None  # the password was changed a moment ago
    if not accept(session, attempt, renewed, half=half):
        session.rollback()
        return None
    if opening is None:
        # Whoever got another role since we looked signs in again, with a code. `accept` holds
        # the account, so that from here on a change waits and ends this session.
        role = session.scalar(select(StaffMember.role).filter_by(id=attempt.staff_id))
        if role in SECOND_STEP:
            session.rollback()
            return None
        signed_in = begin(session, attempt.staff_id, None, now)
    else:
        if opening.made and not staff_keys.keep(session, opening.made, day_of(now)):
            session.rollback()  # another browser was quicker; this one tries again
            return None
        signed_in = start(session, attempt.staff_id, now, awaits_code=True)
        held.start(session, signed_in, opening.private, now)
    session.commit()
    return signed_in


def begin(session: Session, staff_id: int, private: bytes | None, now: datetime) -> SignedIn:
    """The session of somebody who is in; its keys are open where their role may hold any.

    The caller commits.
    """
    signed_in = start(session, staff_id, now)
    if private is not None and signed_in.role in KEYED:
        held.start(session, signed_in, private, now)
        settle(session, signed_in, now)
    log(session, now, staff_id, "staff.signed_in")
    return signed_in


def has_second_step(session: Session, staff_id: int) -> bool:
    """Whether somebody signs in with a code as well; ends the transaction."""
    role = session.get_one(StaffMember, staff_id).role
    session.rollback()
    return role in SECOND_STEP


def open_keys(session: Session, staff_id: int, password: str) -> Opening | None:
    """Somebody's private key by their password, or a new pair; none if it does not open.

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
