"""The end of a walk: check, send, thank you; or not for this person; or ended."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engage import clock
from engage.answering.draft import OpenDraft
from engage.answering.flow import missing
from engage.answering.place_picker import place_names
from engage.answering.resume import where_left
from engage.answering.seal import submission_mark
from engage.answering.submit import Outcome, send
from engage.answering.voice import voice_for
from engage.answering.words import in_words
from engage.areas.store import ward_names
from engage.core.definition.kinds import NAMED_KINDS, PLACE_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, asked_in, eligible, opens, reachable
from engage.extensions import db
from engage.surveys.brought import forget_place, place_for
from engage.surveys.current import (
    Survey,
    closed,
    current_survey,
    known_survey,
    reading,
    unsent_draft,
)
from engage.surveys.forms import SendForm
from engage.surveys.invited import forget_invitation, invitation_for
from engage.surveys.kept import kept
from engage.surveys.onward import way_onward
from engage.surveys.others import others_begun
from engage.surveys.respondent import has_sent, remember_sent, token_for
from engage.surveys.suspect import signs_of_sending
from engage.web.access import public
from engage.web.language import language

blueprint = Blueprint("finish", __name__)

WITH = "."
"""Between the mark of a draft and the state of it that was checked."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer in words; `place` is where on its page it stands, from 1."""

    question: Question
    section_id: str
    place: int
    words: str


@blueprint.get("/surveys/<slug:slug>/check")
@public
def check(slug: str) -> str | Response:
    """Everything that will be sent, with a way to change it."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        token, draft = unsent_draft(connection, survey)
        definition, answers = survey.questionnaire.definition, draft.answers
        gap = missing(definition, answers)
        if gap:
            return redirect(url_for("questions.section", slug=slug, section_id=gap), 303)
        if not eligible(definition, answers):
            return redirect(url_for("finish.not_for_you", slug=slug), 303)
        listed = answers_in_words(connection, definition, answers)
        voice = voice_for(connection, definition, answers, draft.taken_out)
    return render_template(
        "surveys/check.html",
        survey=survey,
        listed=listed,
        pages=_addresses(survey.slug, listed),
        onward=_unfinished(survey, draft),
        kept=kept(draft, survey.wave, clock.now()),
        taken_out=survey.questionnaire.taken_out(draft.taken_out, voice),
        mark=f"{submission_mark(token)}{WITH}{draft.state}",
        changed="changed" in request.args,
    )


@blueprint.post("/surveys/<slug:slug>/check")
@public
def send_answers(slug: str) -> Response:
    """Send the answers as they were checked; sending again changes nothing."""
    with reading().connect() as connection:
        survey = known_survey(connection, slug)
    wave, token, form = survey.wave, token_for(survey.wave.id), SendForm()
    mark, _, checked = (form.draft.data or "").partition(WITH)
    if token is None or not form.sent_and_valid() or mark != submission_mark(token):
        page = "finish.thank_you" if has_sent(wave.id) else "finish.ended"
        return redirect(url_for(page, slug=slug), 303)
    with db.engine.begin() as connection:
        outcome = send(
            connection,
            token,
            wave_id=wave.id,
            definition_id=wave.definition_id,
            definition=survey.questionnaire.definition,
            now=clock.now(),
            checked=checked,
            language=language().code,
            source=place_for(connection, wave.id),
            signs=signs_of_sending(form),
            invitation=invitation_for(wave.id),
        )
        others = others_begun(connection, wave.id)
    if outcome is Outcome.CLOSED:
        closed()
    if outcome is Outcome.CHANGED:
        return redirect(url_for("finish.check", slug=slug, changed=1), 303)
    if outcome in {Outcome.SENT, Outcome.ALREADY_SENT}:
        remember_sent(wave.id, others)
        forget_place(wave.id)
        forget_invitation(wave.id)
    return redirect(url_for(NEXT[outcome], slug=slug), 303)


NEXT = {
    Outcome.SENT: "finish.thank_you",
    Outcome.ALREADY_SENT: "finish.thank_you",
    Outcome.INCOMPLETE: "finish.check",
    Outcome.GONE: "finish.ended",
    Outcome.UNINVITED: "invited.enter",
}


@blueprint.get("/surveys/<slug:slug>/thank-you")
@public
def thank_you(slug: str) -> str | Response:
    """Thanks, what happens next, and where help is."""
    with reading().connect() as connection:
        survey = known_survey(connection, slug)
    if not has_sent(survey.wave.id):
        return redirect(url_for("start.start", slug=slug), 303)
    return render_template("surveys/thank_you.html", survey=survey)


@blueprint.get("/surveys/<slug:slug>/not-for-you")
@public
def not_for_you(slug: str) -> str:
    """Kindly say that the survey is for others, and where to go from here."""
    with reading().connect() as connection:
        survey = current_survey(connection, slug)
        unsent_draft(connection, survey)
    return render_template("surveys/not_for_you.html", survey=survey)


@blueprint.get("/surveys/<slug:slug>/ended")
@public
def ended(slug: str) -> str:
    """Nothing is here any more: sent, deleted, left or out of time; it does not say which."""
    with reading().connect() as connection:
        known_survey(connection, slug)
    return render_template("surveys/ended.html", slug=slug)


def _unfinished(survey: Survey, draft: OpenDraft) -> str | None:
    """Where somebody is to carry on who has not been through every page; None who has."""
    if where_left(survey.questionnaire.definition, draft) is None:
        return None
    return way_onward(survey, draft)


def _addresses(slug: str, listed: list[Answered]) -> dict[str, str]:
    """Where the answers of each page can be changed, made once for all that are on it."""
    return {
        page: url_for("questions.section", slug=slug, section_id=page, then="check")
        for page in dict.fromkeys(each.section_id for each in listed)
    }


def answers_in_words(
    connection: Connection, definition: Definition, answers: dict[str, Answer]
) -> list[Answered]:
    """Each question that was put to who gave these answers, with the answer in words."""
    kept = reachable(definition, answers)
    voice = voice_for(connection, definition, answers, definition.questions)
    has_area = any(question.kind in PLACE_KINDS for question in definition.questions.values())
    wards = ward_names(connection) if has_area else {}
    if any(question.kind in NAMED_KINDS for question in definition.questions.values()):
        places = place_names(connection, definition, kept)
        wards |= {code: place.label for code, place in places.items()}
    return [
        Answered(question, section.id, place, in_words(definition, question, kept, wards))
        for section in definition.sections
        if opens(section, kept)
        for place, each in enumerate(asked_in(section, kept), 1)
        for question in [voice.question(each) if voice else each]
    ]
