"""What staff did with signatures is forgotten when nobody needs to undo or explain it any more."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.audit.log import kept_since
from engage.extensions import table_of
from engage.pledges.models import Invalidation, Signature, SignatureBatch, State

INVALIDATIONS, SIGNATURES = table_of(Invalidation), table_of(Signature)
KEPT = timedelta(days=730)


def forget(session: Session, now: datetime) -> int:
    """Delete why signatures were taken out two years ago; how many times there were.

    The signatures stay out of the count, those too that were withdrawn after that. Who brought a
    list in goes with the audit log, and when, but for the year. The caller commits.
    """
    old = INVALIDATIONS.c.at <= now - KEPT
    which = select(INVALIDATIONS.c.id).where(old)
    freed = update(SIGNATURES).where(SIGNATURES.c.invalidation_id.in_(which))
    session.execute(freed.values(invalidation_id=None, state=State.INVALIDATED))
    brought_in = select(SignatureBatch).where(SignatureBatch.made_at <= kept_since(now))
    for each in session.scalars(brought_in):
        each.staff_id, each.made_at = None, datetime(each.made_at.year, 1, 1, tzinfo=UTC)
    session.flush()
    gone = session.execute(delete(INVALIDATIONS).where(old).returning(INVALIDATIONS.c.id))
    return len(gone.all())
