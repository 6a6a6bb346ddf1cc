"""The lists of the inbox: which reports are in each, what filters leave, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from engage.core.reporting.risk import Urgency, urgency_of
from engage.reports.models import Status

A_PAGE = 50


class Row(NamedTuple):
    """A report as the inbox knows it. Days are written, as 2026-11-23: they are put in order so.

    `wishes` are the levels, of whichever agency; `due_on` is the day on which the first clock
    ends, or empty; `who` are marks of the victim, where they agreed to links.
    """

    id: str
    version: int
    status: str
    held: bool
    received_on: str
    kind: str
    strands: list[str]
    ward: str
    under_18: bool
    score: int
    urgency: str
    wishes: list[str]
    assigned_to: int | None
    centre: int | None
    waiting_for: str
    due_on: str
    who: list[str]


class Queue(StrEnum):
    """The lists of the inbox, in the order in which they are looked at."""

    SAFEGUARDING = "safeguarding"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    ALL = "all"
    CLOSED = "closed"


NAMES = {
    Queue.SAFEGUARDING: "Safeguarding",
    Queue.MINE: "Mine",
    Queue.UNASSIGNED: "Nobody’s",
    Queue.WAITING: "Wait for us",
    Queue.ALL: "All open",
    Queue.CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the inbox, and which colleagues can take a report on."""

    id: int
    colleagues: frozenset[int]


def queues_of(row: Row, reader: Reader) -> set[Queue]:
    """The lists that a report is in. One of a colleague who left is nobody's again."""
    if row.status == Status.CLOSED:
        return {Queue.CLOSED}
    found = {Queue.ALL}
    if row.under_18:
        found.add(Queue.SAFEGUARDING)
    if row.assigned_to == reader.id:
        found.add(Queue.MINE)
    if row.assigned_to not in reader.colleagues:
        found.add(Queue.UNASSIGNED)
    if row.waiting_for == "us":
        found.add(Queue.WAITING)
    return found


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody looks for in a list; an empty value leaves everything."""

    status: str = ""
    kind: str = ""
    strand: str = ""
    ward: str = ""
    wish: str = ""

    def leaves(self, row: Row) -> bool:
        """Whether a report is one of those looked for."""
        return (
            self.status in {"", row.status}
            and self.kind in {"", row.kind}
            and (not self.strand or self.strand in row.strands)
            and self.ward in {"", row.ward}
            and (not self.wish or self.wish in row.wishes)
        )


@dataclass(slots=True)
class Found:
    """A page of a list. `counts` are those of every list, whatever was looked for."""

    queue: Queue
    rows: list[Row] = field(default_factory=list)
    counts: dict[Queue, int] = field(default_factory=dict)
    number: int = 0
    page: int = 1
    pages: int = 1


def look(
    rows: Iterable[Row], reader: Reader, queue: Queue | None, wanted: Filter, page: int
) -> Found:
    """One page of a list, the most urgent first; without a named list, the first with anything."""
    lists: dict[Queue, list[Row]] = {each: [] for each in Queue}
    for row in rows:
        for each in queues_of(row, reader):
            lists[each].append(row)
    first = next((each for each in Queue if lists[each] and each is not Queue.CLOSED), Queue.ALL)
    queue = queue or first
    left = sorted((row for row in lists[queue] if wanted.leaves(row)), key=pressing)
    pages = max(-(-len(left) // A_PAGE), 1)
    page = min(max(page, 1), pages)
    return Found(
        queue=queue,
        rows=left[(page - 1) * A_PAGE : page * A_PAGE],
        counts={each: len(those) for each, those in lists.items()},
        number=len(left),
        page=page,
        pages=pages,
    )


def pressing(row: Row) -> tuple[int, str, int, str, str]:
    """What reports are put in order by: how urgent, the next clock to end, points, the day.

    What a person judged stands in place of what the points suggest.
    """
    urgent = row.urgency or urgency_of(row.score)
    return (ORDER[urgent], row.due_on or NEVER, -row.score, row.received_on, row.id)


ORDER = {Urgency.HIGH.value: 0, Urgency.RAISED.value: 1, Urgency.STANDARD.value: 2}
NEVER = "9999-12-31"
