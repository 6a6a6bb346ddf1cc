"""The page of one wave's results for staff, whatever step led to it."""

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.approvals.store import ApprovalError, others
from engage.extensions import db
from engage.published import service, store
from engage.published.service import PublishingError
from engage.publishing.forms import AskForm, ConfirmForm, WhyForm
from engage.publishing.london import words
from engage.publishing.page import STATES, Seen, look
from engage.web.access import current_user

Page = str | Response | tuple[str, int]


def found_wave(wave_id: int) -> Seen:
    """A wave that is or was in the field; 404 for any other."""
    return look(db.session(), wave_id, clock.now()) or abort(404)


def do(wave_id: int, step: Callable[[], object]) -> Page:
    """Take a step and go back to the wave, or show the wave as it is now and why not."""
    try:
        step()
        db.session.commit()
    except (ApprovalError, PublishingError) as error:
        return again(wave_id, error)
    return redirect(url_for("publishing.wave", wave_id=wave_id), 303)


def again(wave_id: int, error: Exception) -> tuple[str, int]:
    """The page of a wave as it is now, and why a step could not be taken."""
    db.session.rollback()
    return wave_page(found_wave(wave_id), fault=str(error)), 409


def wave_page(seen: Seen, **forms: object) -> str:
    """The page of a wave; `forms` are those that were sent and have faults, by their names."""
    session, current = db.session(), seen.current
    blank = {"ask_form": AskForm, "why_form": WhyForm}
    made = {name: form(formdata=None) for name, form in blank.items()}
    figures = store.published_figures(session, current.id) if current else ()
    return render_template(
        "publishing/wave.html",
        seen=seen,
        states=STATES,
        words=words,
        confirm=ConfirmForm(formdata=None),
        mine=seen.asked is not None and seen.asked.asked_by == current_user.id,
        alone=not others(session, service.AGREE, current_user.id),
        hidden=sum(each.estimate.hidden for each in figures),
        number=len(figures),
        waiting="wait" in request.args,
        **{"fault": "", "back_form": WhyForm(formdata=None)} | made | forms,
    )
