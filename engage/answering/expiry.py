"""Drafts past their time are deleted; nobody could read them, and now they are not there."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from engage.answering.statements import DRAFTS
from engage.clock import day_of
from engage.waves.models import Wave, WaveState


def expire(session: Session, now: datetime) -> int:
    """Delete every draft past its time with its pages, in the caller's transaction; how many.

    Two hours without a code of words, fourteen days with one; `expires_at` says which. A wave
    may close earlier than it said when a page was saved, and takes with it what was not sent.
    """
    over = or_(Wave.state == WaveState.CLOSED, Wave.closes_on < day_of(now))
    shut = and_(DRAFTS.c.sent.is_(False), DRAFTS.c.wave_id.in_(select(Wave.id).where(over)))
    old = delete(DRAFTS).where(or_(DRAFTS.c.expires_at <= now, shut))
    return len(session.execute(old.returning(DRAFTS.c.id)).all())
