"""A package that left: its files, and what came back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db, site_settings
from engage.handover.acts import Acting
from engage.handover.answered import answered, take_answer
from engage.handover.case import Case, opened
from engage.handover.forms import AnswerForm
from engage.handover.made import PackageGoneError, TermsChangedError, made_again
from engage.handover.package import file_of
from engage.handover.paper import paper_of
from engage.handover.views import CHANGED, Page
from engage.handover.words import LEVELS
from engage.keyring.access import keyed
from engage.keyring.roles import ENTITLED
from engage.reports.changing import ChangedElsewhereError, note_taken

blueprint = Blueprint("packages", __name__, url_prefix="/staff/reports")

GONE = (
    "This package cannot be made again, as the report has changed since it left. Make another one "
    "if the agency needs it."
)
WITHDRAWN = (
    "The wishes have changed since this package was made, or its override was found to be wrong. "
    "It cannot be taken any more. If the agency has it already, tell them."
)


@blueprint.get("/<name:report_id>/hand-over/<name:package_id>")
@keyed(*ENTITLED)
def package(report_id: str, package_id: str) -> str:
    """A package: to whom and on which terms it left, its files, what came back."""
    case = opened(report_id)
    _entry(case, package_id)
    return _page(case, package_id, AnswerForm(formdata=None))


@blueprint.post("/<name:report_id>/hand-over/<name:package_id>/json")
@keyed(*ENTITLED)
def as_json(report_id: str, package_id: str) -> Page:
    """The package as a file that programs read."""
    case = opened(report_id)
    found = _made(case, package_id)
    if isinstance(found, str):
        return _page(case, package_id, AnswerForm(formdata=None), fault=found), 409
    content = file_of(found)
    return _file(case, package_id, content, "json", "application/json")


@blueprint.post("/<name:report_id>/hand-over/<name:package_id>/pdf")
@keyed(*ENTITLED)
def as_pdf(report_id: str, package_id: str) -> Page:
    """The package as a paper that people read."""
    case = opened(report_id)
    settings = site_settings()
    found = _made(case, package_id)
    if isinstance(found, str):
        return _page(case, package_id, AnswerForm(formdata=None), fault=found), 409
    content = paper_of(found, colour=settings.council_colour)
    return _file(case, package_id, content, "pdf", "application/pdf")


@blueprint.post("/<name:report_id>/hand-over/<name:package_id>/answer")
@keyed(*ENTITLED)
def answer(report_id: str, package_id: str) -> Page:
    """Write down that the agency has it, its reference, and what came of it."""
    case, form = opened(report_id), AnswerForm()
    entry = _entry(case, package_id)
    if not form.sent_and_valid():
        return _page(case, package_id, form), 422
    acting = Acting(db.session(), case, clock.now(), form.seen_version)
    try:
        take_answer(
            acting,
            entry,
            reference=(form.reference.data or "").strip(),
            outcome=(form.outcome.data or "").strip(),
            tell=(form.tell.data or "").strip(),
        )
    except ChangedElsewhereError:
        db.session().rollback()
        return _page(opened(report_id), package_id, form, fault=CHANGED), 409
    db.session().commit()
    return redirect(url_for("packages.package", report_id=report_id, package_id=package_id), 303)


def _made(case: Case, package_id: str) -> dict[str, Any] | str:
    """The package made again, or why it cannot be."""
    try:
        return made_again(case, _entry(case, package_id))
    except PackageGoneError:
        return GONE
    except TermsChangedError:
        return WITHDRAWN


def _entry(case: Case, package_id: str) -> Mapping[str, Any]:
    found = case.packages.get(package_id)
    if found is None:
        abort(404)
    return found


def _page(case: Case, package_id: str, form: AnswerForm, fault: str = "") -> str:
    form.seen.data = str(case.report.version)
    return render_template(
        "handover/package.html",
        case=case,
        entry=case.packages[package_id],
        answered=answered(case.entries, package_id),
        names=case.colleagues(),
        levels=LEVELS,
        form=form,
        fault=fault,
    )


def _file(case: Case, package_id: str, content: bytes, ending: str, kind: str) -> Response:
    """A file that browsers save and do not keep; who took it goes into the report's entries."""
    report, by = case.report, case.held.staff_id
    entry = {"at": clock.now().isoformat(), "by": by, "package": package_id, "what": ending}
    note_taken(db.session().connection(), report.id, report.rings, entry)
    db.session().commit()
    return Response(
        content,
        mimetype=kind,
        headers={
            "Content-Disposition": f'attachment; filename="package-{package_id[:8]}.{ending}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
