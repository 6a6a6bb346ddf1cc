"""The pages of third-party reporting centres: their own reports, and what casework wrote.

The audit log is told that a worker opened a report of their centre, not which: it is in the
clear, and would say through whom a report came.
"""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.areas.store import ward_names
from engage.audit.log import record_apart
from engage.centres.models import Standing
from engage.centres.store import Worker
from engage.core.reporting.clocks import due_after
from engage.extensions import db
from engage.keyring.access import keyed
from engage.reports.changing import add_entry
from engage.reports.clocks import set_clock
from engage.reports.labels import answer, labels, words
from engage.reports.models import Status
from engage.reports.policy import policy
from engage.thirdparty.colleagues import waiting
from engage.thirdparty.forms import MessageForm
from engage.thirdparty.own import Own, has_key, own_report, own_reports, worker_here
from engage.web.access import count_shown, current_user, shows
from engage.web.staff_pages import REPORTS, add_staff_page

blueprint = Blueprint("thirdparty", __name__, url_prefix="/staff/centre")
add_staff_page(
    blueprint,
    "My centre",
    "thirdparty.home",
    REPORTS,
    "Report for somebody, see what became of your centre’s reports, and answer questions.",
)

Page = str | Response | tuple[str, int]
STATUSES = {
    Status.NEW: "Not read yet",
    Status.OPEN: "Being worked on",
    Status.HANDED_OVER: "Passed on. To whom, the person reads with their code",
    Status.CLOSED: "Closed",
}
SHOWN = ("narrative", "facts")
"""What a centre reads back. Names, contact and wishes it can no longer open once they are sent."""


@blueprint.get("")
@keyed(Role.CENTRE_WORKER)
@shows("centre_reports")
def home() -> str:
    """The centre's reports, and whether this worker can report today."""
    connection = db.session.connection()
    worker = worker_here(connection)
    ended = worker.standing == Standing.ENDED
    reports = [] if ended else own_reports(connection, worker)
    count_shown(len(reports))
    return render_template(
        "thirdparty/home.html",
        worker=worker,
        bar=worker.bar(clock.today()),
        has_key=has_key(worker),
        waiting=waiting(worker) if has_key(worker) and not ended else [],
        reports=reports,
        kinds=labels("kind_of_harm"),
        statuses=STATUSES,
    )


@blueprint.route("/reports/<int(max=999999):number>", methods=["GET", "POST"])
@keyed(Role.CENTRE_WORKER)
def one(number: int) -> Page:
    """One report of the centre; a message to casework can be written under it."""
    connection = db.session.connection()
    worker = worker_here(connection)
    if worker.standing == Standing.ENDED:
        return redirect(url_for("thirdparty.home"), 303)
    own = own_report(connection, worker, number)
    form = MessageForm()
    if form.sent_and_valid():
        _write(own, form)
        return redirect(url_for("thirdparty.one", number=number, sent=1), 303)
    if request.method == "GET":
        _note(worker)
    page = _page(own, form)
    return (page, 422) if form.errors else page


def _write(own: Own, form: MessageForm) -> None:
    entry = {
        "kind": "message",
        "at": clock.now().isoformat(),
        "by": "centre",
        "words": form.words.data,
    }
    report, connection = own.report, db.session.connection()
    if report.status != Status.CLOSED:
        # Staff are told by it that something waits; who answers stops it (casework).
        entry["clock"] = set_clock(connection, due_after(clock.today(), policy().clocks.reply))
    add_entry(connection, report.id, report.rings, "content", entry)
    db.session.commit()


def _note(worker: Worker) -> None:
    record_apart(
        at=clock.now(),
        staff_id=current_user.id,
        action="centre_report.opened",
        subject=f"centre:{worker.centre_id}",
    )


def _page(own: Own, form: MessageForm) -> str:
    wards = ward_names(db.session())
    asked = [
        (words(name), answer(name, value, wards))
        for part in SHOWN
        for name, value in own.report.parts.get(part, {}).items()
    ]
    return render_template(
        "thirdparty/report.html",
        own=own,
        asked=[(question, lines) for question, lines in asked if lines],
        messages=[(each, datetime.fromisoformat(each["at"])) for each in own.messages],
        statuses=STATUSES,
        form=form,
        sent="sent" in request.args,
    )
