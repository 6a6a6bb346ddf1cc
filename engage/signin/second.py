"""The second step of signing in: a code of the generator, or a spare one, and then a session."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from engage.accounts.lockout import accept, take_attempt
from engage.accounts.models import StaffMember
from engage.extensions import db
from engage.keyring import factor, held, spare
from engage.sessions.store import SignedIn, end
from engage.signin.service import begin, log


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody who gave the right password has to do now."""

    member: SignedIn
    email: str
    private: bytes = field(repr=False)
    secret: str = field(repr=False)
    first: bool
    """Whether they have no code generator yet, and set this one up."""


def step_for(session: Session, member: SignedIn, now: datetime) -> Step | None:
    """The second step of a sign-in; none once its keys are gone, which asks for it anew."""
    with db.engine.connect().execution_options(read_only=True) as connection:
        private = held.private_of(connection, member, now)
    if private is None:
        return None
    email = session.get_one(StaffMember, member.id).email
    secret = factor.secret_of(session, member.id, private)
    proposed = factor.proposed(private, member.session_id)
    session.rollback()
    return Step(member, email, private, proposed if secret is None else secret, secret is None)


def confirm(session: Session, step: Step, typed: str, now: datetime) -> SignedIn | None:
    """A session for the right code, with open keys where they hold any; none for anything else.

    Commits twice, as with passwords: the try is on record before it is checked. The session has
    a new token; the one that awaited the code is gone, so a code opens one session only.
    """
    attempt = take_attempt(session, step.email, now)
    if attempt and attempt.last:
        log(session, now, attempt.staff_id, "staff.locked")
    session.commit()
    if attempt is None:
        return None
    taken = _take(session, step, typed, now) and accept(session, attempt)
    if not taken or not end(session, step.member.id, step.member.session_id, now):
        session.rollback()
        return None
    if step.first:
        factor.keep(session, step.member.id, step.private, step.secret)
        log(session, now, step.member.id, "staff.second_step_set")
    signed_in = begin(session, step.member.id, step.private, now)
    session.commit()
    return signed_in


def _take(session: Session, step: Step, typed: str, now: datetime) -> bool:
    if spare.looks_like(typed) and not step.first:
        return spare.take(session, step.member.id, typed)
    at = factor.step_of(step.secret, typed, now) if step.secret else None
    return at is not None and factor.take(session, step.member.id, at)
