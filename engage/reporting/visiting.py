"""The report that a code opened in this browser: found for each request, and closed when idle."""

from dataclasses import dataclass, field, replace

from flask import abort, redirect, session, url_for
from sqlalchemy import Connection

from engage import clock
from engage.core.reporting.wishes import Giver
from engage.extensions import db
from engage.reporting.views import reading
from engage.reports import visit
from engage.reports.held_here import READING
from engage.reports.opened import OpenReport, open_report
from engage.reports.receipts import Visit, opens_still

OWN_CODE = "own_code"
"""The entry that says that the victim has a code that no worker saw."""


@dataclass(frozen=True, slots=True)
class Visiting:
    """Somebody with their report open; `mine` is what may be read and written with their code."""

    token: str = field(repr=False)
    visit: Visit = field(repr=False)
    report: OpenReport = field(repr=False)

    @property
    def role(self) -> str:
        """What whoever reported is in it."""
        return str(self.report.parts["facts"].get("role", ""))

    @property
    def giver(self) -> Giver:
        """As whom they speak about wishes: the code of a worker's report is the victim's own."""
        return Giver.VICTIM if self.role in {"victim", "worker"} else Giver.OTHER

    @property
    def needs_own_code(self) -> bool:
        """Whether the code was seen by a worker, and none was made in its place yet."""
        own = any(each.value.get("kind") == OWN_CODE for each in self.report.entries)
        return self.role == "worker" and not own


def holds_visit() -> bool:
    """Whether this browser was given a token of an opened report; it may be over by now."""
    return isinstance(session.get(READING), str)


def visiting(*, own_code: bool = True) -> Visiting:
    """The report that this browser has open; where it has none, the page that asks for a code.

    With `own_code`, who came with a code that a worker saw is first given another.
    """
    token = session.get(READING)
    with reading().connect() as connection:
        found = _found(connection, token) if isinstance(token, str) else None
    if found is None:
        session.pop(READING, None)
        if isinstance(token, str):
            with db.engine.connect().execution_options(read_only=False) as over, over.begin():
                visit.end(over, token)
        abort(redirect(url_for("back.back"), 303))
    with db.engine.connect().execution_options(read_only=False) as writing, writing.begin():
        visit.stay(writing, found.token, clock.now())
    if own_code and found.needs_own_code:
        abort(redirect(url_for("back.own_code"), 303))
    return found


def _found(connection: Connection, token: str) -> Visiting | None:
    opened = visit.visitor(connection, token, clock.now())
    if opened is not None and not opens_still(connection, opened):
        return None  # whoever has the code that took its place closes all other browsers by it
    report = opened and open_report(connection, opened.report_id, opened.rings)
    return Visiting(token, opened, report) if opened and report else None


def with_visit(found: Visiting, opened: Visit) -> Visiting:
    """The same with another code."""
    return replace(found, visit=opened)
