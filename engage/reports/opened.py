"""Reports opened: by the keys that somebody holds, as far as those reach."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engage.extensions import table_of
from engage.keyring.held import Held
from engage.reports.holders import KEYS
from engage.reports.line import Line
from engage.reports.models import Report, ReportEntry, ReportPart
from engage.reports.parts import PARTS, open_entry, open_part
from engage.reports.rings import Ring, Rings, unsealed
from engage.seals.broken import BrokenSealError

REPORTS, REPORT_PARTS, ENTRIES = map(table_of, (Report, ReportPart, ReportEntry))
AT_ONCE = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something said or done since: `value` has "kind", "at", "by" and what belongs to the kind."""

    number: int
    ring: Ring
    value: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A report as far as its rings open it.

    `version` is what a change must have seen. `parts` are those that can be opened; of them,
    `gone` are no longer kept, and empty. `entries` are in the order in which they were made.
    """

    id: str
    month: str
    status: str
    version: int
    held: bool
    rings: Rings = field(repr=False)
    parts: Mapping[str, Mapping[str, Any]] = field(repr=False)
    entries: Sequence[Entry] = field(repr=False)
    gone: frozenset[str] = frozenset()

    @property
    def line(self) -> Line:
        """Its line in an inbox."""
        return Line.from_dict(self.parts["line"])


_REPORT = select(
    REPORTS.c.id, REPORTS.c.month, REPORTS.c.status, REPORTS.c.version, REPORTS.c.held
).where(REPORTS.c.id == bindparam("id"))
_PARTS = select(REPORT_PARTS.c.part, REPORT_PARTS.c.version, REPORT_PARTS.c.sealed).where(
    REPORT_PARTS.c.report_id == bindparam("id")
)
_ENTRIES = (
    select(ENTRIES.c.number, ENTRIES.c.ring, ENTRIES.c.sealed)
    .where(ENTRIES.c.report_id == bindparam("id"))
    .order_by(ENTRIES.c.number)
)


def open_report(connection: Connection, report_id: str, rings: Rings) -> OpenReport | None:
    """A report as far as these keys open it; None if it is gone. Raises BrokenSealError.

    To who holds every key nothing of it is left out quietly: a part or entry whose seal is broken
    was tampered with. To others an entry that they cannot open is one that is not for them.
    """
    asked = {"id": report_id}
    row = connection.execute(_REPORT, asked).one_or_none()
    if row is None:
        return None
    openable = {part for part, ring in PARTS.items() if rings.has(ring)}
    parts = {
        part: open_part(rings, report_id, part, version, sealed)
        for part, version, sealed in connection.execute(_PARTS, asked)
        if part in openable
    }
    gone = openable - set(parts)
    entries = tuple(
        Entry(number, *opened)
        for number, kept_as, sealed in connection.execute(_ENTRIES, asked)
        if (opened := open_entry(rings, report_id, number, kept_as, sealed))
    )
    blank: dict[str, dict[str, Any]] = {part: {} for part in gone}
    return OpenReport(*row, rings, parts | blank, entries, frozenset(gone))


def rings_of_staff(connection: Connection, held: Held, report_id: str) -> Rings | None:
    """The keys that a signed-in caseworker has of a report; None if they have none."""
    return rings_of_many(connection, held, [report_id]).get(report_id)


def rings_of_many(
    connection: Connection, held: Held, report_ids: Iterable[str]
) -> dict[str, Rings]:
    """The keys that a signed-in caseworker has of these reports, by their ids."""
    pair, wanted = held.pair, iter(report_ids)
    mine: dict[str, Rings] = {}
    while some := list(islice(wanted, AT_ONCE)):
        rows = connection.execute(_KEYS, {"staff": held.staff_id, "ids": some})
        for report_id, sealed in rows:
            with suppress(BrokenSealError):  # sealed to a pair that this person lost
                mine[report_id] = unsealed(pair, sealed)
    return mine


_KEYS = select(KEYS.c.report_id, KEYS.c.sealed).where(
    KEYS.c.staff_id == bindparam("staff"), KEYS.c.report_id.in_(bindparam("ids", expanding=True))
)
