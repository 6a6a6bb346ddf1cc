"""The lists of the inbox: which reports are in each, what filters leave, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice

from engage.casework.rows import Row, Rows, pressing
from engage.reports.models import Status

A_PAGE = 50


class Queue(StrEnum):
    """The lists of the inbox, in the order in which they are looked at."""

    SAFEGUARDING = "safeguarding"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    OVERRIDES = "overrides"
    ALL = "all"
    CLOSED = "closed"


NAMES = {
    Queue.SAFEGUARDING: "Safeguarding",
    Queue.MINE: "Mine",
    Queue.UNASSIGNED: "Nobody’s",
    Queue.WAITING: "Wait for us",
    Queue.OVERRIDES: "Overrides to look at",
    Queue.ALL: "All open",
    Queue.CLOSED: "Closed",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the inbox, and which colleagues can take a report on."""

    id: int
    colleagues: frozenset[int]


Standing = tuple[str, int, str, bool, bool]
"""What decides in which lists a report is: status, assigned to, waits for, under 18, override."""
STANDS = ("status", "assigned_to", "waiting_for", "under_18", "second")


def standing_of(row: Row) -> Standing:
    """How a report stands."""
    return (row.status, row.assigned_to, row.waiting_for, row.under_18, row.second)


def queues_of(standing: Standing, reader: Reader) -> tuple[Queue, ...]:
    """The lists that a report is in. One of a colleague who left is nobody's again."""
    status, assigned_to, waiting_for, under_18, second = standing
    urgent = {Queue.WAITING: waiting_for == "us", Queue.OVERRIDES: second}
    if status == Status.CLOSED:  # what somebody writes afterwards is to be found all the same
        return (*(queue for queue, there in urgent.items() if there), Queue.CLOSED)
    held_by = {
        Queue.ALL: True,
        Queue.SAFEGUARDING: under_18,
        Queue.MINE: assigned_to == reader.id,
        Queue.UNASSIGNED: assigned_to not in reader.colleagues,
        **urgent,
    }
    return tuple(queue for queue, there in held_by.items() if there)


def _by_standing(rows: Rows) -> dict[Standing, list[int]]:
    """The places in the columns that still hold, by how their reports stand."""
    columns = [rows.column(name) for name in STANDS]
    found: dict[Standing, list[int]] = {}
    every = list(zip(*columns, strict=True))
    for at in rows.good:
        found.setdefault(every[at], []).append(at)
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
    kept, fresh = _by_standing(rows), dict[Standing, list[Row]]()
    for row in rows.fresh:
        fresh.setdefault(standing_of(row), []).append(row)
    queues = {each: queues_of(each, reader) for each in {*kept, *fresh}}
    counts = dict.fromkeys(Queue, 0)
    for each, those in queues.items():
        for one in those:
            counts[one] += len(kept.get(each, ())) + len(fresh.get(each, ()))
    first = next((each for each in Queue if counts[each] and each is not Queue.CLOSED), Queue.ALL)
    queue = queue or first
    within = [each for each, those in queues.items() if queue in those]
    places = sorted(chain.from_iterable(kept.get(each, ()) for each in within))
    opened = sorted(chain.from_iterable(fresh.get(each, ()) for each in within), key=pressing)
    found: Iterable[Row] = rows.merged(places, opened)
    number = counts[queue]
    if wanted != Filter():
        found = [row for row in found if wanted.leaves(row)]
        number = len(found)
    pages = max(-(-number // A_PAGE), 1)
    page = min(max(page, 1), pages)
    some = list(islice(found, (page - 1) * A_PAGE, page * A_PAGE))
    return Found(queue, some, counts, number, page, pages)
