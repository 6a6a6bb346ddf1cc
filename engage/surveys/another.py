"""A page of questions that was opened for other answers than those the browser holds now.

Another window has opened a draft by its code since, or deleted this one and begun again. What is
on the page belongs to neither, so it is shown once more and saved nowhere.
"""

from collections.abc import Sequence

from flask import render_template, request
from sqlalchemy import Connection

from engage.answering.place_picker import place_names
from engage.answering.seal import submission_mark
from engage.answering.voice import voice_for
from engage.answering.words import in_words
from engage.areas.store import ward_names
from engage.core.definition.kinds import PLACE_KINDS, SOUGHT_KINDS
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer
from engage.surveys.current import Survey
from engage.web.answer_fields import PREFIX
from engage.web.answers import answers_in
from engage.web.boxes import boxes_of

LONGEST = 200
"""Characters of what was sent for a ward or place: none has a longer code."""


def is_of_another(token: str) -> bool:
    """Whether the form that was sent says that it belongs to another draft than this token's."""
    said = request.form.get("draft", "") if request.method == "POST" else ""
    return bool(said) and said != submission_mark(token)


def show_another(connection: Connection, survey: Survey, section_id: str) -> str | None:
    """The page that says so, with what was entered; None where there is no such section."""
    definition = survey.questionnaire.definition
    section = next((each for each in definition.sections if each.id == section_id), None)
    if section is None:
        return None
    asked = [each for each in section.questions if each.beside is None]
    return render_template(
        "surveys/another.html",
        survey=survey,
        section_id=section_id,
        entered=_entered(connection, survey, asked),
    )


def _entered(
    connection: Connection, survey: Survey, asked: Sequence[Question]
) -> list[tuple[str, str]]:
    """Each question with something in it, and that in words, or as it was sent."""
    definition = survey.questionnaire.definition
    answers, _ = answers_in(survey.questionnaire.form_for(asked), definition, asked)
    names: dict[str, str] = {}
    for question in asked:
        if question.kind in SOUGHT_KINDS:
            answers |= _sought(question)
    if any(question.kind in PLACE_KINDS for question in asked):
        names |= ward_names(connection)
    places = place_names(connection, definition, answers)
    names |= {code: place.label for code, place in places.items()}
    voice = voice_for(connection, definition, answers, [each.id for each in asked])
    entered = []
    for question in asked:
        if question.id in answers:
            words = in_words(definition, question, answers, names)
        else:
            boxes = boxes_of(definition, question)
            sent = (request.form.get(f"{PREFIX}{box}", "").strip() for box in boxes)
            words = " ".join(filter(None, sent))
        if words:
            entered.append(((voice.question(question) if voice else question).text, words))
    return entered


def _sought(question: Question) -> dict[str, Answer]:
    """What was chosen of wards or places, which the page's form does not know by itself."""
    sent = request.form.getlist(PREFIX + question.id)
    codes = tuple(
        dict.fromkeys(each for each in sent if each.isprintable() and len(each) <= LONGEST)
    )
    return {question.id: codes} if any(codes) else {}
