"""Handing a report over: who could get what, the preview for one agency, the confirmation.

Which agency it is about is sent in the form and stands in no address: one that looks after
children would tell something about the report.
"""

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.core.reporting.wishes import Level
from engage.extensions import db, site_settings
from engage.handover.acts import Acting
from engage.handover.case import Case, Terms, opened
from engage.handover.forms import HandOverForm, edited_texts
from engage.handover.made import hand_over, preview
from engage.handover.pages import overview_page, preview_page, wishes_mark
from engage.handover.words import LEVELS
from engage.keyring.access import keyed
from engage.keyring.roles import ENTITLED
from engage.reports.changing import ChangedElsewhereError

blueprint = Blueprint("handover", __name__, url_prefix="/staff/reports")

Page = str | Response | tuple[str, int]
CHANGED = "The report was changed since you looked at it. Look at it again before it leaves."
UNUSABLE = (
    "This override cannot be used: it waits for a second person, was used or refused, or has "
    "lapsed, or the wishes have changed since it was asked for."
)
LEAD_FIRST = (
    "It is about somebody under 18: a safeguarding lead reads it before it leaves. Where somebody "
    "is in danger now, ask for an override that lets it leave at once."
)
NOTHING = "Nothing would leave: everything is withheld."


@blueprint.get("/<name:report_id>/hand-over")
@keyed(*ENTITLED)
def overview(report_id: str) -> str:
    """Every agency with the wish that binds us, what was handed over, and overrides."""
    return overview_page(opened(report_id))


@blueprint.post("/<name:report_id>/hand-over/preview")
@keyed(*ENTITLED)
def look(report_id: str) -> Page:
    """What one agency would get, answer by answer."""
    case, form = opened(report_id), HandOverForm()
    terms = _terms(case, form)
    if terms is None or not case.may_leave(terms):
        return overview_page(case, fault=LEAD_FIRST if terms else UNUSABLE), 409
    return preview_page(case, terms, edited_texts(case.answers))


@blueprint.post("/<name:report_id>/hand-over")
@keyed(*ENTITLED)
def confirm(report_id: str) -> Page:
    """Hand it over on the terms that were shown, unless the wishes or the report have changed."""
    case, form = opened(report_id), HandOverForm()
    terms = _terms(case, form)
    if terms is None or not case.may_leave(terms):
        return overview_page(case, fault=LEAD_FIRST if terms else UNUSABLE), 409
    edited = edited_texts(case.answers)
    if form.wishes.data != wishes_mark(case):
        return preview_page(case, terms, edited, fault=_changed_wishes(case, form)), 409
    if not form.sent_and_valid():
        return preview_page(case, terms, edited, fault=CHANGED), 409
    shown = preview(case, terms, edited)
    if shown.faults(edited) or not shown.gives:
        return preview_page(case, terms, edited, fault="" if shown.gives else NOTHING), 422
    settings = site_settings()
    acting = Acting(db.session(), case, clock.now(), form.seen_version)
    try:
        entry = hand_over(acting, terms, edited, settings.council_name or "This partnership")
    except ChangedElsewhereError:
        db.session().rollback()
        return preview_page(opened(report_id), terms, edited, fault=CHANGED), 409
    db.session().commit()
    return redirect(
        url_for("packages.package", report_id=report_id, package_id=entry["package"]), 303
    )


def _terms(case: Case, form: HandOverForm) -> Terms | None:
    agency = case.policy.agency(form.agency.data or "")
    if agency is None:
        abort(404)
    return case.terms(agency, form.override.data or "")


def _changed_wishes(case: Case, form: HandOverForm) -> str:
    """What of the wishes has changed since the page was shown."""
    shown = dict(each.split("=", 1) for each in (form.wishes.data or "").split(",") if "=" in each)
    said = [
        f"for {'the police' if name == 'police' else 'support'}: “{LEVELS[Level(level)]}”"
        for name, level in case.wishes.items()
        if shown.get(name) != level
    ]
    return f"The wishes have changed. Now they are {', '.join(said)}."
