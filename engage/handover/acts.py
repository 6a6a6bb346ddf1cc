"""What somebody does when handing over, in one transaction: entries, line, clocks, audit log.

Each act is conditional on the version of the report that the person saw (`seen`), and raises
ChangedElsewhereError if there is a newer one. The caller commits.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.core.reporting.clocks import What, due_after
from engage.handover.case import Case
from engage.reports import clocks
from engage.reports.changing import add_entry, change_part, set_status
from engage.reports.line import LineClock
from engage.reports.models import Status
from engage.reports.reading import note_changed
from engage.reports.rings import Ring


@dataclass(slots=True)
class Acting:
    """Somebody at work on a report; `seen` is counted up by what they do."""

    session: Session
    case: Case = field(repr=False)
    now: datetime
    seen: int
    clocks: tuple[LineClock, ...] = field(init=False)
    """Those that run, as far as what was done has changed them."""

    def __post_init__(self) -> None:
        """Begin with the report as it is stored."""
        report = self.case.report
        self.clocks = () if "line" in report.gone else report.line.clocks

    def add(self, ring: Ring, kind: str, **more: Any) -> None:
        """Add an entry; `more` is what belongs to its kind."""
        report = self.case.report
        entry = {"kind": kind, "at": self.now.isoformat(), "by": self.case.held.staff_id, **more}
        self.seen = add_entry(
            self.session.connection(), report.id, report.rings, ring, entry, seen=self.seen
        )

    def log(self) -> None:
        """Note in the audit log that it was changed: what was done stands in its entries."""
        note_changed(self.session, self.case.report.id, self.case.held.staff_id, self.now)

    def run(self, what: What, working_days: int) -> str:
        """Let a clock run from today; its id. Empty where the report has no line any more."""
        if "line" in self.case.report.gone:
            return ""
        due_on = due_after(day_of(self.now), working_days)
        made = clocks.started(self.session.connection(), what, due_on)
        self._clocks((*self.clocks, made))
        return made.id

    def stop(self, clock_id: str) -> None:
        """Stop a clock, if it runs."""
        if "line" in self.case.report.gone:
            return
        left = tuple(each for each in self.clocks if each.id != clock_id)
        if left != self.clocks:
            clocks.stop(self.session.connection(), clock_id)
            self._clocks(left)

    def went_out(self, *, told: bool) -> None:
        """Say how far the report is: to the reporter only if they may know that it went out.

        The status is read behind the receipt code too, so it stays as it is where they may not.
        """
        report = self.case.report
        if told and report.status in {Status.NEW, Status.OPEN}:
            self._set_status(Status.HANDED_OVER)
            self.add("talk", "status", status=str(Status.HANDED_OVER))
        elif report.status == Status.NEW:
            self._set_status(Status.OPEN)

    def _set_status(self, status: Status) -> None:
        self.seen = set_status(
            self.session.connection(), self.case.report.id, status, seen=self.seen
        )

    def _clocks(self, running: tuple[LineClock, ...]) -> None:
        report = self.case.report
        self.clocks = running
        line = replace(report.line, clocks=running)
        self.seen = change_part(
            self.session.connection(), report.id, report.rings, "line", line.to_dict(),
            seen=self.seen,
        )  # fmt: skip
