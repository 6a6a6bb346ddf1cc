"""A text as the page shows it: under its question, with its days in words."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from engage.core.definition.model import Definition
from engage.responses.screened import Reason, ScreeningState
from engage.responses.screening import Text, texts_in
from engage.screening.forms import REASONS
from engage.waves.published import definition_by_id

AT_ONCE = 20
"""How many texts are on one page."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """The words with their question and survey; nothing else that the same person answered."""

    id: str
    survey: str
    question: str
    words: str
    came_on: date
    due_on: date
    overdue: bool
    due_today: bool
    reason: str
    told_at: datetime | None


def shown(session: Session, state: ScreeningState, today: date) -> list[ShownText]:
    """The texts in a state that are on the page, those that wait longest in front."""
    connection = session.connection()
    return [
        _shown(each, definition_by_id(connection, each.definition_id), today)
        for each in texts_in(session, state, AT_ONCE)
    ]


def _shown(text: Text, definition: Definition, today: date) -> ShownText:
    question = definition.questions[text.question]
    asked = definition.questions[question.beside.question] if question.beside else question
    option = asked.option(question.beside.code) if question.beside else None
    return ShownText(
        id=text.id,
        survey=definition.title,
        question=f"{asked.text} {option.label}" if option else asked.text,
        words=text.words,
        came_on=text.came_on,
        due_on=text.due_on,
        overdue=text.due_on < today,
        due_today=text.due_on == today,
        reason=REASONS[Reason(text.reason)] if text.reason else "",
        told_at=text.told_at,
    )
