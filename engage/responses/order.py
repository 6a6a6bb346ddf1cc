"""On PostgreSQL, nightly: rows lie in the order of their random ids, written by one transaction.

There the order of rows on disk, and the hidden number of the transaction that wrote each, would
tell in which order people answered, and which text or typed form came with which answers. SQLite
has neither here: the table is kept by its key alone.
"""

from datetime import date, timedelta

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

A_WEEK = timedelta(days=7)

# By the wave, never by the day of a row: that is the wave's first in surveys that keep none, and
# the one on the form for what came on paper. Batches end with their wave, unless the worker was
# away: answers could come in until they did.
TAKING = (
    "(SELECT id FROM waves WHERE state = 'open' OR (state = 'closed' AND closes_on >= :since) "
    "OR id IN (SELECT wave_id FROM entry_batches WHERE closed_on IS NULL OR closed_on >= :since))"
)
ANSWERS, TEXTS, TYPED = (
    text(f"UPDATE {table} SET {column} = {column} WHERE {which} RETURNING 1")  # noqa: S608 (constants)
    for table, column, which in (
        ("responses", "day", f"wave_id IN {TAKING}"),
        ("screened_texts", "came_on", f"wave_id IN {TAKING}"),
        (
            "entered_forms",
            "number",
            f"batch_id IN (SELECT id FROM entry_batches WHERE wave_id IN {TAKING})",  # noqa: S608 (as above)
        ),
    )
)


def forget_order(session: Session, today: date) -> int:
    """Rewrite the rows of waves that took answers lately, then lay all by their ids; how many.

    Lately is in the last week, so that nights on which no worker ran are made up for. Forms are
    not laid anew: their order is that of their numbers. The caller commits.
    """
    if session.get_bind().dialect.name != "postgresql":
        return 0
    since = today - A_WEEK
    # In the order in which answers are written, so that neither waits for the other for ever.
    written, queued, _forms = (_rewritten(session, each, since) for each in (ANSWERS, TEXTS, TYPED))
    if written:
        session.execute(text("CLUSTER responses USING pk_responses"))
    if queued:
        session.execute(text("CLUSTER screened_texts USING pk_screened_texts"))
    return written


def _rewritten(session: Session, rewrite: TextClause, since: date) -> int:
    return len(session.execute(rewrite, {"since": since}).all())
