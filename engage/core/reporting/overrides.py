"""Handing over against a wish: who asked, who decided, and whether it may be used.

Two people, never the same. One asks with a reason, a lawful basis and whether the victim was told;
another approves before anything leaves. In immediate danger it may leave at once, and another
person looks at it afterwards; a "no" before that ends it. One that nobody used lapses. All of it
is read from the entries of a report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from engage.core.reporting.wishes import Level

ASKED, DECIDED, REVIEWED = "override_asked", "override_decided", "override_reviewed"
HANDOVER = "handover"


class Standing(StrEnum):
    """How far an override is."""

    WAITING = "waiting"  # for another person to approve it
    USABLE = "usable"  # a package may be made
    USED = "used"
    REFUSED = "refused"
    LAPSED = "lapsed"  # nobody used it in its time


@dataclass(frozen=True, slots=True)
class Override:
    """An override as the entries tell it; numbers are those of staff, `at` is in ISO 8601.

    `wishes` are the levels that bound us when it was asked for: if they change, it has to be asked
    for again.
    """

    id: str
    agency: str
    level: Level
    reason: str
    basis: str
    told: bool
    not_told: str
    words: str
    immediate: bool
    wishes: Mapping[str, str]
    clock: str
    by: int
    at: str
    decided_by: int | None = None
    approved: bool = False
    reviewed_by: int | None = None
    right: bool | None = None
    package: str = ""
    used_by: int | None = None
    lapsed: bool = False

    @property
    def standing(self) -> Standing:
        """How far it is."""
        if self.package:
            return Standing.USED
        if self.decided_by is not None and not self.approved:
            return Standing.REFUSED
        if self.lapsed:
            return Standing.LAPSED
        return Standing.USABLE if self.immediate or self.approved else Standing.WAITING

    @property
    def to_be_reviewed(self) -> bool:
        """Whether a second person still has to look at what was disclosed at once.

        Only what was used can be reviewed; where somebody approved it before, two stand for it.
        """
        at_once = self.immediate and self.decided_by is None
        return at_once and bool(self.package) and self.reviewed_by is None

    @property
    def undecided(self) -> bool:
        """Whether a second person can still approve or refuse it: nothing has left by it."""
        return self.decided_by is None and not self.package

    def may_decide(self, staff_id: int) -> bool:
        """Whether somebody may approve or refuse it: anybody but the one who asked."""
        return self.undecided and staff_id != self.by

    def may_review(self, staff_id: int) -> bool:
        """Whether somebody may review it: nobody who asked for it or handed over by it."""
        return self.to_be_reviewed and staff_id not in {self.by, self.used_by}


def overrides_in(entries: Iterable[Mapping[str, Any]]) -> tuple[Override, ...]:
    """Every override that the entries of a report tell of, in the order in which they were asked.

    Only the first decision and the first review count, and none by a person who may not.
    """
    found: dict[str, Override] = {}
    for entry in entries:
        kind = entry.get("kind")
        if kind == ASKED:
            one = _asked(entry)
            found.setdefault(one.id, one)
            continue
        one_id = str(entry.get("override", ""))
        if kind in AFTER and one_id in found:
            found[one_id] = AFTER[kind](found[one_id], entry)
    return tuple(found.values())


def lapse(one: Override, now: datetime, days: int) -> Override:
    """An override as it is now: lapsed if nobody used it for so many days since it was asked."""
    return replace(one, lapsed=datetime.fromisoformat(one.at) <= now - timedelta(days=days))


def _asked(entry: Mapping[str, Any]) -> Override:
    return Override(
        id=str(entry["id"]),
        agency=str(entry["agency"]),
        level=Level(entry["level"]),
        reason=str(entry["reason"]),
        basis=str(entry["basis"]),
        told=entry["told"] is True,
        not_told=str(entry["not_told"]),
        words=str(entry["words"]),
        immediate=entry["immediate"] is True,
        wishes=dict(entry["wishes"]),
        clock=str(entry["clock"]),
        by=int(entry["by"]),
        at=str(entry["at"]),
    )


def _decided(one: Override, entry: Mapping[str, Any]) -> Override:
    by = int(entry["by"])
    if not one.may_decide(by):
        return one
    return replace(one, decided_by=by, approved=entry["approved"] is True)


def _reviewed(one: Override, entry: Mapping[str, Any]) -> Override:
    by = int(entry["by"])
    if not one.may_review(by):
        return one
    return replace(one, reviewed_by=by, right=entry["right"] is True)


def _used(one: Override, entry: Mapping[str, Any]) -> Override:
    if one.standing is not Standing.USABLE:
        return one
    return replace(
        one,
        package=str(entry["package"]),
        used_by=int(entry["by"]),
        clock=str(entry.get("review_clock") or one.clock),
    )


AFTER = {DECIDED: _decided, REVIEWED: _reviewed, HANDOVER: _used}
"""What each kind of entry that names an override changes about it."""
