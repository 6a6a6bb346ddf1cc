"""What a centre wrote and casework has not answered.

A centre's workers cannot open the line of a report, so what waits for us is told by the entries.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engage.reports.opened import Entry

ANSWERS = frozenset({"message", "contact", "review", "closed"})
"""Entries of ours after which the centre waits no more."""

Value = Mapping[str, Any]


def since(entries: Sequence[Entry]) -> Iterator[Value]:
    """Where it can stand, the newest first: not in what is said with whoever reported."""
    return (each.value for each in reversed(entries) if each.ring != "talk")


def unanswered(newest_first: Iterable[Value]) -> Iterator[Value]:
    """The messages of the centre since ours, the newest first.

    Takes no more entries than it needs to: each has to be opened.
    """
    for value in newest_first:
        kind, by = value.get("kind"), value.get("by")
        if kind == "message" and by == "centre":
            yield value
        elif kind in ANSWERS and isinstance(by, int):
            return
