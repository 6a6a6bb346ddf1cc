"""Coming back to a draft with its code of words, on this device or another."""

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import gettext, lazy_gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.answering import draft as drafts
from engage.answering.code_words import (
    LENGTH,
    CodeKeys,
    UnknownWordError,
    WordCountError,
    parsed,
    site_salt,
    stretched,
)
from engage.answering.resume import opened
from engage.extensions import db, limiter, site_settings
from engage.surveys.current import Survey, compiled, current_draft, current_survey, reading
from engage.surveys.forms import ReturnForm
from engage.surveys.onward import way_onward
from engage.surveys.respondent import hold, is_held, token_for
from engage.waves.store import open_waves
from engage.web.access import public
from engage.web.limits import too_many

blueprint = Blueprint("returning", __name__)

WRONG_CODES = "300 per 10 minutes"
"""From one network; only whole codes that opened nothing count. Of 2**60 that is no beginning."""
UNFIT = 422
WRONG = "wrong_code"
"""Noted in a request whose code could have been one, and opened nothing."""


def _was_wrong(response: Response) -> bool:
    return response.status_code == UNFIT and bool(g.get(WRONG))


@blueprint.route("/return", methods=["GET", "POST"], defaults={"slug": ""})
@blueprint.route("/surveys/<slug:slug>/return", methods=["GET", "POST"])
@public
@limiter.limit(WRONG_CODES, methods=["POST"], deduct_when=_was_wrong, error_message=too_many)
def come_back(slug: str) -> str | Response | tuple[str, int]:
    """Ask for a code, and open what it opens; the address without a survey names none."""
    form = ReturnForm()
    typed = str(form.code.data or "")
    if request.method == "GET":
        return _show(slug)
    try:
        code = parsed(typed)
    except UnknownWordError as error:
        return _show(slug, typed, _not_listed(error)), UNFIT
    except WordCountError as error:
        return _show(slug, typed, _counted(error)), UNFIT
    settings = site_settings()
    way = _open(stretched(code, site_salt(settings.secret_key)))
    if way is None:
        nothing = gettext(
            "This code opens nothing. Check each word. If it is right, its time may be over, or "
            "the answers were sent or deleted."
        )
        g.wrong_code = True
        return _show(slug, typed, nothing), UNFIT
    return redirect(way, 303)


def _open(keys: CodeKeys) -> str | None:
    """Take the draft that a code opens into this browser; the page to go to, or None."""
    with reading().connect() as connection:
        found = opened(connection, keys, clock.now())
        waves = open_waves(connection, clock.today()) if found else []
        wave = next((each for each in waves if found and each.id == found.wave_id), None)
        if found is None or wave is None:
            return None
        survey = Survey(wave, compiled(wave.definition_id, connection))
        draft = drafts.read(connection, found.token, wave.id, clock.now())
        own = current_draft(connection, survey)
    if draft is None:
        return None
    if own and own[0] != found.token and not own[1].sent and not own[1].coded:
        # The page said so. Left alone, they would stay for hours where nobody can delete them.
        with db.engine.begin() as connection:
            drafts.discard(connection, own[0])
    if not is_held(wave.id) or token_for(wave.id) != found.token:
        hold(wave.id, found.token)
    return way_onward(survey, draft)


def _counted(error: WordCountError) -> str:
    return gettext(
        "A code has %(length)s words. You entered %(count)s.", length=LENGTH, count=error.count
    )


def _not_listed(error: UnknownWordError) -> str:
    wrong = str(_NOT_LISTED[error.place - 1])
    if error.instead is None:
        return wrong
    instead = gettext("Did you mean “%(word)s”?", word=error.instead)
    return f"{wrong} {instead}"


_NOT_LISTED = (
    lazy_gettext("The first word is not in our list."),
    lazy_gettext("The second word is not in our list."),
    lazy_gettext("The third word is not in our list."),
    lazy_gettext("The fourth word is not in our list."),
    lazy_gettext("The fifth word is not in our list."),
    lazy_gettext("The sixth word is not in our list."),
)


def _show(slug: str, typed: str = "", wrong: str = "") -> str:
    with reading().connect() as connection:
        if slug:
            current_survey(connection, slug)
        others = _has_others(connection)
    return render_template("surveys/return.html", typed=typed[:200], wrong=wrong, others=others)


def _has_others(connection: Connection) -> bool:
    """Whether this browser holds answers that have no code and are not sent."""
    now = clock.now()
    for wave in open_waves(connection, clock.today()):
        token = token_for(wave.id)
        draft = drafts.read(connection, token, wave.id, now) if token else None
        if draft and draft.pages and not draft.sent and not draft.coded:
            return True
    return False
