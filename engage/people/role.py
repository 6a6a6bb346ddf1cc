"""Giving somebody another role, and what that does to the keys they hold."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.accounts.models import Role, StaffMember
from engage.accounts.store import AccountError, refuse_last_administrator
from engage.centres.store import dismiss
from engage.clock import day_of
from engage.keyring.leaving import refuse_last
from engage.keyring.roles import ENTITLED, SECOND_STEP
from engage.keyring.shared import make_statistics
from engage.keyring.staff_keys import drop_shares, lose
from engage.people.words import CALLED, ON_OFFER
from engage.reports.leaving import forget_holder
from engage.sessions.store import end_all


def change_role(session: Session, member: StaffMember, role: Role, now: datetime) -> None:
    """Give somebody another role; the caller commits. Raises AccountError.

    Only between caseworker and safeguarding lead do keys to reports stay. Nobody gains any: a
    colleague gives them. The code generator stays wherever the new role needs one. Sessions end,
    so that no page goes on as before.
    """
    if role == member.role:
        raise AccountError(f"{member.name} has this role already. Choose another one.")
    if role not in ON_OFFER:
        raise AccountError(f"{CALLED[role]}s are added on the page of their centre.")
    refuse_last_administrator(session, member)
    refuse_last(session, member)
    stays = member.role in ENTITLED and role in ENTITLED
    member.role = role
    if not stays:
        drop_shares(session, member.id)
        forget_holder(session, member.id)
        dismiss(session, member.id)
    if role not in SECOND_STEP:
        lose(session, member.id)
        member.break_glass = False
    end_all(session, member.id, now)
    session.flush()
    make_statistics(session, day_of(now))
