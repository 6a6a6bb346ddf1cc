"""The places where a survey is offered, for managers: short links, posters, what each brought."""

from flask import (
    Blueprint,
    Response as Answer,
    abort,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response

from engage import clock
from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.core.definition.model import Definition
from engage.extensions import db, site_settings
from engage.links import store as links
from engage.links.models import Link
from engage.outreach.brought import places, short_address
from engage.outreach.forms import PlacesForm
from engage.papers.qr import qr_svg
from engage.responses.sources import by_source
from engage.waves import store
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.web.access import staff
from engage.web.forms import PressForm
from engage.web.language import offered

blueprint = Blueprint(
    "outreach", __name__, url_prefix="/staff/waves/<int(max=2147483647):wave_id>/places"
)

Page = str | Response | tuple[str, int]


@blueprint.route("", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def all_places(wave_id: int) -> Page:
    """Every place of a wave and what it brought; more can be added until the wave is closed."""
    wave = _wave(wave_id)
    form = PlacesForm()
    if form.sent_and_valid():
        if wave.state == WaveState.CLOSED:
            abort(409, "This wave is closed. A link to it would lead nowhere.")
        made = links.make(db.session(), wave_id, form.lines, clock.today())
        _note("links.made", wave_id, len(made))
        db.session.commit()
        return redirect(url_for("outreach.all_places", wave_id=wave_id), 303)
    listed = places(
        links.of_wave(db.session(), wave_id), by_source(db.session(), wave_id), _public_url()
    )
    page = render_template(
        "outreach/places.html",
        wave=wave,
        definition=_asked(wave),
        places=listed,
        form=form,
        retire=PressForm(formdata=None),
    )
    return (page, 422) if form.errors else page


@blueprint.post("/<slug:code>/retire")
@staff(Role.SURVEY_MANAGER)
def retire(wave_id: int, code: str) -> Response:
    """Stop counting what comes by a link; it still leads to the survey."""
    link = _link(wave_id, code)
    if PressForm().sent_and_valid() and link.active:
        link.active = False
        _note("links.retired", wave_id, 1)
        db.session.commit()
    return redirect(url_for("outreach.all_places", wave_id=wave_id), 303)


@blueprint.get("/<slug:code>/poster")
@staff(Role.SURVEY_MANAGER)
def poster(wave_id: int, code: str) -> str:
    """A page to print and hang up: the survey, its QR code, and its address in letters."""
    wave, link = _wave(wave_id), _link(wave_id, code)
    return render_template(
        "outreach/poster.html",
        wave=wave,
        definition=_asked(wave),
        link=link,
        address=short_address(_public_url(), code),
        tongues=[each for each in offered() if not each.reading_of],
    )


@blueprint.get("/<slug:code>/qr.svg")
@staff(Role.SURVEY_MANAGER)
def qr(wave_id: int, code: str) -> Answer:
    """The QR code of a link as an image, for a council's own poster."""
    address = short_address(_public_url(), _link(wave_id, code).code)
    return Answer(qr_svg(address), mimetype="image/svg+xml")


def _wave(wave_id: int) -> Wave:
    """A wave that has places; answers 404 for one for the invited, who come by their codes."""
    wave = store.get(db.session(), wave_id) or abort(404)
    return abort(404) if _asked(wave).invited else wave


def _link(wave_id: int, code: str) -> Link:
    return links.get(db.session(), _wave(wave_id).id, code) or abort(404)


def _asked(wave: Wave) -> Definition:
    return definition_of(wave.definition)


def _public_url() -> str:
    settings = site_settings()
    return settings.public_url


def _note(action: str, wave_id: int, number: int) -> None:
    note_done(action, f"wave:{wave_id}", {"links": number})
