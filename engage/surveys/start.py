"""Beginning a survey, leaving it, and deleting what was not sent."""

from collections.abc import Sequence
from contextlib import suppress

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from engage import clock
from engage.answering import draft
from engage.config import Settings
from engage.extensions import db, limiter
from engage.surveys.brought import forget_place
from engage.surveys.current import Survey, current_draft, current_survey, known_survey, reading
from engage.surveys.forms import DeleteForm, StartForm
from engage.surveys.invited import forget_invitation, invitation_for
from engage.surveys.respondent import is_held, next_token, remember_root, token_for
from engage.surveys.suspect import signs_of_start, start_fields
from engage.waves.store import open_waves
from engage.web.access import public
from engage.web.limits import too_many

blueprint = Blueprint("start", __name__)

STARTS = "300 per minute"
"""From one network: a whole school may share an address, a script need not be served."""

PATIENCE = 200
"""Milliseconds for which somebody who wants to leave may wait for the database."""


@blueprint.get("/surveys/<slug:slug>")
@public
def start(slug: str) -> str | Response:
    """Who asks, why, how long it takes, and what happens to the answers.

    A survey on what may hurt is shown at an address that does not say which it is.
    """
    remember_root()
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        if survey.questionnaire.definition.sensitive and not slug.isdecimal():
            return redirect(url_for("start.start", slug=str(survey.wave.id)), 303)
        begun = current_draft(connection, survey)
    return render_template(
        "surveys/start.html",
        survey=survey,
        definition=survey.questionnaire.definition,
        begun=begun is not None and not begun[1].sent,
        coded=begun is not None and begun[1].coded,
        locked=_is_locked(survey),
        fields=start_fields(survey.wave.id),
    )


@blueprint.post("/surveys/<slug:slug>")
@public
@limiter.limit(STARTS, error_message=too_many)
def begin(slug: str) -> Response:
    """Make a fresh draft, or carry on with the one there is, and go to the first page.

    Answers that are there are never deleted without being asked: a start pressed in another
    window leads back to the start page, which then offers the choice.
    """
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        found = current_draft(connection, survey)
    if _is_locked(survey):
        return redirect(url_for("invited.enter", slug=slug), 303)
    form = StartForm()
    choice = form.carry_on.data
    live = found is not None and not found[1].sent
    if live and choice not in {"yes", "no"}:
        return redirect(url_for("start.start", slug=slug), 303)
    if not (live and choice == "yes"):
        signs = signs_of_start(survey.wave.id, form)
        _begin(survey.wave.id, signs, old=found[0] if found else None)
    first = survey.questionnaire.definition.sections[0].id
    return redirect(url_for("questions.section", slug=slug, section_id=first), 303)


def _is_locked(survey: Survey) -> bool:
    """Whether the survey is for the invited, and this browser has brought no code."""
    invited = survey.questionnaire.definition.invited
    return invited and invitation_for(survey.wave.id) is None


def _begin(wave_id: int, signs: Sequence[str], *, old: str | None) -> None:
    """Start a draft; after one that was sent or given up, under a token of its own."""
    # A token that a code opened may be in another browser too, which must not see what comes now.
    token = None if old or is_held(wave_id) else token_for(wave_id)
    token = token or next_token(wave_id)
    with db.engine.begin() as connection:
        if old:
            draft.discard(connection, old)
        draft.start(connection, token, wave_id, clock.now(), signs)


@blueprint.post("/surveys/<slug:slug>/delete")
@public
def delete(slug: str) -> Response:
    """Delete what was answered and not sent, from the server and from this browser."""
    with reading().connect() as connection:
        survey = known_survey(connection, slug)
    token = token_for(survey.wave.id)
    if token and DeleteForm().sent_and_valid():
        with db.engine.begin() as connection:
            draft.discard(connection, token)
        next_token(survey.wave.id)
        forget_place(survey.wave.id)
        forget_invitation(survey.wave.id)
    return redirect(url_for("start.deleted", slug=slug), 303)


@blueprint.get("/surveys/<slug:slug>/deleted")
@public
def deleted(slug: str) -> str | Response:
    """Say that nothing is left."""
    with reading().connect() as connection:
        survey = known_survey(connection, slug)
        begun = current_draft(connection, survey)
    if begun is not None and not begun[1].sent:
        return redirect(url_for("start.start", slug=slug), 303)
    return render_template("surveys/deleted.html", slug=slug)


@blueprint.get("/leave")
@public
def leave() -> Response:
    """Leave at once: empty the browser's session, delete its drafts, go somewhere harmless.

    It is a link, so that it works in any state. Another site may send a browser here without
    being asked, so only a request from our own pages, or typed, deletes anything. Nobody waits
    for a busy database: without the cookie a draft is unreadable, and goes by itself.
    """
    settings: Settings = current_app.extensions["settings"]
    answer = redirect(settings.exit_url, 303)
    if request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}:
        if "root" in session:
            with suppress(SQLAlchemyError):
                _discard_all()
        session.clear()
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _discard_all() -> None:
    with db.engine.connect().execution_options(read_only=True) as connection:
        waves = open_waves(connection, clock.today())
        tokens = [token for wave in waves if (token := token_for(wave.id))]
        connection.rollback()
        _hurry(connection)
        connection.execution_options(read_only=False)
        try:
            draft.discard(connection, *tokens)
            connection.commit()
        finally:
            connection.rollback()
            _hurry(connection, no_more=True)


def _hurry(connection: Connection, *, no_more: bool = False) -> None:
    """Wait shortly for locks on this connection, or as long as usual again."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute(f"PRAGMA busy_timeout={10_000 if no_more else PATIENCE}")
    elif not no_more:
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}ms'"))
