"""Beginning a survey, and deleting what was not sent."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engage import clock
from engage.answering import draft
from engage.extensions import db, limiter
from engage.surveys.brought import forget_place
from engage.surveys.current import (
    Survey,
    current_draft,
    current_survey,
    known_survey,
    reading,
    unsent_draft,
)
from engage.surveys.forms import StartForm
from engage.surveys.invited import forget_invitation, invitation_for
from engage.surveys.onward import page_left, way_onward
from engage.surveys.respondent import has_sent, is_held, next_token, remember_root, token_for
from engage.surveys.suspect import signs_of_start, start_fields
from engage.web.access import public
from engage.web.forms import PressForm
from engage.web.limits import too_many

blueprint = Blueprint("start", __name__)

STARTS = "300 per minute"
"""From one network: a whole school may share an address, a script need not be served."""


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
    # A token that a code opened may be in another browser too, which must not see what comes now;
    # and what was sent a moment ago may have been somebody else's.
    anew = old or is_held(wave_id) or has_sent(wave_id)
    token = (None if anew else token_for(wave_id)) or next_token(wave_id)
    with db.engine.begin() as connection:
        if old:
            draft.discard(connection, old)
        draft.start(connection, token, wave_id, clock.now(), signs)


@blueprint.get("/surveys/<slug:slug>/delete")
@public
def ask(slug: str) -> str:
    """Ask once whether everything is to be deleted; who says no is led back."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        _, begun = unsent_draft(connection, survey)
    onward = page_left(survey) or way_onward(survey, begun)
    return render_template("surveys/delete.html", survey=survey, onward=onward)


@blueprint.post("/surveys/<slug:slug>/delete")
@public
def delete(slug: str) -> Response:
    """Delete what was answered and not sent, from the server and from this browser."""
    with reading().connect() as connection:
        survey = known_survey(connection, slug)
    token = token_for(survey.wave.id)
    if token and PressForm().sent_and_valid():
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
