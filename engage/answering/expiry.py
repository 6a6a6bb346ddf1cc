"""Drafts past their time are deleted; nobody could read them, and now they are not there."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage.answering.draft import DRAFTS, PAGES


def expire(session: Session, now: datetime) -> int:
    """Delete every draft past its time, in the caller's transaction; how many there were."""
    old = select(DRAFTS.c.id).where(DRAFTS.c.expires_at <= now)
    session.execute(delete(PAGES).where(PAGES.c.draft_id.in_(old)))
    gone = session.execute(delete(DRAFTS).where(DRAFTS.c.expires_at <= now))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete has a count
