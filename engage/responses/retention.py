"""Answers are deleted on the day that was promised to those who gave them."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.responses.store import TABLE

AT_ONCE = 5000
"""On SQLite a third of a second of work, for which everybody who sends answers waits."""


def delete_some(session: Session, wave_id: int) -> int:
    """Delete up to `AT_ONCE` responses of a wave, in the caller's transaction; how many.

    Fewer than that were the last.
    """
    some = select(TABLE.c.id).where(TABLE.c.wave_id == wave_id).order_by(TABLE.c.id).limit(AT_ONCE)
    gone = session.execute(delete(TABLE).where(TABLE.c.id.in_(some)))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a count
