"""Drafts past their time are deleted; nobody could read them, and now they are not there."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from engage.answering.left import count_left
from engage.answering.statements import DRAFTS
from engage.clock import day_of
from engage.waves.models import Wave, WaveState

MANY = 500


def expire(session: Session, now: datetime) -> int:
    """Delete every draft past its time with its pages, in the caller's transaction; how many.

    Two hours without a code of words, fourteen days with one; `expires_at` says which. A wave
    may close earlier than it said when a page was saved, and takes with it what was not sent. Of
    those that were not sent it is counted how far they came.
    """
    over = or_(Wave.state == WaveState.CLOSED, Wave.closes_on < day_of(now))
    shut = and_(DRAFTS.c.sent.is_(False), DRAFTS.c.wave_id.in_(select(Wave.id).where(over)))
    due = or_(DRAFTS.c.expires_at <= now, shut)
    # Locked first, so that a page that is saved meanwhile keeps its draft, and is counted once.
    old = select(DRAFTS.c.id, DRAFTS.c.wave_id, DRAFTS.c.sent).where(due)
    found = session.execute(old.with_for_update(skip_locked=True)).all()
    count_left(session, {row.id: row.wave_id for row in found if not row.sent}, day_of(now))
    ids = [row.id for row in found]
    for start in range(0, len(ids), MANY):
        session.execute(delete(DRAFTS).where(DRAFTS.c.id.in_(ids[start : start + MANY])))
    return len(ids)
