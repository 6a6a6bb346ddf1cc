"""What happened with the accounts of the demonstration: an invitation, and two emergencies."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.accounts import store
from engage.accounts.models import Role, StaffLink, StaffMember
from engage.clock import day_of
from engage.sessions.break_glass import LASTS
from engage.sessions.models import BreakGlass

DAYS_AGO = (0, 1, 0, 12, 3, 5, 1, 40, 2)
"""When each account signed in last."""


def add_colleagues(session: Session, now: datetime) -> None:
    """Put them beside the accounts that are there; the caller commits."""
    members = session.scalars(select(StaffMember).order_by(StaffMember.id)).all()
    for member, days in zip(members, DAYS_AGO, strict=False):
        member.signed_in_on = day_of(now - timedelta(days=days))
    first = {member.role: member for member in reversed(members)}
    manager, boss = first[Role.SURVEY_MANAGER], first[Role.ADMINISTRATOR]
    manager.break_glass = True
    invited = store.invite(
        session,
        email="new.analyst@quillhaven.example",
        name="Remy Clay",
        role=Role.ANALYST,
        by=boss.id,
    )
    session.add(
        StaffLink(
            staff_id=invited.id,
            asked_by=boss.id,
            asked_at=now - timedelta(days=2),
            sent_at=now - timedelta(days=2),
            expires_at=now + timedelta(days=5),
        )
    )
    began = now - timedelta(days=30)
    session.add(
        BreakGlass(
            staff_id=manager.id,
            reason="The administrator was on leave and a colleague had left that morning.",
            began_at=began,
            ends_at=began + LASTS,
            told_at=began,
            reviewed_by=boss.id,
            reviewed_at=began + timedelta(days=1),
            review="One account was closed, as it had to be. Nothing else was opened.",
        )
    )
    began = now - timedelta(days=1)
    session.add(
        BreakGlass(
            staff_id=manager.id,
            reason="Somebody was locked out on the last day of the survey at the station.",
            began_at=began,
            ends_at=began + timedelta(minutes=12),
            told_at=began,
        )
    )
    session.flush()
