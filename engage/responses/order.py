"""On PostgreSQL, nightly: rows lie in the order of their random ids, written by one transaction.

There the order of rows on disk, and the hidden number of the transaction that wrote each, would
tell in which order people answered. SQLite has neither here: the table is kept by its key alone.
"""

from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

A_WEEK = timedelta(days=7)


def forget_order(session: Session, today: date) -> int:
    """Rewrite the rows of the last days together, then lay all by their ids; how many.

    A week, so that nights on which no worker ran are made up for. The caller commits.
    """
    if session.get_bind().dialect.name != "postgresql":
        return 0
    recent = {"since": today - A_WEEK}
    written = session.execute(
        text("UPDATE responses SET day = day WHERE day >= :since RETURNING 1"), recent
    ).all()
    queued = session.execute(
        text("UPDATE screened_texts SET came_on = came_on WHERE came_on >= :since RETURNING 1"),
        recent,
    ).all()
    if written:
        session.execute(text("CLUSTER responses USING pk_responses"))
    if queued:
        session.execute(text("CLUSTER screened_texts USING pk_screened_texts"))
    return len(written)
