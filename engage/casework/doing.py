"""What somebody does to a report, in one transaction: entries, line, clocks, facts, status.

Each step is conditional on the version before it, so that what two people do at once is either
both there or refused with `ChangedElsewhereError`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from engage.casework.unanswered import since, unanswered
from engage.clock import day_of
from engage.core.reporting.clocks import What, due_after
from engage.core.reporting.policy import Policy
from engage.keyring.held import Held
from engage.keyring.shared import STATISTICS
from engage.reports import clocks
from engage.reports.changing import add_entry, change_part, set_status
from engage.reports.facts import Facts, facts_of, seal_facts
from engage.reports.line import Line
from engage.reports.models import Status
from engage.reports.opened import OpenReport
from engage.reports.rings import Ring


@dataclass(slots=True)
class Doing:
    """Somebody at work on a report, as they saw it; `version` is counted up by what they do."""

    session: Session
    report: OpenReport
    held: Held = field(repr=False)
    now: datetime
    policy: Policy
    seen: int
    status: str = ""
    line: Line = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Begin with the report as it is stored."""
        self.line = self.report.line
        self.status = self.report.status

    @property
    def connection(self) -> Connection:
        """The transaction that it is done in."""
        return self.session.connection()

    @property
    def today(self) -> date:
        """The day of it."""
        return day_of(self.now)

    def add(self, ring: Ring, kind: str, **more: Any) -> None:
        """Add an entry; `more` is what belongs to its kind. Raises ChangedElsewhereError."""
        entry = {"kind": kind, "at": self.now.isoformat(), "by": self.held.staff_id, **more}
        self.seen = add_entry(
            self.connection, self.report.id, self.report.rings, ring, entry, seen=self.seen
        )

    def alter_line(self, alter: Callable[[Line], Line]) -> None:
        """Write the line of the inbox anew; where it is no longer kept, there is nothing to say."""
        altered = alter(self.line)
        if "line" in self.report.gone or altered == self.line:
            return
        self.line = altered
        self.seen = change_part(
            self.connection,
            self.report.id,
            self.report.rings,
            "line",
            altered.to_dict(),
            seen=self.seen,
        )

    def alter_facts(self, alter: Callable[[Facts], Facts]) -> None:
        """Count the report otherwise; only who holds the statistics key can."""
        private = self.held.shared.get(STATISTICS)
        facts = private and facts_of(self.connection, self.report.id, private)
        if facts:
            seal_facts(self.connection, self.report.id, alter(facts))

    def set_status(self, status: Status) -> None:
        """Say how far the report is, in the clear and among the entries."""
        if status != self.status:
            self.seen = set_status(self.connection, self.report.id, status, seen=self.seen)
            self.add("talk", "status", status=str(status))
            self.status = status

    def run(self, what: What, working_days: int) -> None:
        """Let a clock run from today; one for the same that runs already is stopped."""
        self.stop(what)
        due_on = due_after(self.today, working_days)
        made = clocks.started(self.connection, what, due_on)
        self.alter_line(lambda line: replace(line, clocks=(*line.clocks, made)))

    def stop(self, *what: What) -> None:
        """Stop the clocks that run for these."""
        ended = [each for each in self.line.clocks if each.what in what]
        for each in ended:
            clocks.stop(self.connection, each.id)
        left = tuple(each for each in self.line.clocks if each not in ended)
        self.alter_line(lambda line: replace(line, clocks=left))

    def answered(self) -> None:
        """Note that the centre has been answered: the clocks of what it wrote stop."""
        for value in unanswered(since(self.report.entries)):
            clocks.stop(self.connection, str(value.get("clock", "")))

    def contacted(self) -> None:
        """Note that somebody of ours got in touch: the first time ends the clock for it."""
        self.stop(What.FIRST_CONTACT, What.REPLY)
        if self.line.first_contact_on is None:
            self.alter_line(lambda line: replace(line, first_contact_on=self.today))
            days = (self.today - self.line.received_on).days
            self.alter_facts(lambda facts: replace(facts, days_to_first_contact=days))

    def taken_up(self) -> None:
        """A new report is being worked on from now, and looked at again when its review is due."""
        if self.status == Status.NEW:
            self.set_status(Status.OPEN)
            if self.line.declined and not self.report.parts.get("contact", {}).get("contact_how"):
                self.stop(What.FIRST_CONTACT)  # there is no way in which anybody could be reached
            self.run(What.REVIEW, self.policy.clocks.review)
