"""What the caseworkers of the demonstration did about a report, as entries that tell of it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engage.clock import day_of
from engage.core.reporting.clocks import What, due_after
from engage.core.reporting.overrides import ASKED, DECIDED
from engage.core.reporting.policy import Retention
from engage.demo.reported import TALKED
from engage.reports.changing import add_entry, alter_line, set_status
from engage.reports.clocks import started
from engage.reports.line import Line, LineClock
from engage.reports.models import Status
from engage.reports.retention import count_from
from engage.reports.rings import Ring, Rings

BETWEEN = timedelta(hours=5)


@dataclass(slots=True)
class Work:
    """Somebody at work on a report; each entry is some hours after the one before."""

    connection: Connection
    report_id: str
    rings: Rings = field(repr=False)
    staff_id: int
    at: datetime

    def add(self, ring: Ring, kind: str, *, by: str | int | None = None, **more: Any) -> int:
        """Add an entry; the report's new version."""
        self.at += BETWEEN
        who = self.staff_id if by is None else by
        entry = {"kind": kind, "at": self.at.isoformat(timespec="seconds"), "by": who, **more}
        return add_entry(self.connection, self.report_id, self.rings, ring, entry)

    def put(self, status: Status) -> None:
        """Say how far it is."""
        seen = self.add("talk", "status", status=str(status))
        set_status(self.connection, self.report_id, status, seen=seen)

    def run(self, what: What, due_on: date) -> LineClock:
        """Let a clock run until a day."""
        made = started(self.connection, what, due_on)
        self.alter(lambda line: replace(line, clocks=(*line.clocks, made)))
        return made

    def alter(self, how: Callable[[Line], Line]) -> None:
        """Write the line of the inbox anew."""
        alter_line(self.connection, self.report_id, self.rings, how)

    def override(self, wishes: Mapping[str, str], *, other: int | None, due_on: date) -> None:
        """Ask to tell social care more than was wished.

        A colleague (`other`) approves it; without one it waits for a second person until a day.
        """
        asked: dict[str, Any] = {
            "id": secrets.token_hex(16),
            "agency": "adult_social_care",
            "level": "full",
            "reason": "adult_at_risk",
            "basis": "safeguarding",
            "told": False,
            "not_told": "more_danger",
            "words": "She cannot protect herself, and it gets worse.",
            "immediate": False,
            "wishes": dict(wishes),
            "clock": "" if other else self.run(What.OVERRIDE_REVIEW, due_on).id,
        }
        self.add("notes", ASKED, **asked)
        if other is None:
            return
        agreed: dict[str, Any] = {"override": asked["id"], "approved": True, "words": "I agree."}
        self.add("notes", DECIDED, by=other, **agreed)


def work(done: Work, number: int, outcome: str, today: datetime, kept: Retention) -> None:
    """Be in touch and talk; with an outcome, close it. What is open has a day that is next."""
    question, answer, note = TALKED[number % len(TALKED)]
    first_on, due_on = day_of(done.at), due_after(day_of(today), 1 + number % 12)
    done.put(Status.OPEN)
    done.add("talk", "question", words=question)
    answered = number % 3 != 2
    if not outcome:
        done.at = max(done.at, today - timedelta(days=1))
    if answered:
        done.add("talk", "answer", by="reporter", words=answer)
    done.add("notes", "note", words=note)
    if outcome:
        done.add("notes", "closed", reason="done", outcome=outcome)
        done.put(Status.CLOSED)
        done.add("talk", "closed", words="Thank you for telling us. You can still write to us.")
        count_from(done.connection, done.report_id, day_of(done.at), kept)
    done.alter(
        lambda line: replace(
            line,
            waiting_for="" if outcome else "us" if answered else "them",
            first_contact_on=first_on,
            assigned_to=done.staff_id if number % 2 else None,
        )
    )
    if not outcome:
        what, by = (What.REPLY, due_after(day_of(today), 1)) if answered else (What.REVIEW, due_on)
        done.run(what, by)
