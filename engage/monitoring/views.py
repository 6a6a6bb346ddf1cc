"""The fieldwork monitor: how a wave goes while it is in the field, and how it went."""

from flask import Blueprint, abort, current_app, render_template

from engage import clock
from engage.accounts.models import Role
from engage.answering.left import left_of
from engage.core.cleaning.words import RULES
from engage.extensions import db
from engage.figures.store import newest_run
from engage.monitoring import incoming, leaving, people, quality
from engage.responses import reviews
from engage.responses.models import Mode
from engage.waves import store as waves
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of
from engage.web.access import current_user, permits, staff

blueprint = Blueprint("monitoring", __name__)

NUMBER = "int(max=2147483647)"
ON_SCREEN = (Mode.WEB, Mode.KIOSK)


@blueprint.get(f"/staff/waves/<{NUMBER}:wave_id>/progress")
@staff(Role.SURVEY_MANAGER, Role.ANALYST)
def progress(wave_id: int) -> str:
    """Answers by day, way and place; who finishes; who is still needed; what the rules marked."""
    session, wave = db.session(), fielded(wave_id)
    definition = definition_of(wave.definition)
    found = incoming.incoming(
        session, wave_id, keeps_day=definition.keeps_day, invited=definition.invited
    )
    on_screen = sum(found.ways.get(mode, 0) for mode in ON_SCREEN)
    walks = leaving.leaving(definition, on_screen, left_of(session, wave_id))
    run = newest_run(session, wave_id)
    mirror = run.representation if run else None
    removed, marked = quality.rules(run.flow, invited=definition.invited) if run else ([], [])
    return render_template(
        "monitoring/progress.html",
        wave=wave,
        definition=definition,
        deleted=wave.delete_on <= clock.today(),
        found=found,
        incoming=incoming,
        walks=walks,
        leaving=leaving,
        run=run,
        mirror=mirror,
        groups=people.groups(mirror) if mirror else [],
        steps=people.steps(mirror) if mirror else "",
        needed=people.needed(mirror) if mirror and wave.state == WaveState.OPEN else [],
        removed=removed,
        marked=marked,
        weeks=quality.by_week(session, wave_id, found),
        quality=quality,
        waiting=reviews.counts(session, wave_id)[""],
        may_review=_may_open("review.queue"),
        may_manage=_may_open("fieldwork.wave"),
        rules=RULES,
    )


def fielded(wave_id: int) -> Wave:
    """A wave that is or was in the field; answers 404 for any other."""
    wave = waves.get(db.session(), wave_id)
    return abort(404) if wave is None or wave.state == WaveState.DRAFT else wave


def _may_open(endpoint: str) -> bool:
    return permits(current_app.view_functions[endpoint], current_user.role)
