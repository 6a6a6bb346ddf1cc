"""Coming by a short link: the browser remembers the place until the answers are sent.

Nothing is kept of the visit: no line, no count, no time. Only sent answers say which place they
came by, and whoever deletes or leaves takes the place out of their browser too.
"""

from flask import Blueprint, redirect, session, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.extensions import db
from engage.links.store import place_of, wave_of
from engage.surveys.current import reading
from engage.waves.store import get, open_wave, slug_of
from engage.web.access import public

blueprint = Blueprint("brought", __name__)

BY = "by"
"""What the codes are called in the session cookie: by wave, the code of the link that was used."""


@blueprint.get("/go/<slug:code>")
@public
def go(code: str) -> Response:
    """Lead from a short link to its survey; from a code that is gone to what is open today."""
    with reading().connect() as connection:
        found = wave_of(connection, code)
    wave = get(db.session(), found[0]) if found else None
    now_open = open_wave(db.session(), slug_of(wave.questionnaire), clock.today()) if wave else None
    if found is None or now_open is None:
        return redirect(url_for("home.home"), 303)
    if found == (now_open.id, True):
        session[BY] = {**session.get(BY, {}), str(now_open.id): code}
    return redirect(url_for("start.start", slug=now_open.slug), 303)


def place_for(connection: Connection, wave_id: int) -> str | None:
    """The place whose link brought this browser to a wave; None for who came otherwise."""
    code = session.get(BY, {}).get(str(wave_id))
    return place_of(connection, wave_id, code) if isinstance(code, str) else None


def forget_place(wave_id: int) -> None:
    """Let the browser forget which link brought it to a wave."""
    left = {wave: code for wave, code in session.get(BY, {}).items() if wave != str(wave_id)}
    if left:
        session[BY] = left
    else:
        session.pop(BY, None)
