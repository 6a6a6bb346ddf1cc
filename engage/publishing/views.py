"""The pages of publishing: which waves, choosing, the preview, the yes, and taking back."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.approvals.told import tell_of
from engage.extensions import db
from engage.published import service
from engage.published.ready import NotReadyError
from engage.published.service import PublishingError
from engage.publishing.forms import ChooseForm
from engage.publishing.london import words
from engage.publishing.page import STATES, listed, offered
from engage.publishing.preview import preview_page
from engage.publishing.waiting import KIND, about_editions, asked_of
from engage.publishing.wave_page import Page, found_wave, wave_page
from engage.web.access import current_user, staff
from engage.web.staff_pages import RESIDENTS, add_staff_page

NUMBER = "int(max=2147483647)"
blueprint = Blueprint("publishing", __name__)
tell_of(blueprint, KIND, about_editions, "publishing.wave")
add_staff_page(
    blueprint,
    "Publishing",
    "publishing.waves",
    RESIDENTS,
    "Choose what everyone may read, look at it, and let it out at a set time.",
    notices=lambda: asked_of(db.session(), current_user.id),
)


@blueprint.get("/staff/publishing")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def waves() -> str:
    """Every wave that was in the field, and how far its results are."""
    found = listed(db.session(), clock.now())
    return render_template("publishing/waves.html", waves=found, states=STATES, words=words)


@blueprint.get(f"/staff/publishing/<{NUMBER}:wave_id>")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def wave(wave_id: int) -> str | Response:
    """One wave: the edition that is prepared, with its next step, and those before."""
    seen = found_wave(wave_id)
    if "wait" in request.args and not seen.pending:
        return redirect(url_for("publishing.wave", wave_id=wave_id))
    return wave_page(seen)


@blueprint.route(f"/staff/publishing/<{NUMBER}:wave_id>/choose", methods=["GET", "POST"])
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def choose(wave_id: int) -> Page:
    """Choose indicators and breakdowns for a new edition."""
    seen, session = found_wave(wave_id), db.session()
    if seen.run is None or seen.current is not None:
        return redirect(url_for("publishing.wave", wave_id=wave_id), 303)
    indicators, titles = offered(session, seen, seen.run)
    form = ChooseForm()
    form.indicators.choices = [(each.id, each.name) for each in indicators]
    form.breakdowns.choices = [*titles.items()]
    if request.method == "GET":
        form.indicators.data, form.breakdowns.data = [i.id for i in indicators], [*titles]
    if form.sent_and_valid():
        try:
            service.choose(
                session,
                seen.wave,
                indicators=form.indicators.data,
                breakdowns=form.breakdowns.data,
                note=" ".join(form.note.data.split()),
                by=current_user.id,
                now=clock.now(),
            )
            session.commit()
            return redirect(url_for("publishing.wave", wave_id=wave_id, wait=1), 303)
        except (PublishingError, NotReadyError) as error:
            session.rollback()
            form.blame("note" if seen.corrects else "indicators", str(error))
    page = render_template("publishing/choose.html", seen=seen, form=form)
    return (page, 422) if form.errors else page


@blueprint.get(f"/staff/publishing/<{NUMBER}:wave_id>/preview")
@staff(Role.ANALYST, Role.SURVEY_MANAGER)
def preview(wave_id: int) -> str:
    """Exactly what everyone will see, from the same template."""
    return preview_page(found_wave(wave_id))
