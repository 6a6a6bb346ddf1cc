"""Making the one-time codes of a wave that is for the invited; they are shown once, to hand out."""

from flask import Blueprint, abort, render_template

from engage.accounts.models import Role
from engage.audit.done import note_done
from engage.extensions import db, site_settings
from engage.fieldwork.forms import CodesForm
from engage.fieldwork.page import as_shown, stored
from engage.invitations.store import make, tally
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.web.access import staff

blueprint = Blueprint(
    "invitations", __name__, url_prefix="/staff/waves/<int(max=2147483647):wave_id>/codes"
)


@blueprint.route("", methods=["GET", "POST"])
@staff(Role.SURVEY_MANAGER)
def codes(wave_id: int) -> str | tuple[str, int]:
    """How many codes there are, and more of them; made ones are on the answer, and nowhere else."""
    wave = _wave(wave_id)
    form = CodesForm()
    if form.sent_and_valid():
        if wave.state == WaveState.CLOSED:
            abort(409, "This wave is closed. A code for it would open nothing.")
        return _made(wave, form.number.data or 0)
    page = render_template(
        "fieldwork/codes.html", wave=as_shown(wave), form=form, tally=tally(db.session(), wave_id)
    )
    return (page, 422) if form.errors else page


def _made(wave: Wave, number: int) -> str:
    fresh = make(db.session(), wave.id, number, key=site_settings().secret_key)
    note_done("codes.made", f"wave:{wave.id}", {"codes": number})
    db.session.commit()
    return render_template("fieldwork/codes_made.html", wave=as_shown(wave), codes=fresh)


def _wave(wave_id: int) -> Wave:
    """A wave that is for the invited; answers 404 for any other."""
    wave = stored(wave_id)
    return wave if definition_of(wave.definition).invited else abort(404)
