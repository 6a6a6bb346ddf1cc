"""The boxes of a question that people write in, and the words that belong in each."""

from engage.core.definition.model import TEXT_KINDS, Definition, Kind, Question
from engage.core.definition.routing import Answers

OPEN_KINDS = TEXT_KINDS | {Kind.NUMBER}
"""Kinds that are answered in boxes and in nothing else."""


def boxes_of(definition: Definition, question: Question) -> tuple[str, ...]:
    """The ids of a question's boxes, in the order in which they stand on the page."""
    if question.kind in OPEN_KINDS:
        return (question.id,)
    return tuple(box.id for box in definition.write_ins.get(question.id, ()))


def words_in(definition: Definition, question: Question, answers: Answers) -> dict[str, str]:
    """The words in each box of a question, by its id, when these are the answers so far."""
    return {box: str(answers.get(box, "")) for box in boxes_of(definition, question)}
