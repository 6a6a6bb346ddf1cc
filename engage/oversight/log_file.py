"""Events of the audit log as CSV, some at a time, so that a long one takes little memory."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from engage.core.export.csv_file import csv_bytes
from engage.oversight.events import AT_ONCE, Event

COLUMNS = (
    "Number",
    "Moment (UTC)",
    "Account",
    "Name",
    "Act",
    "What it is called",
    "To what",
    "Facts",
    "Hash",
)


def written(found: Iterable[Event], people: Mapping[int, str]) -> Iterator[bytes]:
    """The parts of the file; names of accounts that are deleted are empty."""
    first = csv_bytes(COLUMNS, [])
    yield first
    rows = (_row(each, people) for each in found)
    while some := list(islice(rows, AT_ONCE)):
        yield csv_bytes(COLUMNS, some)[len(first) :]


def _row(event: Event, people: Mapping[int, str]) -> tuple[str | int | None, ...]:
    return (
        event.id,
        event.at.isoformat(),
        event.staff_id,
        people.get(event.staff_id or 0, ""),
        event.action,
        event.words,
        event.subject,
        json.dumps(dict(event.facts), sort_keys=True),
        event.hash,
    )
