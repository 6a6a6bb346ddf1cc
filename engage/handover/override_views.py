"""Overrides: asking for one, and the second person's answer."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.core.reporting.policy import Agency
from engage.core.reporting.wishes import Level
from engage.extensions import db
from engage.handover.acts import Acting
from engage.handover.case import Case, opened
from engage.handover.deciding import (
    LapsedError,
    NotYoursError,
    WishesChangedError,
    ask,
    decide,
    review,
)
from engage.handover.forms import NO, YES, AskForm, DecideForm
from engage.handover.pages import overview_page
from engage.handover.views import CHANGED, Page
from engage.keyring.access import keyed
from engage.keyring.roles import ENTITLED
from engage.reports.changing import ChangedElsewhereError

blueprint = Blueprint("overrides", __name__, url_prefix="/staff/reports")

NOT_YOU = "The second person is never the one who asked for it or handed it over."
OTHER_WISHES = "The wishes have changed since this was asked for. It has to be asked for again."
LAPSED = (
    "It has lapsed, so it can only be refused. If it is still needed, it has to be asked for again."
)
NO_WORDS = "Choose an answer and say why."


@blueprint.post("/<name:report_id>/override/new")
@keyed(*ENTITLED)
def begin(report_id: str) -> str:
    """The form to ask for an override."""
    case, sent = opened(report_id), AskForm()
    agency = _agency(case, sent)
    form = AskForm(formdata=None, seen=case.report.version, agency=agency.id)
    return _ask_page(case, agency, form)


@blueprint.post("/<name:report_id>/override")
@keyed(*ENTITLED)
def send(report_id: str) -> Page:
    """Ask for an override; where somebody is in danger now, it may be used at once."""
    case, form = opened(report_id), AskForm()
    agency = _agency(case, form)
    form.offer(case.policy)
    if not form.sent_and_valid() or not form.fits(case.policy):
        return _ask_page(case, agency, form), 422
    told = form.told.data == YES
    said = {
        "reason": form.reason.data,
        "basis": form.basis.data,
        "words": form.words.data,
        "told": told,
        "not_told": "" if told else form.not_told.data,
        "immediate": form.when.data == "now",
    }
    acting = Acting(db.session(), case, clock.now(), form.seen_version)
    try:
        ask(acting, agency, Level(form.level.data), said)
    except ChangedElsewhereError:
        db.session().rollback()
        case = opened(report_id)
        form.seen.data = str(case.report.version)
        return _ask_page(case, agency, form, fault=CHANGED), 409
    return _kept(report_id)


@blueprint.post("/<name:report_id>/override/<name:override_id>")
@keyed(*ENTITLED)
def answer(report_id: str, override_id: str) -> Page:
    """The second person approves or refuses; or says of what left at once whether it was right."""
    case, form = opened(report_id), DecideForm()
    override = case.overrides.get(override_id)
    if override is None:
        abort(404)
    if not form.sent_and_valid():
        return overview_page(case, fault=NO_WORDS), 422
    acting = Acting(db.session(), case, clock.now(), form.seen_version)
    yes, words = form.answer.data == YES, str(form.words.data)
    try:
        if override.to_be_reviewed:
            review(acting, override, right=yes, words=words)
        else:
            decide(acting, override, approved=yes, words=words)
    except NotYoursError:
        return overview_page(case, fault=NOT_YOU), 403
    except WishesChangedError:
        return overview_page(case, fault=OTHER_WISHES), 409
    except LapsedError:
        return overview_page(case, fault=LAPSED), 409
    except ChangedElsewhereError:
        db.session().rollback()
        return overview_page(opened(report_id), fault=CHANGED), 409
    return _kept(report_id)


def _kept(report_id: str) -> Response:
    db.session().commit()
    return redirect(url_for("handover.overview", report_id=report_id), 303)


def _agency(case: Case, form: AskForm) -> Agency:
    found = case.policy.agency(form.agency.data or "")
    if found is None:
        abort(404)
    return found


def _ask_page(case: Case, agency: Agency, form: AskForm, fault: str = "") -> str:
    form.offer(case.policy)
    return render_template(
        "handover/ask.html", case=case, agency=agency, form=form, fault=fault, no=NO
    )
