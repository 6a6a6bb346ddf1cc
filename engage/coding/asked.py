"""A question of a wave whose texts are coded, as the pages of this slice name it."""

from dataclasses import dataclass

from flask import abort
from sqlalchemy.orm import Session

from engage.core.definition.kinds import TEXT_KINDS
from engage.core.definition.model import Definition
from engage.waves.models import Wave
from engage.waves.published import definition_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A text question as one wave asked it."""

    wave_id: int
    wave: str
    questionnaire: str
    definition: Definition
    question: str

    @property
    def words(self) -> str:
        """What was asked; for a box beside an option, with the label of that."""
        return words_of(self.definition, self.question)

    @property
    def survey(self) -> str:
        """The survey and the wave."""
        return f"{self.definition.title}, {self.wave}"


def words_of(definition: Definition, question_id: str) -> str:
    """What a question asks; its id where this version does not ask it."""
    question = definition.questions.get(question_id)
    if question is None:
        return question_id
    if question.beside is None:
        return question.text
    beside = definition.questions[question.beside.question]
    option = beside.option(question.beside.code)
    return f"{beside.text} {option.label}" if option else beside.text


def asked_or_404(session: Session, wave_id: int, question: str) -> Asked:
    """The question of a wave; answers 404 where the wave asks no such text."""
    wave = session.get(Wave, wave_id) or abort(404)
    definition = definition_of(wave.definition)
    found = definition.questions.get(question)
    if found is None or found.kind not in TEXT_KINDS:
        abort(404)
    return Asked(wave_id, wave.name, wave.questionnaire, definition, question)
