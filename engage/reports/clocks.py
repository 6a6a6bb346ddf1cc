"""That something is due on a day: in the clear, so that the worker can tell when it is late.

Nothing in a row says which report it is about. The report's line, sealed, has the row's id.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from engage.extensions import table_of
from engage.reports.holders import new_id
from engage.reports.line import LineClock
from engage.reports.models import ReportClock

CLOCKS = table_of(ReportClock)


def set_clock(connection: Connection, due_on: date) -> str:
    """Note that something is due on a day; the id, for the report's line."""
    clock_id = new_id()
    connection.execute(insert(CLOCKS).values(id=clock_id, due_on=due_on))
    return clock_id


def started(connection: Connection, what: str, due_on: date) -> LineClock:
    """A new clock, for the report's line to keep: it alone says what is due and of which report."""
    return LineClock(set_clock(connection, due_on), str(what), due_on)


def move(connection: Connection, clock_id: str, due_on: date) -> bool:
    """Let it be due on another day, of which nobody was told yet; False if it has stopped."""
    moved = update(CLOCKS).where(CLOCKS.c.id == clock_id).values(due_on=due_on, told_on=None)
    return connection.execute(moved).rowcount > 0


def stop(connection: Connection, clock_id: str) -> None:
    """It is done."""
    connection.execute(delete(CLOCKS).where(CLOCKS.c.id == clock_id))


def overdue(connection: Connection, today: date, *, untold: bool = False) -> list[str]:
    """The clocks whose day is over, the longest first; `untold`: of which nobody was told."""
    late = select(CLOCKS.c.id).where(CLOCKS.c.due_on < today)
    if untold:
        late = late.where(CLOCKS.c.told_on.is_(None))
    return list(connection.scalars(late.order_by(CLOCKS.c.due_on, CLOCKS.c.id)))


def to_tell(connection: Connection, today: date, soon: date) -> tuple[list[str], list[str]]:
    """The clocks that end by the day `soon` and of which nobody was told; then the overdue ones.

    Of what is overdue people are told every day.
    """
    rows = connection.execute(
        select(CLOCKS.c.id, CLOCKS.c.due_on, CLOCKS.c.told_on)
        .where(CLOCKS.c.due_on <= soon)
        .order_by(CLOCKS.c.due_on, CLOCKS.c.id)
    ).all()
    due = [each.id for each in rows if each.due_on >= today and each.told_on is None]
    late = [
        each.id
        for each in rows
        if each.due_on < today and (each.told_on is None or each.told_on < today)
    ]
    return due, late


def told(connection: Connection, clock_ids: Iterable[str], today: date) -> None:
    """Note that somebody was told of these."""
    connection.execute(update(CLOCKS).where(CLOCKS.c.id.in_(list(clock_ids))).values(told_on=today))
