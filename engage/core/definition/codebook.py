"""The coded variables of a definition, in the order in which a response packs them."""

from dataclasses import dataclass
from enum import StrEnum

from engage.core.definition.condition import Calculated
from engage.core.definition.kinds import (
    CHOICE_KINDS,
    LIST_KINDS,
    NUMBER_KINDS,
    PLACE_KINDS,
    TEXT_KINDS,
    Kind,
)
from engage.core.definition.model import Definition
from engage.core.definition.places import ordinal
from engage.core.definition.question import Question
from engage.core.definition.routing import Answer, Answers, asked
from engage.core.definition.truth import value_of

NOT_ASKED = "@not_asked"
NOT_ANSWERED = "@not_answered"
WRITTEN = "@text"
SOMEWHERE = "@area"
PLACE = "@place"
"""Some place that was named; which one is in the answers alone."""
UNPLACED = "0"
"""Of an option in a ranking: it was given no place, while another was."""
MISSING = (NOT_ASKED, NOT_ANSWERED)
_SOMEWHERE = {
    **dict.fromkeys(PLACE_KINDS, (SOMEWHERE, "A ward, see the ward column")),
    Kind.PLACE: (PLACE, "A place was named"),
}

NUMBER_NOT_ASKED = -2_147_483_648
NUMBER_NOT_ANSWERED = -2_147_483_647


class Storage(StrEnum):
    """How a variable is packed: one byte for a category's place, four for a number."""

    CATEGORY = "u1"
    NUMBER = "<i4"


@dataclass(frozen=True, slots=True)
class Variable:
    """One column of the coded table. `categories` are in the order of their packed values."""

    name: str
    question: str
    label: str
    storage: Storage
    categories: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    option: str | None = None


def variables(definition: Definition) -> tuple[Variable, ...]:
    """Every variable of the definition, in the order of the packed codes.

    Numbers that are worked out come last; their `question` is their own id.
    """
    asked = (each for question in definition.questions.values() for each in variables_of(question))
    worked_out = (
        Variable(each.id, each.id, each.title, Storage.NUMBER) for each in definition.calculated
    )
    return (*asked, *worked_out)


def variables_of(question: Question) -> tuple[Variable, ...]:
    """The variables of one question: one, or one for each option of a multiple choice."""
    if question.kind in LIST_KINDS:
        codes, labels = _categories(question)
        return tuple(
            Variable(
                f"{question.id}_{option.code}",
                question.id,
                f"{question.text} {option.label}",
                Storage.CATEGORY,
                (*MISSING, *codes),
                ("Not asked", "Not answered", *labels),
                option.code,
            )
            for option in question.options
        )
    if question.kind in NUMBER_KINDS:
        return (Variable(question.id, question.id, question.text, Storage.NUMBER),)
    codes, labels = _categories(question)
    return (
        Variable(
            question.id,
            question.id,
            question.text,
            Storage.CATEGORY,
            (*MISSING, *codes),
            ("Not asked", "Not answered", *labels),
        ),
    )


def _categories(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if question.kind is Kind.MULTIPLE:
        return ("0", "1"), ("No", "Yes")
    if question.kind is Kind.RANKING:
        places = range(1, question.places + 1)
        return (UNPLACED, *map(str, places)), ("No place", *map(ordinal, places))
    codes = tuple(option.code for option in question.options)
    labels = tuple(option.label for option in question.options)
    somewhere, told = _SOMEWHERE.get(question.kind, ("", ""))
    if somewhere:
        return (somewhere, *codes), (told, *labels)
    if question.kind is Kind.PLACES:
        counts = [str(number) for number in range(1, question.places + 1)]
        return (*counts, *codes), (*(f"Places named: {count}" for count in counts), *labels)
    if question.kind in TEXT_KINDS:
        return (WRITTEN,), ("Something was written",)
    return codes, labels


def pack(definition: Definition, answers: Answers) -> bytes:
    """The answers as small integers, in the order of `variables(definition)`.

    `answers` are reachable ones, checked against the definition. One byte for each categorical
    variable (the place of its category), four little-endian bytes for each number.
    """
    packed = bytearray()
    for question in definition.questions.values():
        put = asked(question, answers)
        answer = answers.get(question.id)
        if question.kind in NUMBER_KINDS:
            missing = NUMBER_NOT_ANSWERED if put else NUMBER_NOT_ASKED
            number = answer if isinstance(answer, int) else missing
            packed += number.to_bytes(4, "little", signed=True)
        elif answer is None:
            width = len(question.options) if question.kind in LIST_KINDS else 1
            packed += bytes([1 if put else 0]) * width
        else:
            packed += _places(question, answer)
    for calculated in definition.calculated:
        packed += _worked_out(definition, calculated, answers)
    return bytes(packed)


def _worked_out(definition: Definition, calculated: Calculated, answers: Answers) -> bytes:
    number = value_of(calculated, answers)
    if number is None:
        sources = (definition.questions[each] for each in calculated.questions())
        put = any(asked(each, answers) for each in sources)
        number = NUMBER_NOT_ANSWERED if put else NUMBER_NOT_ASKED
    return number.to_bytes(4, "little", signed=True)


def _places(question: Question, answer: Answer) -> bytes:
    if question.kind is Kind.MULTIPLE:
        ticked = answer if isinstance(answer, tuple) else (str(answer),)
        # Who ticks "don't know" or "prefer not to say" has not said no to the rest: those stay
        # unanswered, or refusing to say whether one was a victim would count as never having been.
        said = all(option.substantive for option in question.options if option.code in ticked)
        return bytes(
            3 if option.code in ticked else 2 if said else 1 for option in question.options
        )
    if question.kind is Kind.RANKING and isinstance(answer, tuple):
        held = {code: number for number, code in enumerate(answer, 1)}
        return bytes(2 + held.get(option.code, 0) for option in question.options)
    if question.kind in TEXT_KINDS:
        return bytes([2])
    if question.kind is Kind.PLACES and isinstance(answer, tuple):
        codes, _labels = _categories(question)
        alone = answer[0] in codes
        return bytes([2 + codes.index(answer[0] if alone else str(len(answer)))])
    first = 3 if question.kind in _SOMEWHERE else 2
    for place, option in enumerate(question.options):
        if option.code == answer:
            return bytes([first + place])
    if question.kind in CHOICE_KINDS | {Kind.CONSENT}:
        raise ValueError(f"{question.id} has no option {answer!r}: check answers before packing.")
    return bytes([2])
