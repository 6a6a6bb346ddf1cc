"""Drafts past their time are deleted; nobody could read them, and now they are not there."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engage.answering.draft import DRAFTS


def expire(session: Session, now: datetime) -> int:
    """Delete every draft past its time with its pages, in the caller's transaction; how many."""
    old = delete(DRAFTS).where(DRAFTS.c.expires_at <= now)
    return len(session.execute(old.returning(DRAFTS.c.id)).all())
