"""What goes when somebody leaves or no longer opens reports: their keys, and their inbox."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engage.accounts import store
from engage.accounts.models import StaffLink, StaffMember
from engage.centres.store import dismiss
from engage.clock import day_of
from engage.keyring.leaving import let_go
from engage.reports.models import ReportKey, ReportShelf
from engage.sessions.store import end_all


def forget_holder(session: Session, staff_id: int) -> None:
    """Delete a person's keys to reports. The reports stay; their notes and acts do too."""
    session.execute(delete(ReportKey).where(ReportKey.staff_id == staff_id))
    session.execute(delete(ReportShelf).where(ReportShelf.staff_id == staff_id))


def let_leave(session: Session, member: StaffMember, now: datetime) -> None:
    """Close an account: its sessions end at once, its keys go. The caller commits.

    Raises AccountError for the last administrator and the last caseworker.
    """
    store.deactivate(session, member, day_of(now))
    let_go(session, member)
    forget_holder(session, member.id)
    dismiss(session, member.id)
    session.execute(delete(StaffLink).where(StaffLink.staff_id == member.id))
    end_all(session, member.id, now)
    member.break_glass = False
    session.flush()
