"""What is not needed any more of messages that are over."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.outbox.models import OutgoingMessage

TABLE = table_of(OutgoingMessage)
OVER = ("sent", "refused", "failed", "dropped")
KEPT = timedelta(days=30)
"""For so long a message that comes back can still be told by its Message-ID."""


def forget(session: Session, now: datetime) -> int:
    """Delete messages that have been over for thirty days; how many. The caller commits."""
    over_at = func.coalesce(TABLE.c.left_at, TABLE.c.due_at, type_=TABLE.c.due_at.type)
    gone = delete(TABLE).where(TABLE.c.state.in_(OVER), over_at < now - KEPT)
    return len(session.execute(gone.returning(TABLE.c.id)).all())
