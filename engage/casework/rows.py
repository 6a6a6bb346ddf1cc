"""The reports that somebody can open, as their inbox keeps them: one line each, in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from typing import Any, NamedTuple

from engage.core.reporting.risk import Urgency, urgency_of

ID = 32
"""Characters of the id of a report."""


class Row(NamedTuple):
    """A report as the inbox knows it. Days are written, as 2026-11-23: they are put in order so.

    `strands`, `wishes` (the levels, of whichever agency) and `who` (marks of the victim, where
    they agreed to links) have commas between them. `assigned_to` and `centre` are 0 for none,
    `due_on`, on which the first clock ends, is empty for none. `mark` is its id and its version.
    `second` says that an override waits for a second person.
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
    second: bool = False

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


def pressing(row: Row) -> tuple[int, str, int, str, str]:
    """What reports are put in order by: how urgent, the next clock to end, points, the day.

    What a person judged stands in place of what the points suggest.
    """
    urgent = row.urgency or urgency_of(row.score)
    return (ORDER[urgent], row.due_on or NEVER, -row.score, row.received_on, row.id)


ORDER = {Urgency.HIGH.value: 0, Urgency.RAISED.value: 1, Urgency.STANDARD.value: 2}
NEVER = "9999-12-31"
