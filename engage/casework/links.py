"""Other reports of the same person: suggested to whoever can open both, confirmed by a person."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.casework import shown
from engage.casework.forms import LinkForm
from engage.casework.inbox import rows_of_mine
from engage.casework.page import opened, render
from engage.casework.victims import alike, marks_of
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.roles import ENTITLED
from engage.reports.changing import ChangedElsewhereError, add_entry
from engage.reports.opened import OpenReport
from engage.reports.reading import note_changed
from engage.web.access import current_user

blueprint = Blueprint("links", __name__, url_prefix="/staff/reports")
Page = str | Response | tuple[str, int]
NOT_AGREED = "They do not both agree that their reports are looked at together, or one changed."


@blueprint.route("/<name:report_id>/links", methods=["GET", "POST"])
@keyed(*ENTITLED)
def links(report_id: str) -> Page:
    """What looks alike, and what a person has confirmed; a press links two, or ends it."""
    report, form = opened(report_id), LinkForm()
    if not form.sent_and_valid():
        return _page(report, "Press one of the buttons." if form.errors else "")
    other = opened(str(form.other.data))
    kind = str(form.kind.data)
    # An end needs nobody's agreement; to begin it, both must agree as it stands now.
    if kind == "link" and not (_marks(report) & _marks(other)):
        return _page(report, NOT_AGREED), 409
    try:
        _link(report, other, kind, form.seen_version)
    except ChangedElsewhereError:
        db.session.rollback()
        return _page(opened(report_id), "The report was changed meanwhile. Look again."), 409
    return redirect(url_for("links.links", report_id=report_id), 303)


def linked(report: OpenReport) -> list[str]:
    """The reports that a person linked with this one, as far as it was not ended."""
    found: dict[str, None] = {}
    for entry in report.entries:
        other = str(entry.value.get("to", ""))
        if entry.ring == "notes" and entry.value.get("kind") == "link":
            found[other] = None
        elif entry.ring == "notes" and entry.value.get("kind") == "unlink":
            found.pop(other, None)
    return list(found)


def _link(report: OpenReport, other: OpenReport, kind: str, seen: int) -> None:
    """Write it into both, the first of them by id first, so that two who link do not wait.

    The audit log has it for the report on whose page it was done: two events of one transaction
    would tell everybody who reads it that the two belong together.
    """
    now = clock.now()
    both = {report.id: (report, other.id, seen), other.id: (other, report.id, other.version)}
    for _, (each, to, version) in sorted(both.items()):
        entry = {"kind": kind, "at": now.isoformat(), "by": current_user.id, "to": to}
        add_entry(db.session.connection(), each.id, each.rings, "notes", entry, seen=version)
    note_changed(db.session(), report.id, current_user.id, now)
    db.session.commit()


def _marks(report: OpenReport) -> set[str]:
    return set(marks_of(report.parts.get("identity", {}), report.parts.get("contact", {})))


def _page(report: OpenReport, fault: str = "") -> str:
    mine = linked(report)
    rows = rows_of_mine()
    found = {row.id: row for row in rows if row.id in mine} if mine else {}
    return render(
        "links",
        report,
        fault=fault,
        agreed=bool(_marks(report)),
        linked=[found.get(each) or each for each in mine],
        alike=[row for row in alike(rows, report.id) if row.id not in mine],
        form=LinkForm(formdata=None, seen=str(report.version)),
        kinds=shown.labels_of("kind_of_harm"),
    )
