"""The conversation behind a code: what happened with a report, questions and answers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.core.reporting.clocks import What, due_after
from engage.extensions import db
from engage.reporting.forms import MessageForm, NameForm, StartForm
from engage.reporting.in_force import in_force
from engage.reporting.lines import Said, status_in_words, what_was_said
from engage.reporting.views import said
from engage.reporting.visiting import Visiting, visiting
from engage.reports.changing import ChangedElsewhereError, PartGoneError, add_entry, change_part
from engage.reports.clocks import started
from engage.reports.held_here import close_read
from engage.reports.line import Line
from engage.reports.models import Status
from engage.reports.policy import policy
from engage.web.access import public
from engage.web.whole_number import whole_number

blueprint = Blueprint("talk", __name__)

UNFIT, CHANGED = 422, 409


@blueprint.get("/tell-us/mine")
@public
def talk() -> str:
    """How far the report is, what was said, and what can be done with the code."""
    return _show(visiting(), MessageForm(formdata=None))


@blueprint.post("/tell-us/mine")
@public
def write() -> Response | tuple[str, int]:
    """Write to the caseworkers, or answer their question. Sent twice, it is there once."""
    found, form = visiting(), MessageForm()
    if not form.sent_and_valid():
        return _show(found, form), UNFIT
    kind = "answer" if found.report.line.waiting_for == "them" else "message"
    entry = {"kind": kind, "words": form.text.data}
    try:
        with db.engine.begin() as connection:
            Act(found, connection, seen_in(form.seen.data)).add(entry).ours_to_answer()
    except ChangedElsewhereError:
        return _show(visiting(), form, elsewhere=True), CHANGED
    return redirect(url_for("talk.talk", saved=1), 303)


def _show(found: Visiting, form: MessageForm, *, elsewhere: bool = False) -> str:
    report = found.report
    entries: list[Said] = what_was_said(report.entries)
    return render_template(
        "reporting/talk.html",
        report=report,
        status=status_in_words(report.status),
        said=entries,
        form=form,
        elsewhere=elsewhere,
        asks=report.line.waiting_for == "them" and report.status != Status.CLOSED,
        named=bool(report.parts["identity"].get("victim_name")),
        can_name="identity" not in report.gone,
        can_reach="contact" not in report.gone,
        wishes=in_force(report),
        saved="saved" in request.args,
        told=said("when_read"),
    )


@blueprint.route("/tell-us/mine/name", methods=["GET", "POST"])
@public
def name() -> str | Response | tuple[str, int]:
    """Add a name later, or correct it."""
    found = visiting()
    form = NameForm() if request.method == "POST" else NameForm(formdata=None)
    if request.method == "GET" or not form.sent_and_valid():
        page = render_template("reporting/name.html", form=form, seen=found.report.version)
        return (page, UNFIT) if form.errors else page
    given = {**found.report.parts["identity"], "victim_name": (form.victim_name.data or "").strip()}
    if form.link_agreed.data in {"yes", "no"}:
        given["link_agreed"] = form.link_agreed.data
    try:
        with db.engine.begin() as connection:
            act = Act(found, connection, seen_in(form.seen.data))
            act.change("identity", given).add({"kind": "name"}).ours_to_answer()
    except (ChangedElsewhereError, PartGoneError):
        fresh = visiting().report.version
        page = render_template("reporting/name.html", form=form, seen=fresh, elsewhere=True)
        return page, CHANGED
    return redirect(url_for("talk.talk", saved=1), 303)


@blueprint.post("/tell-us/mine/leave")
@public
def leave() -> Response:
    """Close the report in this browser."""
    if StartForm().sent_and_valid():
        with db.engine.begin() as connection:
            close_read(connection, session)
    return redirect(url_for("reporting.ended"), 303)


def seen_in(written: str | None) -> int:
    """The version of the report that a form was shown with; -1 for one that does not say."""
    return whole_number(written, -1)


class Act:
    """Something that a reporter does to their report, in the caller's transaction.

    Each step raises ChangedElsewhereError where the report is not the one that was `seen`.
    """

    def __init__(self, found: Visiting, connection: Connection, seen: int) -> None:
        """Begin with the report as the person saw it."""
        self.report, self.connection, self.seen = found.report, connection, seen

    def add(self, entry: Mapping[str, Any]) -> "Act":
        """Add an entry of theirs to the conversation."""
        whole = {"at": clock.now().isoformat(timespec="seconds"), "by": "reporter", **entry}
        report = self.report
        self.seen = add_entry(
            self.connection, report.id, report.rings, "talk", whole, seen=self.seen
        )
        return self

    def change(self, part: str, value: Mapping[str, Any]) -> "Act":
        """Write a part anew."""
        report = self.report
        self.seen = change_part(
            self.connection, report.id, report.rings, part, value, seen=self.seen
        )
        return self

    def ours_to_answer(self, alter: Callable[[Line], Line] = lambda line: line) -> "Act":
        """Say in the inbox that we are to speak next, and by when; `alter` changes more of it."""
        if "line" in self.report.gone:
            return self
        line = replace(alter(self.report.line), waiting_for="us")
        if self.report.status != Status.CLOSED and not _runs(line):
            due_on = due_after(clock.today(), policy().clocks.reply)
            made = started(self.connection, What.REPLY, due_on)
            line = replace(line, clocks=(*line.clocks, made))
        return self.change("line", line.to_dict())


def _runs(line: Line) -> bool:
    """Whether a clock already runs until somebody speaks with them."""
    return any(each.what in {What.REPLY, What.FIRST_CONTACT} for each in line.clocks)
