"""Verifying the audit log: whether anything was changed, cut off or written anew."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from engage.audit.anchors import Anchor, standing
from engage.audit.append import EVENTS, HEADS
from engage.audit.chain import COVERED, GENESIS, event_hash
from engage.audit.log import kept_since

AT_ONCE = 2000
MOST_FAULTS = 20
"""More than that say nothing new."""


@dataclass(slots=True)
class Verdict:
    """What was found. The log is sound if there are no faults."""

    events: int = 0
    first: int = 0
    last: int = 0
    agree: int = 0
    """Anchors that the log bears out."""
    unanchored: int = 0
    """Events since the last anchor."""
    restores: list[Anchor] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """Where reading the chain has come to."""

    gone: tuple[int, bytes]
    last: tuple[int, bytes]


Told = Callable[[int, int], None]
"""Told how many events were read, and how many there are."""


def verify(
    connection: Connection,
    anchors: Sequence[Anchor],
    now: datetime,
    told: Told = lambda _done, _of: None,
) -> Verdict:
    """Read the whole log and hold it against anchors that were read before.

    The connection has to see one moment throughout: see `engage.audit.check`.
    """
    head = connection.execute(select(HEADS)).one_or_none()
    verdict = Verdict(restores=[each for each in anchors if each.restored])
    gone = (head.gone_id, bytes(head.gone_hash)) if head else (0, GENESIS)
    of = head.last_id - head.gone_id if head else 0
    read = _Read(gone, gone)
    kept = standing(anchors)
    asked: dict[int, list[Anchor]] = {}
    for anchor in kept:
        asked.setdefault(anchor.number, []).append(anchor)
    faults = [
        *_chain(connection, read, asked, verdict, lambda: told(verdict.events, of)),
        *_ends(head, read, verdict),
        *_anchored(kept, read, verdict, now),
    ]
    verdict.faults = faults[:MOST_FAULTS]
    verdict.unanchored = read.last[0] - max((each.number for each in kept), default=0)
    return verdict


def _chain(
    connection: Connection,
    read: _Read,
    asked: dict[int, list[Anchor]],
    verdict: Verdict,
    told: Callable[[], None],
) -> Iterator[str]:
    """Go through the events; each has to follow from the one before it."""
    rows = connection.execution_options(yield_per=AT_ONCE).execute(
        select(EVENTS).order_by(EVENTS.c.id)
    )
    for row in rows:
        verdict.events += 1
        verdict.first = verdict.first or row.id
        verdict.last = row.id
        stored = bytes(row.hash)
        columns = {name: getattr(row, name) for name in COVERED}
        made = event_hash(read.last[1], row.id, **columns)
        if made != stored:
            yield (
                f"Event {row.id} does not follow from event {read.last[0]}: one of the two was "
                "changed, or something between them was taken out."
            )
        for anchor in asked.pop(row.id, []):
            if anchor.hash == stored:
                verdict.agree += 1
            else:
                yield (
                    f"Event {row.id} is not the one that its anchor saw: the chain was written "
                    "anew from there or before."
                )
        read.last = (row.id, stored)
        if verdict.events % AT_ONCE == 0:
            told()


def _ends(head: Any, read: _Read, verdict: Verdict) -> Iterator[str]:
    """The row that says where the chain stands has to agree with its last event."""
    if head is None and verdict.events:
        yield "The row of audit_heads is missing: nothing says where the chain stands."
    elif head is not None and (head.last_id, bytes(head.last_hash)) != read.last:
        yield (
            f"The log ends with event {read.last[0]}, but its head stands at event "
            f"{head.last_id}: its tail was cut off, or its head was changed."
        )


def _anchored(
    kept: Sequence[Anchor], read: _Read, verdict: Verdict, now: datetime
) -> Iterator[str]:
    """What the anchors saw has to be there still, or to be too old to be kept."""
    last = max((each.number for each in kept), default=0)
    if last > read.last[0]:
        yield (
            f"The anchors saw event {last}, but the log ends with event {read.last[0]}: its tail "
            "was cut off, or an older database was put in its place."
        )
    if verdict.events and not kept:
        yield "There are no anchors, so the whole chain may have been written anew."
    # At 0 the log had no event, and a restored anchor has the moment of the restore: neither tells
    # how old an event is.
    dated = [each for each in kept if each.number and not each.restored]
    young = [each for each in dated if each.number <= read.gone[0] and each.at > kept_since(now)]
    if young:
        yield (
            f"Event {young[0].number} is said to have been deleted by age, but it is of "
            f"{young[0].at:%d %B %Y}: the beginning of the log was cut off."
        )
    for each in kept:
        if each.number == read.gone[0] and each.hash != read.gone[1]:
            yield f"The chain does not begin where event {each.number}, the last deleted, ended."
