"""Asking for a second person's yes, and giving or refusing it. The caller commits.

A yes stands for one state of a thing, told by its digest: whoever changes the thing asks anew.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.approvals.models import Approval, ApprovalState
from engage.audit.log import in_emergency, kept_since, record

LONGEST_REASON = 500


class ApprovalError(ValueError):
    """A decision that cannot be taken; the message says why and what to do."""


def others(session: Session, roles: Collection[Role], but: int) -> int:
    """How many active staff in one of these roles could agree to what one person asks."""
    found = select(StaffMember.id).where(
        StaffMember.active.is_(True), StaffMember.role.in_(list(roles)), StaffMember.id != but
    )
    return sum(not let_in(session, but, each) for each in session.scalars(found))


def let_in(session: Session, one: int, other: int) -> bool:
    """Whether one of two people invited the other, or sent the link for their password.

    They may be one person with two accounts, so neither is the second person for the other.
    """
    people = (StaffMember.id == one) & or_(
        StaffMember.invited_by == other, StaffMember.linked_by == other
    )
    turned = (StaffMember.id == other) & or_(
        StaffMember.invited_by == one, StaffMember.linked_by == one
    )
    return session.scalar(select(exists().where(or_(people, turned)))) or False


def ask(session: Session, subject: str, digest: str, *, by: int, now: datetime) -> Approval:
    """A request that somebody else agrees; one for another state of the thing is taken back."""
    waiting = waiting_for(session, subject)
    if waiting is not None:
        if (waiting.digest, waiting.asked_by) == (digest, by):
            return waiting
        waiting.state, waiting.decided_at = ApprovalState.WITHDRAWN, now
        session.flush()
    made = Approval(
        subject=subject, digest=digest, state=ApprovalState.WAITING, asked_by=by, asked_at=now
    )
    session.add(made)
    session.flush()
    _note(session, made, "approval.asked", by, now)
    return made


def waiting_for(session: Session, subject: str) -> Approval | None:
    """The request about a thing that nobody has decided."""
    wanted = select(Approval).filter_by(subject=subject, state=ApprovalState.WAITING)
    return session.scalars(wanted).one_or_none()


def waiting(session: Session, kind: str) -> list[Approval]:
    """Every undecided request about things of one kind, such as `wave`, the oldest first."""
    wanted = select(Approval).where(
        Approval.state == ApprovalState.WAITING, Approval.subject.startswith(f"{kind}:")
    )
    return list(session.scalars(wanted.order_by(Approval.id)))


def for_yes_of(session: Session, kind: str, viewer: int) -> list[Approval]:
    """The undecided requests about things of one kind to which somebody could agree now.

    In an hour of break-glass there are none, nor any of whoever let them in.
    """
    if in_emergency():
        return []
    return [
        each
        for each in waiting(session, kind)
        if each.asked_by != viewer and not let_in(session, each.asked_by, viewer)
    ]


def history(session: Session, subject: str) -> list[Approval]:
    """Every request about a thing, the newest first."""
    wanted = select(Approval).filter_by(subject=subject).order_by(Approval.id.desc())
    return list(session.scalars(wanted))


def before(session: Session, number: int | None, most: int) -> list[Approval]:
    """The newest requests about anything, or the newest before one number; `most` of them."""
    wanted = select(Approval).order_by(Approval.id.desc()).limit(most)
    if number is not None:
        wanted = wanted.where(Approval.id < number)
    return list(session.scalars(wanted))


def standing(session: Session, subject: str, digest: str) -> Approval | None:
    """The yes, or the waiver, that stands for this state of a thing; none if there is none.

    A later refusal of the same state takes a yes back; that somebody asks again does not.
    """
    undecided = (ApprovalState.WITHDRAWN, ApprovalState.WAITING)
    newest = select(Approval).filter_by(subject=subject, digest=digest)
    newest = newest.where(Approval.state.not_in(undecided))
    found = session.scalars(newest.order_by(Approval.id.desc()).limit(1)).one_or_none()
    good = found is not None and found.state in {ApprovalState.GIVEN, ApprovalState.WAIVED}
    return found if good else None


def agreed(session: Session, subject: str) -> Callable[[str], bool]:
    """Whether a yes, or a waiver, stands for the state of a thing that has a given digest."""
    return lambda digest: standing(session, subject, digest) is not None


def give(session: Session, subject: str, digest: str, *, by: int, now: datetime) -> Approval:
    """Agree to what somebody else asked; raises ApprovalError."""
    _refuse_in_emergency()
    return _decide(session, subject, digest, ApprovalState.GIVEN, by=by, now=now, reason="")


def refuse(
    session: Session, subject: str, digest: str, *, by: int, now: datetime, reason: str
) -> Approval:
    """Refuse what was asked, and say why; raises ApprovalError."""
    said = _reason(reason, "Say why you refuse, so that it can be put right.")
    return _decide(session, subject, digest, ApprovalState.REFUSED, by=by, now=now, reason=said)


def waive(
    session: Session,
    subject: str,
    digest: str,
    *,
    by: int,
    now: datetime,
    reason: str,
    roles: Collection[Role],
) -> Approval:
    """Go without a second person where there is none; raises ApprovalError where there is.

    `roles` are those who could agree. Never for responses in full or for overrides: those who
    call this for other things keep to that.
    """
    _refuse_in_emergency()
    said = _reason(reason, "Say why this goes without a second person.")
    if others(session, roles, by):
        raise ApprovalError("There is somebody else who can agree to this: ask them.")
    asked = ask(session, subject, digest, by=by, now=now)
    asked.state, asked.decided_by, asked.decided_at = ApprovalState.WAIVED, by, now
    asked.reason = said
    session.flush()
    _note(session, asked, "approval.waived", by, now)
    return asked


def forget(session: Session, now: datetime) -> int:
    """Delete the requests that are as old as the audit log is kept; how many."""
    old = delete(Approval).where(Approval.asked_at <= kept_since(now)).returning(Approval.id)
    return len(session.execute(old).all())


def _decide(
    session: Session,
    subject: str,
    digest: str,
    state: ApprovalState,
    *,
    by: int,
    now: datetime,
    reason: str,
) -> Approval:
    """Decide once: of two who press at the same moment the second is told."""
    waiting = waiting_for(session, subject)
    if waiting is None:
        raise ApprovalError("Nobody is asking for this any more. Look at the page again.")
    if waiting.digest != digest:
        raise ApprovalError("It was changed since you looked. Look at the page again.")
    if waiting.asked_by == by and state is ApprovalState.GIVEN:
        raise ApprovalError("You asked for this, so somebody else has to agree.")
    if state is ApprovalState.GIVEN and let_in(session, waiting.asked_by, by):
        raise ApprovalError(
            "One of you two invited the other, or sent the link for their password. Somebody who "
            "has nothing to do with the account of the person who asks has to agree."
        )
    taken = session.execute(
        update(Approval)
        .where(Approval.id == waiting.id, Approval.state == ApprovalState.WAITING)
        .values(state=state, decided_by=by, decided_at=now, reason=reason)
        .returning(Approval.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        raise ApprovalError("Somebody decided this just now. Look at the page again.")
    session.expire(waiting)
    _note(session, waiting, f"approval.{state.value}", by, now)
    return waiting


def _refuse_in_emergency() -> None:
    """Whoever is administrator for an hour only is nobody's second person."""
    if in_emergency():
        raise ApprovalError(
            "You act as administrator in an emergency. What you agreed to would last longer: give "
            "the hour back, or ask somebody who has the role."
        )


def _reason(given: str, otherwise: str) -> str:
    said = " ".join(given.split())
    if not said:
        raise ApprovalError(otherwise)
    if len(said) > LONGEST_REASON:
        raise ApprovalError(
            f"The reason has {len(said)} characters: shorten it to {LONGEST_REASON}."
        )
    return said


def _note(session: Session, about: Approval, action: str, by: int, now: datetime) -> None:
    record(session, at=now, staff_id=by, action=action, subject=about.subject)
