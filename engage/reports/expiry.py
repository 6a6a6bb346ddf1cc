"""What reporters leave behind while they write or read: drafts, visits and counted tries."""

from datetime import datetime

from sqlalchemy.orm import Session

from engage.reports import draft, tries, visit


def expire(session: Session, now: datetime) -> int:
    """Delete all of it that is past its time, in the caller's transaction; how many.

    Nobody could open it, and now it is not there.
    """
    connection = session.connection()
    return sum(each(connection, now) for each in (draft.expire, visit.expire, tries.forget))
