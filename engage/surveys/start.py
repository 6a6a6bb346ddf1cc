"""Beginning a survey, leaving it, and deleting what was not sent."""

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.answering import draft
from engage.answering.seal import new_token
from engage.config import Settings
from engage.extensions import db, limiter
from engage.surveys.current import current_draft, current_survey, reading
from engage.surveys.respondent import drop_token, every_token, keep_token, token_for
from engage.web.access import public

blueprint = Blueprint("start", __name__)

STARTS = "300 per minute"
"""From one network: a whole school may share an address, a script need not be served."""


@blueprint.get("/surveys/<slug>")
@public
def start(slug: str) -> str:
    """Who asks, why, how long it takes, and what happens to the answers."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        begun = current_draft(connection, survey)
    return render_template(
        "surveys/start.html",
        survey=survey,
        definition=survey.questionnaire.definition,
        begun=begun is not None and not begun[1].sent,
    )


@blueprint.post("/surveys/<slug>")
@public
@limiter.limit(STARTS)
def begin(slug: str) -> Response:
    """Make a fresh draft, or carry on with the one there is, and go to the first page."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        begun = current_draft(connection, survey)
    if begun is None or begun[1].sent or request.form.get("carry_on") != "yes":
        _fresh(survey.wave.id)
    first = survey.questionnaire.definition.sections[0].id
    return redirect(url_for("questions.section", slug=slug, section_id=first), 303)


def _fresh(wave_id: int) -> None:
    old, token = token_for(wave_id), new_token()
    with db.engine.begin() as connection:
        if old:
            draft.discard(connection, old)
        draft.start(connection, token, wave_id, clock.now())
    keep_token(wave_id, token)


@blueprint.post("/surveys/<slug>/delete")
@public
def delete(slug: str) -> Response:
    """Delete what was answered and not sent, from the server and from this browser."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
    token = token_for(survey.wave.id)
    if token:
        with db.engine.begin() as connection:
            draft.discard(connection, token)
        drop_token(survey.wave.id)
    return redirect(url_for("start.deleted", slug=slug), 303)


@blueprint.get("/surveys/<slug>/deleted")
@public
def deleted(slug: str) -> str:
    """Say that nothing is left."""
    return render_template("surveys/deleted.html", slug=slug)


@blueprint.get("/leave")
@public
def leave() -> Response:
    """Leave at once: delete every draft, empty the browser's session, go somewhere harmless.

    It is a link, so that it works in any state. Another site may send a browser here without
    being asked, so only a request from our own pages, or typed, deletes anything.
    """
    settings: Settings = current_app.extensions["settings"]
    answer = redirect(settings.exit_url, 303)
    if request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}:
        tokens = every_token()
        if tokens:
            with db.engine.connect().execution_options(read_only=False) as connection:
                for token in tokens:
                    draft.discard(connection, token)
                connection.commit()
        session.clear()
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
