"""On PostgreSQL, nightly: rows lie in the order of their random ids, written by one transaction.

There the order of rows on disk, and the hidden number of the transaction that wrote each, would
tell in which order people answered, and which text or typed form came with which answers. SQLite
has neither here: the table is kept by its key alone.
"""

from datetime import date, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

A_WEEK = timedelta(days=7)

# By the wave, never by the day of a row: that is the wave's first in surveys that keep none, and
# the one on the form for what came on paper. Batches end with their wave, unless the worker was
# away: answers could come in until they did.
TAKING = (
    "(SELECT id FROM waves WHERE state = 'open' OR (state = 'closed' AND closes_on >= :since) "
    "OR id IN (SELECT wave_id FROM entry_batches WHERE closed_on IS NULL OR closed_on >= :since))"
)
FORMS = f"SELECT id FROM entry_batches WHERE wave_id IN {TAKING}"  # noqa: S608 (a constant)
TYPED = f"SELECT id FROM entered_forms WHERE batch_id IN ({FORMS})"  # noqa: S608 (as above)
ROWS = {
    "responses": f"SET day = day WHERE wave_id IN {TAKING}",
    "screened_texts": f"SET came_on = came_on WHERE wave_id IN {TAKING}",
    "entered_forms": f"SET number = number WHERE batch_id IN ({FORMS})",
    "form_answers": f"SET form_id = form_id WHERE form_id IN ({TYPED})",
}
LAID = {"responses": "pk_responses", "screened_texts": "pk_screened_texts"}
"""Table to the index by which it is laid. Forms are not: their order is that of their numbers."""


def forget_order(session: Session, today: date) -> int:
    """Rewrite the rows of waves that took answers lately, then lay them by their ids; how many.

    Lately is in the last week, so that nights on which no worker ran are made up for. The caller
    commits.
    """
    if session.get_bind().dialect.name != "postgresql":
        return 0
    since = {"since": today - A_WEEK}
    # In the order in which answers are written, so that neither waits for the other for ever.
    written = {
        table: len(session.execute(text(f"UPDATE {table} {rows} RETURNING 1"), since).all())
        for table, rows in ROWS.items()
    }
    for table, index in LAID.items():
        if written[table]:
            session.execute(text(f"CLUSTER {table} USING {index}"))
    return written["responses"]
