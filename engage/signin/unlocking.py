"""What one's own password does later: open keys again, make spare codes, change itself."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.accounts.lockout import Attempt, accept, take_attempt
from engage.accounts.models import StaffMember
from engage.accounts.passwords import faults_of, hash_password, matches
from engage.clock import day_of
from engage.keyring import held, spare, staff_keys
from engage.sessions.store import SignedIn, end_all
from engage.signin.service import Opening, has_second_step, log, open_keys
from engage.signin.settling import settle


def unlock(session: Session, member: SignedIn, password: str, now: datetime) -> bool:
    """Open the keys of a session again; whether the password was right. Commits."""
    attempt = _checked(session, member.id, password, now)
    opening = open_keys(session, member.id, password) if attempt else None
    if attempt is None or opening is None or opening.made or not accept(session, attempt):
        session.rollback()
        return False
    held.start(session, member, opening.private, now)
    settle(session, member, now)
    log(session, now, member.id, "staff.unlocked")
    session.commit()
    return True


def renew_spare_codes(
    session: Session, member: SignedIn, password: str, now: datetime
) -> list[str] | None:
    """Ten new spare codes in the place of the ones before; none for a wrong password. Commits."""
    attempt = _checked(session, member.id, password, now)
    if attempt is None or not accept(session, attempt):
        session.rollback()
        return None
    codes = spare.make(session, member.id)
    log(session, now, member.id, "staff.spare_codes_made")
    session.commit()
    return codes


def change_password(
    session: Session, member: SignedIn, old: str, new: str, now: datetime
) -> list[str] | None:
    """Give oneself a new password; why it cannot be chosen, or none if the old one is wrong.

    An empty list says that it is done: the keys are sealed under it, every other session of
    theirs is over, this one goes on. Commits.
    """
    own = session.get_one(StaffMember, member.id)
    faults = faults_of(new, email=own.email, name=own.name)
    session.rollback()
    attempt = _checked(session, member.id, old, now)
    if attempt is None or faults:
        if attempt:
            accept(session, attempt)
            session.commit()
        return faults if attempt else None
    opening, sealed, hashed = None, None, hash_password(new)
    if has_second_step(session, member.id):
        opening = open_keys(session, member.id, old)
        if opening is None:
            return None
        sealed = staff_keys.sealed_under(member.id, opening.private, new)
    if not accept(session, attempt, hashed):
        session.rollback()
        return None
    if opening is not None and sealed is not None and not _kept(session, opening, sealed, now):
        session.rollback()
        return None  # another browser made a pair a moment ago
    end_all(session, member.id, now, but=member.session_id)
    log(session, now, member.id, "staff.password_changed")
    session.commit()
    return []


def _kept(session: Session, opening: Opening, sealed: staff_keys.Stored, now: datetime) -> bool:
    if opening.made is None:
        staff_keys.reseal(session, sealed)
        return True
    return staff_keys.keep(session, staff_keys.Made(opening.made.pair, sealed), day_of(now))


def _checked(session: Session, staff_id: int, password: str, now: datetime) -> Attempt | None:
    """The try, if it may be made and the password is right; counted before it is checked."""
    attempt = take_attempt(session, session.get_one(StaffMember, staff_id).email, now)
    if attempt and attempt.last:
        log(session, now, staff_id, "staff.locked")
    session.commit()
    right = matches(attempt.password_hash if attempt else None, password)
    return attempt if right else None
