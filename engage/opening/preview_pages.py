"""The pages of a preview as they are shown: one of questions, and those at the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from engage.answering.asking import Asking
from engage.answering.flow import Step
from engage.answering.picker import Picker, picker_for
from engage.answering.place_picker import place_names, place_picker_for
from engage.answering.voice import spoken_step, voice_for
from engage.answering.words import in_words
from engage.areas.store import ward_names
from engage.core.definition.kinds import NAMED_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers, asked_in, eligible, opens, reachable
from engage.extensions import db
from engage.opening.preview import NoClock, PretendSurvey, packed
from engage.web.answer_fields import PREFIX
from engage.web.language import ENGLISH, language


def asking_of(survey: PretendSurvey, here: Step, said: Answers) -> Asking:
    """The questions of a page as who said this is asked them."""
    definition, connection = survey.questionnaire.definition, db.session.connection()
    names = (here.section.id, *(each.id for each in here.questions))
    voice = voice_for(connection, definition, said, names)
    going_back = request.form.get("go") in {"back", "later", "stop"}
    picker = _picker(here, said, going_back=going_back)
    return Asking(survey.questionnaire, spoken_step(here, voice), picker, voice)


def _picker(here: Step, said: Answers, *, going_back: bool) -> Picker | None:
    connection = db.session.connection()
    named = next((each for each in here.questions if each.kind in NAMED_KINDS), None)
    if named:
        return place_picker_for(connection, named, said, going_back=going_back)
    return picker_for(connection, here.questions, going_back=going_back)


def question_page(
    survey: PretendSurvey,
    here: Step,
    answers: Answers,
    errors: Mapping[str, str],
    *,
    held: Answers | None = None,
) -> str:
    """A page with these answers in it; `held` is what the page holds, where that is not all."""
    asking, definition = asking_of(survey, here, answers), survey.questionnaire.definition
    return render_template(
        "opening/preview_section.html",
        survey=survey,
        definition=definition,
        here=asking.here,
        fragments=asking.fragments(answers, errors),
        errors=[(PREFIX + name, message) for name, message in errors.items()],
        seen=0,
        mark=packed(definition, answers if held is None else held),
        kept=NoClock(),
        action=section_address(definition, here.section.id),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A question with its answer in words; `place` is where on its page it stands, from 1."""

    question: Question
    section_id: str
    place: int
    words: str


def end_page(survey: PretendSurvey, answers: dict[str, Answer]) -> str:
    """What people would check and send, or that the survey is for others."""
    definition, connection = survey.questionnaire.definition, db.session.connection()
    if not eligible(definition, answers):
        return render_template(
            "opening/preview_not_for_you.html",
            survey=survey,
            definition=definition,
            first_page=section_address(definition, definition.sections[0].id),
        )
    kept = reachable(definition, answers)
    voice = voice_for(connection, definition, kept, definition.questions)
    names = ward_names(connection) | {
        code: each.label for code, each in place_names(connection, definition, kept).items()
    }
    listed = [
        Said(
            voice.question(each) if voice else each,
            one.id,
            place,
            in_words(definition, each, kept, names),
        )
        for one in definition.sections
        if opens(one, kept)
        for place, each in enumerate(asked_in(one, kept), 1)
    ]
    return render_template(
        "opening/preview_check.html",
        survey=survey,
        definition=definition,
        listed=listed,
        pages={each.id: section_address(definition, each.id) for each in definition.sections},
        mark=packed(definition, answers),
        action=_address("preview.end", definition),
    )


def section_address(definition: Definition, section_id: str) -> str:
    """Where a page of a preview is, in the language of this one."""
    return _address("preview.section", definition, section_id=section_id)


def _address(page: str, definition: Definition, **where: Any) -> str:
    return url_for(page, name=definition.id, version=definition.version, **where, **tongue())


def tongue() -> dict[str, Any]:
    """The language in an address; nothing for English."""
    return {} if language() is ENGLISH else {"in": language().code}
