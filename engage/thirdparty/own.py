"""The reports of a centre, as its workers open them: what happened, and what casework wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy import Connection

from engage.centres.store import Worker, worker_of
from engage.keyring.held import held_keys
from engage.reports.holders import CentreHolder, reports_of_centre
from engage.reports.opened import OpenReport, open_report
from engage.web.access import current_user

TALK = ("message",)
"""The kinds of entries that a centre and casework write to each other."""


@dataclass(frozen=True, slots=True)
class Own:
    """A report of the centre; `number` counts the centre's own from 1, in order of sending."""

    number: int
    report: OpenReport

    @property
    def month(self) -> str:
        """The month in which it was sent, in words."""
        return f"{date.fromisoformat(f'{self.report.month}-01'):%B %Y}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """The coded answers."""
        return self.report.parts["facts"]

    @property
    def messages(self) -> list[Mapping[str, Any]]:
        """What the centre and casework wrote, the oldest first."""
        return [each.value for each in self.report.entries if each.value.get("kind") in TALK]

    @property
    def waits(self) -> bool:
        """Whether casework wrote last."""
        return bool(self.messages) and self.messages[-1].get("by") != "centre"


def worker_here(connection: Connection) -> Worker:
    """The worker who is signed in; 403 for an account that belongs to no centre."""
    worker = worker_of(connection, current_user.id)
    if worker is None:
        abort(
            403,
            "Your account does not belong to a centre. Ask the partnership’s staff to add you to "
            "yours.",
        )
    return worker


def has_key(worker: Worker) -> bool:
    """Whether this worker can open the centre's reports."""
    return worker.shared_key in held_keys().shared


def own_reports(connection: Connection, worker: Worker) -> list[Own]:
    """Every report of the centre, the newest first; none for a worker without its key."""
    if not has_key(worker):
        return []
    holder = CentreHolder(worker.centre_id, held_keys().shared[worker.shared_key])
    opened = (
        (each.number + 1, open_report(connection, each.report_id, each.rings))
        for each in reports_of_centre(connection, holder)
    )
    return [Own(number, report) for number, report in opened if report is not None][::-1]


def own_report(connection: Connection, worker: Worker, number: int) -> Own:
    """One report of the centre; 404 where there is none of that number."""
    reports = {each.number: each for each in own_reports(connection, worker)}
    return reports.get(number) or abort(404)
