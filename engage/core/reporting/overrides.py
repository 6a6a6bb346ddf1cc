"""Handing over against a wish: who asked, who decided, and whether it may be used.

Two people, never the same. One asks with a reason, a lawful basis and whether the victim was told;
another approves before anything leaves. In immediate danger it may leave at once, and another
person looks at it afterwards. All of it is read from the entries of a report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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

    @property
    def standing(self) -> Standing:
        """How far it is."""
        if self.package:
            return Standing.USED
        if self.decided_by is not None and not self.approved:
            return Standing.REFUSED
        return Standing.USABLE if self.immediate or self.approved else Standing.WAITING

    @property
    def to_be_reviewed(self) -> bool:
        """Whether a second person still has to look at what was disclosed at once."""
        return self.immediate and self.reviewed_by is None

    def may_decide(self, staff_id: int) -> bool:
        """Whether somebody may approve or refuse it: anybody but the one who asked."""
        return self.standing is Standing.WAITING and staff_id != self.by

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
    return replace(one, package=str(entry["package"]), used_by=int(entry["by"]))


AFTER = {DECIDED: _decided, REVIEWED: _reviewed, HANDOVER: _used}
"""What each kind of entry that names an override changes about it."""
