"""Coming in with a one-time code, where a survey is only for people who were given one.

The browser holds the mark of the code until the answers are sent, and the sending uses it up.
Nothing joins the code to a draft or a response.
"""

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask_babel import gettext
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage.extensions import limiter, site_settings
from engage.invitations.code import mark, plain_code
from engage.invitations.store import good
from engage.surveys.current import Survey, current_draft, current_survey, reading
from engage.surveys.forms import InvitationForm
from engage.surveys.onward import way_onward
from engage.web.access import public
from engage.web.limits import too_many

blueprint = Blueprint("invited", __name__)

INVITED = "invited"
"""What the marks are called in the session cookie, by wave."""
WRONG_CODES = "300 per 10 minutes"
"""From one network; only whole codes that cannot be used count. There are 2**57."""
UNFIT = 422
WRONG = "wrong_code"
"""Noted in a request whose code could have been one, and opened nothing."""


def _was_wrong(response: Response) -> bool:
    return response.status_code == UNFIT and bool(g.get(WRONG))


@blueprint.route("/surveys/<slug:slug>/code", methods=["GET", "POST"])
@public
@limiter.limit(WRONG_CODES, methods=["POST"], deduct_when=_was_wrong, error_message=too_many)
def enter(slug: str) -> str | Response | tuple[str, int]:
    """Ask for the code; a good one leads on to where the person is."""
    typed = str(InvitationForm().invitation.data or "")
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        if not survey.questionnaire.definition.invited:
            return redirect(url_for("start.start", slug=slug), 303)
        if request.method == "GET":
            return _show(survey, "", _used_up(connection, survey.wave.id))
        code = plain_code(typed)
        found = mark(survey.wave.id, code, _key()) if code else None
        if code is None or found is None:
            return _show(survey, typed, gettext("A code has 12 letters and numbers.")), UNFIT
        if not good(connection, survey.wave.id, found):
            g.wrong_code = True
            gone = gettext("This code cannot be used. Check each letter. A code works only once.")
            return _show(survey, typed, gone), UNFIT
        draft = current_draft(connection, survey)
        begun = draft[1] if draft and not draft[1].sent else None
    session[INVITED] = {**session.get(INVITED, {}), str(survey.wave.id): found.hex()}
    return redirect(way_onward(survey, begun) if begun else url_for("start.start", slug=slug), 303)


def _used_up(connection: Connection, wave_id: int) -> str:
    """What to say where the code that this browser brought is gone by now; empty if it is not."""
    held = invitation_for(wave_id)
    if held is None or good(connection, wave_id, held):
        return ""
    return gettext(
        "The code you came with was used already, so these answers were not sent. "
        "You can still send them with another code."
    )


def invitation_for(wave_id: int) -> bytes | None:
    """The mark of the code with which this browser came in; None without one."""
    found = session.get(INVITED, {}).get(str(wave_id))
    return bytes.fromhex(found) if isinstance(found, str) else None


def forget_invitation(wave_id: int) -> None:
    """Let the browser forget the code of a wave, used or given up."""
    left = {wave: each for wave, each in session.get(INVITED, {}).items() if wave != str(wave_id)}
    if left:
        session[INVITED] = left
    else:
        session.pop(INVITED, None)


def _key() -> str:
    settings = site_settings()
    return settings.secret_key


def _show(survey: Survey, typed: str, wrong: str) -> str:
    return render_template("surveys/code.html", survey=survey, typed=typed, wrong=wrong)
