"""What goes when somebody no longer opens reports: their keys to each, and their inbox."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engage.reports.models import ReportKey, ReportShelf


def forget_holder(session: Session, staff_id: int) -> None:
    """Delete a person's keys to reports. The reports stay; their notes and acts do too."""
    session.execute(delete(ReportKey).where(ReportKey.staff_id == staff_id))
    session.execute(delete(ReportShelf).where(ReportShelf.staff_id == staff_id))
