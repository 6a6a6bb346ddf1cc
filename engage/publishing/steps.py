"""The steps towards results: asking, agreeing, refusing, giving up and taking back."""

from flask import Blueprint, abort, redirect, url_for

from engage import clock
from engage.accounts.models import Role
from engage.approvals.store import refuse
from engage.extensions import db
from engage.published import service
from engage.published.service import PublishingError
from engage.publishing.forms import AskForm, ConfirmForm, DecideForm, WhyForm
from engage.publishing.london import TimeError, later
from engage.publishing.preview import preview_page
from engage.publishing.wave_page import Page, again, do, found_wave, wave_page
from engage.web.access import current_user, staff
from engage.web.whole_number import whole_number

NUMBER = "int(max=2147483647)"
blueprint = Blueprint("publishing_steps", __name__)


@blueprint.post(f"/staff/publishing/<{NUMBER}:wave_id>/ask")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def ask(wave_id: int) -> Page:
    """Ask a second person for a yes to the edition and its time."""
    seen, form, now = found_wave(wave_id), AskForm(), clock.now()
    current = seen.current or abort(404)
    if form.sent_and_valid():
        try:
            at = later(form.day.data, form.time.data, now)
            session = db.session()
            service.ask(session, current, whole_number(form.version.data, 0), at, by=_me(), now=now)
            session.commit()
            return redirect(url_for("publishing.wave", wave_id=wave_id), 303)
        except TimeError as error:
            form.blame("time", str(error))
        except PublishingError as error:
            return again(wave_id, error)
    return wave_page(seen, ask_form=form), 422


@blueprint.post(f"/staff/publishing/<{NUMBER}:wave_id>/agree")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def agree(wave_id: int) -> Page:
    """Agree to what somebody else chose: it comes out at its time."""
    seen, form = found_wave(wave_id), DecideForm()
    current = seen.current or abort(404)
    if not form.sent_and_valid():
        return preview_page(seen, decide_form=form), 422
    return do(
        wave_id,
        lambda: service.agree(db.session(), current, form.digest.data, by=_me(), now=clock.now()),
    )


@blueprint.post(f"/staff/publishing/<{NUMBER}:wave_id>/refuse")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def refuse_it(wave_id: int) -> Page:
    """Refuse what somebody asked, and say why."""
    seen, form = found_wave(wave_id), WhyForm()
    current = seen.current or abort(404)
    if not form.sent_and_valid():
        return preview_page(seen, why_form=form), 422
    subject, digest = service.subject_of(current.id), form.digest.data
    return do(
        wave_id,
        lambda: refuse(
            db.session(), subject, digest, by=_me(), now=clock.now(), reason=form.why.data
        ),
    )


@blueprint.post(f"/staff/publishing/<{NUMBER}:wave_id>/waive")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def waive(wave_id: int) -> Page:
    """Go without a second person where there is nobody else who could agree."""
    seen, form = found_wave(wave_id), WhyForm()
    current = seen.current or abort(404)
    if not form.sent_and_valid():
        return wave_page(seen, why_form=form), 422
    digest, why = form.digest.data, form.why.data
    return do(
        wave_id,
        lambda: service.waive(db.session(), current, digest, by=_me(), now=clock.now(), reason=why),
    )


@blueprint.post(f"/staff/publishing/<{NUMBER}:wave_id>/drop")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def drop(wave_id: int) -> Page:
    """Give up an edition that did not come out."""
    current, form = found_wave(wave_id).current or abort(404), ConfirmForm()
    version = whole_number(form.version.data, 0) if form.sent_and_valid() else abort(400)
    return do(
        wave_id,
        lambda: service.drop(db.session(), current, version, by=_me(), now=clock.now()),
    )


@blueprint.post(f"/staff/publishing/<{NUMBER}:wave_id>/withdraw")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def withdraw(wave_id: int) -> Page:
    """Take back what is published, and tell everyone why."""
    seen, form = found_wave(wave_id), WhyForm()
    out = seen.out or abort(404)
    if not form.sent_and_valid():
        return wave_page(seen, back_form=form), 422
    version, why = whole_number(form.version.data, 0), " ".join(form.why.data.split())
    return do(
        wave_id,
        lambda: service.withdraw(db.session(), out, version, why, by=_me(), now=clock.now()),
    )


def _me() -> int:
    number: int = current_user.id
    return number
