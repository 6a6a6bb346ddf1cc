"""What staff did with signatures is forgotten when nobody needs to undo or explain it any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engage.audit.log import kept_since
from engage.extensions import table_of
from engage.pledges.models import Invalidation, Signature, SignatureBatch, State

INVALIDATIONS, SIGNATURES, BATCHES = map(table_of, (Invalidation, Signature, SignatureBatch))
KEPT = timedelta(days=730)


def forget(session: Session, now: datetime) -> int:
    """Delete why signatures were taken out two years ago; how many times there were.

    The signatures stay out of the count, those too that were withdrawn after that. Who brought a
    list in goes with the audit log. The caller commits.
    """
    old = INVALIDATIONS.c.at <= now - KEPT
    which = select(INVALIDATIONS.c.id).where(old)
    freed = update(SIGNATURES).where(SIGNATURES.c.invalidation_id.in_(which))
    session.execute(freed.values(invalidation_id=None, state=State.INVALIDATED))
    brought = update(BATCHES).where(BATCHES.c.made_at <= kept_since(now))
    session.execute(brought.where(BATCHES.c.staff_id.is_not(None)).values(staff_id=None))
    gone = session.execute(delete(INVALIDATIONS).where(old).returning(INVALIDATIONS.c.id))
    return len(gone.all())
