"""The boxes of a question that people write in, and the words that belong in each."""

from engage.core.definition.days import iso
from engage.core.definition.kinds import NUMBER_KINDS, TEXT_KINDS, Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.routing import Answers
from engage.web.date_field import PARTS

OPEN_KINDS = TEXT_KINDS | NUMBER_KINDS | {Kind.RANKING}
"""Kinds that are answered in boxes and in nothing else."""
OF = "-"
"""Between the id of a question and the name of a part of it; no id has one."""


def boxes_of(definition: Definition, question: Question) -> tuple[str, ...]:
    """The ids of a question's boxes, in the order in which they stand on the page."""
    if question.kind is Kind.RANKING:
        return tuple(f"{question.id}{OF}{option.code}" for option in question.options)
    if question.kind in PARTS:
        return tuple(f"{question.id}{OF}{part}" for part in PARTS[question.kind])
    if question.kind in OPEN_KINDS:
        return (question.id,)
    return tuple(box.id for box in definition.write_ins.get(question.id, ()))


def words_in(definition: Definition, question: Question, answers: Answers) -> dict[str, str]:
    """The words in each box of a question, by its id, when these are the answers so far.

    `answers` may hold what was sent for a box of a date or ranking; that goes before its answer.
    """
    boxes, answer = boxes_of(definition, question), answers.get(question.id)
    if question.kind is Kind.RANKING:
        ranked = answer if isinstance(answer, tuple) else ()
        places = {f"{question.id}{OF}{code}": str(place) for place, code in enumerate(ranked, 1)}
        return {box: str(answers.get(box, places.get(box, ""))) for box in boxes}
    if question.kind in PARTS:
        parts = reversed(iso(answer).split("-")) if isinstance(answer, int) else [""] * len(boxes)
        known = {box: part.lstrip("0") for box, part in zip(boxes, parts, strict=True)}
        return {box: str(answers.get(box, words)) for box, words in known.items()}
    return {box: str(answers.get(box, "")) for box in boxes}


def question_of(box: str) -> str:
    """The id of the question that a box belongs to; a box beside an option is one itself."""
    return box.partition(OF)[0]
