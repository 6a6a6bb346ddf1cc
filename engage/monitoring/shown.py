"""A marked response as a person sees it: coded answers in words, and nothing of who gave them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.answering.words import in_words
from engage.core.cleaning.words import RULES, Told
from engage.core.definition.kinds import NAMED_KINDS, PLACE_KINDS, TEXT_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answers
from engage.responses.models import Response
from engage.responses.review_models import ResponseReview
from engage.responses.screened import ScreenedText, ScreeningState
from engage.waves.published import definition_by_id
from engage.web.language import LANGUAGES

MODES = {"web": "On the web", "kiosk": "At a kiosk", "paper": "On paper", "phone": "By phone"}
FEWEST = 10
NOT_SCREENED = "Something was written. It is shown here once somebody has screened it."


@dataclass(frozen=True, slots=True)
class ShownResponse:
    """What is needed to judge whether a person meant it.

    Not shown are the day, the place and the ward, who they are, and what may hurt: `withheld`
    counts those answers. Words are shown where screening found nothing to worry about.
    """

    rules: Sequence[Told]
    mode: str
    language: str
    minutes: str
    answers: Sequence[tuple[str, str]]
    withheld: int


def shown(session: Session, review: ResponseReview) -> ShownResponse:
    """The response of a review."""
    response = session.get_one(Response, review.response_id)
    definition = definition_by_id(session.connection(), response.definition_id)
    given = {
        name: tuple(answer) if isinstance(answer, list) else answer
        for name, answer in orjson.loads(response.answers).items()
    }
    open_to_see = {each.id for each in definition.questions.values() if _may_show(definition, each)}
    passed = _passed(session, response.id)
    kept = {name: answer for name, answer in given.items() if name in open_to_see}
    told = dict(_in_words(definition, kept, passed))
    return ShownResponse(
        rules=[RULES[name] for name in review.rules.split(",") if name in RULES],
        mode=MODES.get(response.mode, response.mode),
        language=_language(session, response),
        minutes=_took(response.duration),
        answers=list(told.items()),
        withheld=len(given) - len(kept),
    )


def _may_show(definition: Definition, question: Question) -> bool:
    """Whether an answer says something about the subject alone: not who, not where, not harm."""
    asked = definition.questions[question.beside.question] if question.beside else question
    who = set((definition.roles or {}).values())
    return (
        asked.id not in who
        and not asked.themes
        and asked.kind not in PLACE_KINDS | NAMED_KINDS
        and not asked.may_hurt
    )


def _in_words(
    definition: Definition, given: Answers, passed: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Each question with its answer; words that nobody has screened stay where they are."""
    safe = {
        name: answer
        for name, answer in given.items()
        if definition.questions[name].kind not in TEXT_KINDS or name in passed
    }
    for question in definition.questions.values():
        if question.id not in given or (question.beside and question.id in safe):
            continue  # what stands beside an option is told with it
        text = question.text
        if question.beside:
            text = f"{definition.questions[question.beside.question].text} In their words:"
        said = NOT_SCREENED
        if question.id in safe:
            said = in_words(definition, question, safe, {})
        yield text, said


def _passed(session: Session, response_id: str) -> frozenset[str]:
    """The questions whose texts somebody has screened and found nothing to worry about."""
    wanted = select(ScreenedText.question).where(
        ScreenedText.response_id == response_id, ScreenedText.state == ScreeningState.PASSED
    )
    return frozenset(session.scalars(wanted))


def _language(session: Session, response: Response) -> str:
    """The language by its name; not where so few answered in it that it tells who did."""
    same = select(Response.id).filter_by(wave_id=response.wave_id, language=response.language)
    if len(session.scalars(same.limit(FEWEST)).all()) < FEWEST:
        return "Not shown: few answered in it"
    named = (each.name for each in LANGUAGES if each.code == response.language)
    return next(named, response.language)


def _took(seconds: int | None) -> str:
    if seconds is None:
        return "Not known"
    return f"{seconds} seconds" if seconds < 120 else f"about {round(seconds / 60)} minutes"
