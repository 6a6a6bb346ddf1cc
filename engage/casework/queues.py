"""The lists of the inbox: which reports are in each, what filters leave, and in which order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from engage.core.reporting.risk import Urgency, urgency_of
from engage.reports.models import Status

A_PAGE = 50
ID = 32
"""Characters of the id of a report."""


class Row(NamedTuple):
    """A report as the inbox knows it. Days are written, as 2026-11-23: they are put in order so.

    `strands`, `wishes` (the levels, of whichever agency) and `who` (marks of the victim, where
    they agreed to links) have commas between them. `assigned_to` and `centre` are 0 for none,
    `due_on`, on which the first clock ends, is empty for none. `mark` is its id and its version.
    """

    mark: str
    status: str
    held: bool
    received_on: str
    kind: str
    strands: str
    ward: str
    under_18: bool
    score: int
    urgency: str
    wishes: str
    assigned_to: int
    centre: int
    waiting_for: str
    due_on: str
    who: str

    @property
    def id(self) -> str:
        """Its id."""
        return self.mark[:ID]


@dataclass(slots=True)
class Rows:
    """Every report that somebody can open. Ten thousand objects would cost more than all the rest.

    `columns` are a list for each field of `Row`, in the order of `pressing`; `good` are the places
    in them that still hold. `fresh` are those that were opened since, in the same order.
    """

    columns: list[list[Any]] = field(default_factory=lambda: [[] for _ in Row._fields])
    good: Sequence[int] = ()
    fresh: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Rows":
        """Rows that were all opened now."""
        return cls(fresh=sorted(rows, key=pressing))

    def column(self, name: str) -> list[Any]:
        """The values of a field, by place."""
        return self.columns[Row._fields.index(name)]

    def row(self, place: int) -> Row:
        """The row at a place."""
        return Row._make([column[place] for column in self.columns])

    def merged(self, places: Iterable[int], fresh: Iterable[Row]) -> Iterator[Row]:
        """Some of both, in the order of `pressing`."""
        return merge(map(self.row, places), fresh, key=pressing)

    def __iter__(self) -> Iterator[Row]:
        """All of them, in the order of `pressing`."""
        return self.merged(self.good, self.fresh)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.good) + len(self.fresh)


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


def queues_of(
    status: str, assigned_to: int, waiting_for: str, *, under_18: bool, reader: Reader
) -> tuple[Queue, ...]:
    """The lists that a report is in. One of a colleague who left is nobody's again."""
    if status == Status.CLOSED:
        return (Queue.CLOSED,)
    whose = Queue.MINE if assigned_to == reader.id else None
    if assigned_to not in reader.colleagues:
        whose = Queue.UNASSIGNED
    found = (Queue.ALL, whose) if whose else (Queue.ALL,)
    if under_18:
        found = (*found, Queue.SAFEGUARDING)
    return (*found, Queue.WAITING) if waiting_for == "us" else found


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
            and (not self.strand or self.strand in row.strands.split(","))
            and self.ward in {"", row.ward}
            and (not self.wish or self.wish in row.wishes.split(","))
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


def look(rows: Rows, reader: Reader, queue: Queue | None, wanted: Filter, page: int) -> Found:
    """One page of a list, the most urgent first; without a named list, the first with anything."""
    kept: dict[Queue, list[int]] = {each: [] for each in Queue}
    fresh: dict[Queue, list[Row]] = {each: [] for each in Queue}
    names = ("status", "assigned_to", "waiting_for", "under_18")
    columns = zip(*map(rows.column, names), strict=True)
    good = {*rows.good}
    for at, (status, assigned_to, waiting_for, under_18) in enumerate(columns):
        if at in good:
            said = queues_of(status, assigned_to, waiting_for, under_18=under_18, reader=reader)
            for each in said:
                kept[each].append(at)
    for row in rows.fresh:
        told = (row.status, row.assigned_to, row.waiting_for)
        for each in queues_of(*told, under_18=row.under_18, reader=reader):
            fresh[each].append(row)
    counts = {each: len(kept[each]) + len(fresh[each]) for each in Queue}
    first = next((each for each in Queue if counts[each] and each is not Queue.CLOSED), Queue.ALL)
    queue = queue or first
    found: Iterable[Row] = rows.merged(kept[queue], fresh[queue])
    number = counts[queue]
    if wanted != Filter():
        found = [row for row in found if wanted.leaves(row)]
        number = len(found)
    pages = max(-(-number // A_PAGE), 1)
    page = min(max(page, 1), pages)
    some = list(islice(found, (page - 1) * A_PAGE, page * A_PAGE))
    return Found(queue, some, counts, number, page, pages)


def pressing(row: Row) -> tuple[int, str, int, str, str]:
    """What reports are put in order by: how urgent, the next clock to end, points, the day.

    What a person judged stands in place of what the points suggest.
    """
    urgent = row.urgency or urgency_of(row.score)
    return (ORDER[urgent], row.due_on or NEVER, -row.score, row.received_on, row.id)


ORDER = {Urgency.HIGH.value: 0, Urgency.RAISED.value: 1, Urgency.STANDARD.value: 2}
NEVER = "9999-12-31"
