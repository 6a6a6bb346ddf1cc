"""The page of one wave, which also says why a step could not be taken."""

from collections.abc import Sequence

from flask import abort, current_app, render_template, url_for

from engage import clock
from engage.extensions import db, site_settings
from engage.fieldwork.shown import ShownWave, shown
from engage.fieldwork.waiting import answer_of
from engage.waves import store
from engage.waves.faults import WaveFault, in_the_way
from engage.waves.models import Wave
from engage.web.access import current_user, permits


def stored(wave_id: int) -> Wave:
    """The wave of that number; answers 404 where there is none."""
    return store.get(db.session(), wave_id) or abort(404)


def as_shown(wave: Wave) -> ShownWave:
    """The wave as pages show it now."""
    return shown(db.session(), wave, clock.today(), site_settings().public_url)


def wave_page(wave: Wave, faults: Sequence[WaveFault] = ()) -> str:
    """The page of a wave: its dates, its state, its responses, and what may be done with it."""
    seen = as_shown(wave)
    return render_template(
        "fieldwork/wave.html",
        wave=seen,
        faults=faults,
        figures=_figures(seen),
        in_the_way=in_the_way(db.session(), wave),
        answer=answer_of(wave),
        may_manage=may_open("fieldwork.create"),
    )


def may_open(endpoint: str) -> bool:
    """Whether the person who is signed in may open the page of that endpoint."""
    return permits(current_app.view_functions[endpoint], current_user.role)


def _figures(wave: ShownWave) -> str | None:
    """The address of a wave's figures, for who may see them; a prepared wave has none."""
    if wave.is_prepared or not may_open("analysis.wave"):
        return None
    return url_for("analysis.wave", wave_id=wave.id)
