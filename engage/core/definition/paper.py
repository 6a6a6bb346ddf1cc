"""A questionnaire as it stands on paper: its numbers, what is typed for a box, and who goes where.

The same numbers and keys are on the page where staff type the forms in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from engage.core.definition.condition import Condition
from engage.core.definition.kinds import PLACE_KINDS
from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section

Wards = Sequence[tuple[str, str]]
"""Pairs of code and name, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class Way:
    """Whom the questions from `first` to `last` are for, and where all others go on.

    `onward` is the number of a question; None where nothing is left. A page that only tells
    something has no `first` and `last`.
    """

    when: Condition
    first: int | None
    last: int | None
    onward: int | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question under its number; `way` stands before it where it begins a run of its own."""

    number: int
    question: Question
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the questionnaire; its `way` is about all of it."""

    section: Section
    way: Way | None
    questions: tuple[Numbered, ...]


def numbers_of(definition: Definition) -> dict[str, int]:
    """The number of every question, from 1; a box beside an option has that of its question."""
    asked = [each.id for each in definition.questions.values() if not each.beside]
    numbers = {question_id: number for number, question_id in enumerate(asked, 1)}
    for question in definition.questions.values():
        if question.beside:
            numbers[question.id] = numbers[question.beside.question]
    return numbers


def keys_of(question: Question, wards: Wards = ()) -> Mapping[str, str]:
    """What is typed for each box of a question, and the code that it stands for.

    The codes themselves where all are digits, else the places of the options, from 1. The boxes
    of a place are the wards, then its own options.
    """
    codes = [option.code for option in question.options]
    if question.kind in PLACE_KINDS:
        codes = [*(code for code, _name in wards), *codes]
    elif all(code.isascii() and code.isdigit() for code in codes):
        return {code: code for code in codes}
    return {str(place): code for place, code in enumerate(codes, 1)}


def parts_of(definition: Definition, numbers: Mapping[str, int]) -> tuple[Part, ...]:
    """The questionnaire as it is printed, in order; `numbers` may skip what is not."""
    return tuple(_parts(definition, numbers))


def _parts(definition: Definition, numbers: Mapping[str, int]) -> Iterator[Part]:
    printed = sorted({numbers[each] for each in definition.questions})
    onward = dict(zip([0, *printed], [*printed, None], strict=True))
    reached = 0
    for section in definition.sections:
        asked = [each for each in section.questions if not each.beside]
        first = numbers[asked[0].id] if asked else None
        last = numbers[asked[-1].id] if asked else None
        reached = last or reached
        way = Way(section.show_if, first, last, onward[reached]) if section.show_if else None
        yield Part(section, way, tuple(_numbered(section, asked, numbers, onward)))


def _numbered(
    section: Section,
    asked: Sequence[Question],
    numbers: Mapping[str, int],
    onward: Mapping[int, int | None],
) -> Iterator[Numbered]:
    for when, run in groupby(asked, key=lambda each: own_condition(section, each)):
        questions = list(run)
        first, last = numbers[questions[0].id], numbers[questions[-1].id]
        way = Way(when, first, last, onward[last]) if when else None
        for question in questions:
            yield Numbered(numbers[question.id], question, way)
            way = None


def own_condition(section: Section, question: Question) -> Condition | None:
    """What a question demands beside what its page demands already."""
    when, page = question.show_if, section.show_if
    if when is None or page is None:
        return when
    if when == page:
        return None
    if when.all_of and when.all_of[0] == page:
        left = when.all_of[1:]
        return left[0] if len(left) == 1 else Condition(all_of=left)
    return when
