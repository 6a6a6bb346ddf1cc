"""Finding events of the audit log: by days, person, kind of act and subject, the newest first."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.engine import Connection, Engine

from engage.audit.append import EVENTS
from engage.audit.words import ACTIONS, words_of
from engage.clock import LONDON

A_PAGE = 50
MOST = 100_000
"""Rows of one file: more come in parts, by days."""
AT_ONCE = 2000

VIEWS = "views"
EXPORTS = "exports"
GROUPS = {
    VIEWS: "Every look at personal data",
    EXPORTS: "Every file that left",
}
"""Acts that belong together, and what they are called."""
OPENED = ("centre_report.opened", "event.list_opened", "report.opened", "signature.opened")
LEFT = ("file.downloaded", "file.exported")


def acts_of(group: str) -> list[str]:
    """The acts of a group; of anything else, that one."""
    if group == VIEWS:
        return sorted({*OPENED, *(each for each in ACTIONS if each.endswith(".seen"))})
    if group == EXPORTS:
        return sorted({*LEFT, *(each for each in ACTIONS if each.endswith(".exported"))})
    return [group]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are wanted; what is empty may be anything.

    Days are London's, both included; person 0 is what the system did by itself; `action` is one
    act or one of GROUPS; `subject` is one thing, such as `wave:3`.
    """

    first: date | None = None
    last: date | None = None
    person: int | None = None
    action: str = ""
    subject: str = ""

    def clauses(self) -> list[ColumnElement[bool]]:
        """The conditions on the table of events."""
        at = EVENTS.c
        found: list[ColumnElement[bool]] = []
        if self.first:
            found.append(at.at >= _midnight(self.first))
        if self.last:
            found.append(at.at < _midnight(self.last + timedelta(days=1)))
        if self.person is not None:
            found.append(at.staff_id == self.person if self.person else at.staff_id.is_(None))
        if self.action:
            acts = acts_of(self.action)
            found.append(at.action.in_(acts) if len(acts) > 1 else at.action == acts[0])
        if self.subject:
            found.append(at.subject == self.subject)
        return found


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it is shown. `facts` are what its detail says, by name."""

    id: int
    at: datetime
    staff_id: int | None
    action: str
    subject: str
    facts: Mapping[str, object]
    hash: str

    @property
    def words(self) -> str:
        """What the act is called."""
        return words_of(self.action)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of events, and the numbers by which the next older and newer ones are asked for."""

    events: Sequence[Event]
    older: int | None
    newer: bool


def page(connection: Connection, wanted: Wanted, before: int | None = None) -> Page:
    """The newest events that are wanted, or those before the event of that number."""
    query = newest_first(wanted)
    if before is not None:
        edge = select(EVENTS.c.at).where(EVENTS.c.id == before).scalar_subquery()
        query = query.where(tuple_(EVENTS.c.at, EVENTS.c.id) < tuple_(edge, before))
    rows = connection.execute(query.limit(A_PAGE + 1)).all()
    events = [_event(row) for row in rows[:A_PAGE]]
    return Page(events, events[-1].id if len(rows) > A_PAGE else None, before is not None)


def too_many(connection: Connection, wanted: Wanted) -> bool:
    """Whether more are wanted than one file holds."""
    some = select(EVENTS.c.id).where(*wanted.clauses()).limit(MOST + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(some)) or 0) > MOST


def every(engine: Engine, wanted: Wanted) -> Iterator[Event]:
    """All that are wanted, the newest first, some at a time, on a connection of its own."""
    query = newest_first(wanted).limit(MOST)
    with engine.connect().execution_options(read_only=True, yield_per=AT_ONCE) as connection:
        for row in connection.execute(query):
            yield _event(row)


def newest_first(wanted: Wanted) -> Select[Any]:
    """The query for the events that are wanted, the newest first."""
    order = EVENTS.c.at.desc(), EVENTS.c.id.desc()
    return select(EVENTS).where(*wanted.clauses()).order_by(*order)


def _event(row: Row[Any]) -> Event:
    facts = json.loads(row.detail)
    hashed = bytes(row.hash).hex()
    return Event(row.id, row.at, row.staff_id, row.action, row.subject, facts, hashed)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
