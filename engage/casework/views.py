"""The inbox of reports, one report, and what is done to it."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.casework import shown
from engage.casework.acts import ACTS, Act, offered
from engage.casework.doing import Doing
from engage.casework.forms import AssignForm
from engage.casework.page import colleagues, everyone, opened, render, risk_of
from engage.casework.unanswered import since, unanswered
from engage.casework.words import CLOSINGS, CONTACTS, URGENCIES
from engage.core.reporting.outcomes import OUTCOMES
from engage.extensions import db
from engage.keyring.access import keyed
from engage.keyring.held import held_keys
from engage.keyring.roles import ENTITLED
from engage.reports.changing import ChangedElsewhereError
from engage.reports.files import listed
from engage.reports.opened import OpenReport
from engage.reports.policy import policy
from engage.reports.reading import note_changed
from engage.web.access import current_user
from engage.web.forms import SeenForm

blueprint = Blueprint("casework", __name__, url_prefix="/staff/reports")

Page = str | Response | tuple[str, int]
WORDS = {"closing": CLOSINGS, "contact": CONTACTS, "outcome": OUTCOMES, "urgency": URGENCIES}


@blueprint.get("/<name:report_id>")
@keyed(*ENTITLED)
def one(report_id: str) -> str:
    """A report with everything in it."""
    return show(opened(report_id))


def show(report: OpenReport) -> str:
    """The page of a report."""
    names = everyone()
    said = shown.said_in(report.entries, names)
    talk = ("question", "answer", "message", "file", "name", "contact_details", "wishes", "status",
            "closed")  # fmt: skip
    return render(
        "report",
        report,
        label=shown.label,
        sections=shown.parts_of(report),
        files=listed(db.session.connection(), report.id, report.rings),
        risk=risk_of(report),
        asked_by_centre=any(unanswered(since(report.entries))),
        talk=[each for each in said if each.ring != "notes" and each.kind in talk],
        notes=[each for each in said if each.ring == "notes"],
        other=[each for each in said if each.ring != "notes" and each.kind not in talk],
        acts={name: ACTS[name] for name in offered_on(report)},
        words=WORDS,
        names=names,
        press=SeenForm(formdata=None, seen=str(report.version)),
        done=_done(),
    )


def offered_on(report: OpenReport) -> list[str]:
    """The acts that there are for a report."""
    line = report.line
    return offered(
        report.status, held=report.held, centre=line.centre is not None, declined=line.declined
    )


def _done() -> str:
    """What was done a moment ago."""
    act = ACTS.get(request.args.get("done", ""))
    return act.done if act else ""


@blueprint.route("/<name:report_id>/<name:act>", methods=["GET", "POST"])
@keyed(*ENTITLED)
def do(report_id: str, act: str) -> Page:
    """The page of an act, and the act itself; nothing that was written is lost."""
    doing, report = ACTS.get(act) or abort(404), opened(report_id)
    form = _form(doing, report)
    if act not in offered_on(report):
        return _page(report, act, form, "Somebody has done that already."), 409
    if not form.sent_and_valid():
        page = _page(report, act, form)
        return (page, 422) if form.errors else page
    try:
        _do(report, doing, form)
    except ChangedElsewhereError:
        db.session.rollback()
        return _changed(report_id, act, form)
    return redirect(url_for("casework.one", report_id=report_id, done=act), 303)


def _form(act: Act, report: OpenReport) -> SeenForm:
    given = {} if request.method == "POST" else {"seen": str(report.version)}
    form = act.form(**given)
    if act.label:
        form["words"].label.text = act.label
    if isinstance(form, AssignForm):
        form.offer(colleagues())
    return form


def _do(report: OpenReport, act: Act, form: SeenForm) -> None:
    """Do it and note it, in one transaction; what was done stands in the report's entries alone."""
    now = clock.now()
    doing = Doing(db.session(), report, held_keys(), now, policy(), form.seen_version)
    act.do(doing, form)
    note_changed(db.session(), report.id, current_user.id, now)
    db.session.commit()


def _changed(report_id: str, act: str, form: SeenForm) -> Page:
    """The page again with what was written, and what somebody else did since it was opened."""
    report = opened(report_id)
    seen = form.seen_version
    form.seen.data = str(report.version)
    lately = shown.said_in(report.entries, everyone())[-LATELY:]
    return _page(report, act, form, CHANGED, lately if report.version > seen else []), 409


LATELY = 3
CHANGED = (
    "This report was changed while you wrote. Look at what is new below. "
    "What you wrote is still here: press again if it still holds."
)


def _page(report: OpenReport, act: str, form: SeenForm, fault: str = "", lately: Any = ()) -> str:
    return render(
        "act", report, act=act, doing=ACTS[act], form=form, fault=fault, lately=lately, words=WORDS,
        names=everyone(),
    )  # fmt: skip
