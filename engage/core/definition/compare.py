"""What changed between two versions of a questionnaire, question by question, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from engage.core.definition.compare_answers import changed_answers
from engage.core.definition.compare_asked import (
    changed_eligibility,
    changed_groups,
    changed_rule,
    names_of,
    way_of,
)
from engage.core.definition.compare_limits import changed_limits
from engage.core.definition.compare_words import changed_variants
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question
from engage.core.definition.wording import alike, quoted


class Aspect(StrEnum):
    """What about a question changed; how people answer (on paper, by phone) is not in the file."""

    ADDED = "added"
    REMOVED = "removed"
    WORDING = "wording"
    KIND = "kind"
    ANSWERS = "answers"
    ORDER = "order"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a question, in sentences that name what stands in both versions."""

    question: str
    kind: Aspect
    says: str


LOOKS: dict[Kind, str] = {
    **dict.fromkeys((Kind.SINGLE, Kind.SCALE), "one answer of several"),
    Kind.MULTIPLE: "any number of answers",
    Kind.RANKING: "answers put in order",
    Kind.NUMBER: "a number",
    Kind.DATE: "a date",
    Kind.MONTH: "a month",
    Kind.TEXT: "a line of text",
    Kind.LONG_TEXT: "a few sentences",
    Kind.AREA: "a place from a list",
    Kind.POSTCODE: "a postcode",
    Kind.PLACE: "a place by its name",
    Kind.PLACES: "places by their names",
    Kind.CONSENT: "a box to tick",
}
"""What people are asked for. A single choice and a row of a scale look the same to them."""


def compare(before: Definition, after: Definition) -> tuple[Changed, ...]:
    """Every change, in the order of the questions, those that were added last.

    A question is the same one while its id is. Raises ValueError for two questionnaires.
    """
    if before.id != after.id:
        raise ValueError(
            f"{before.id!r} and {after.id!r} are two questionnaires: compare versions of one."
        )
    older, newer = names_of(before, after)
    told: list[Changed] = []
    for question in before.questions.values():
        if question.id in after.questions:
            told += compare_question(before, after, question.id)
        else:
            says = f"{newer} no longer asks {quoted(question.text)}."
            told.append(Changed(question.id, Aspect.REMOVED, _sentence(says)))
    for question in after.questions.values():
        if question.id not in before.questions:
            says = f"{newer} asks {quoted(question.text)}, which {older} did not."
            told.append(Changed(question.id, Aspect.ADDED, _sentence(says)))
    others = *_worked_out(before, after), *_groups(before, after)
    return (*told, *others, *compare_eligibility(before, after))


def _worked_out(before: Definition, after: Definition) -> Iterator[Changed]:
    """What changed of numbers that are worked out; their titles are for those who read the data."""
    old, new = ({each.id: each for each in version.calculated} for version in (before, after))
    older, newer = names_of(before, after)
    for name, one in old.items():
        if name not in new:
            says = f"{newer} no longer works out {quoted(one.title)}."
            yield Changed(name, Aspect.REMOVED, _sentence(says))
        elif way_of(one) != way_of(new[name]):
            says = f"{newer} works out {quoted(one.title)} in another way than {older}."
            yield Changed(name, Aspect.ANSWERS, _sentence(says))
    for name in [each for each in new if each not in old]:
        says = f"{newer} works out {quoted(new[name].title)}, which {older} did not."
        yield Changed(name, Aspect.ADDED, _sentence(says))


def _groups(before: Definition, after: Definition) -> Iterator[Changed]:
    """Groups of breakdowns that other people are in than were."""
    older, newer = names_of(before, after)
    for breakdown, label in changed_groups(before, after):
        says = f"{newer} counts others as {quoted(label)} than {older}."
        yield Changed(breakdown, Aspect.ANSWERS, _sentence(says))


def compare_question(
    before: Definition, after: Definition, question_id: str, after_id: str | None = None
) -> tuple[Changed, ...]:
    """The changes of one question that both versions ask; raises KeyError where one does not.

    `after_id` is its id in the second version, where it was given another. Each kind of change
    comes once. What stands above the questions of its page counts as its words, and the question
    before it, on its page or the page before, as its place.
    """
    one, other = before.questions[question_id], after.questions[after_id or question_id]
    names = names_of(before, after)
    found = {
        Aspect.WORDING: " ".join(_words(before, after, one, other)),
        Aspect.KIND: _kind(one, other, names),
        Aspect.ANSWERS: _answers(before, after, one, other),
        Aspect.ORDER: _order(before, after, one, other),
        Aspect.ASKED: changed_rule(before, after, one, other),
    }
    return tuple(Changed(other.id, kind, _sentence(says)) for kind, says in found.items() if says)


def compare_eligibility(before: Definition, after: Definition) -> tuple[Changed, ...]:
    """Changes of whom the whole survey is for, at the question that decides it."""
    return tuple(
        Changed(question_id, Aspect.ASKED, _sentence(says))
        for question_id, says in changed_eligibility(before, after)
    )


def _sentence(says: str) -> str:
    return f"{says[:1].upper()}{says[1:]}"


def _words(before: Definition, after: Definition, one: Question, other: Question) -> Iterator[str]:
    names = names_of(before, after)
    intros = [_intro(before, one), _intro(after, other)]
    for what, texts in (
        ("The question", [one.text, other.text]),
        (f"The hint at {quoted(other.text)}", [one.help, other.help]),
        (f"The text above {quoted(other.text)}", intros),
    ):
        if not alike(*texts):
            said = [
                f"is {quoted(text)} in {name}" if text.strip() else f"is not there in {name}"
                for text, name in zip(texts, names, strict=True)
            ]
            yield f"{what} {said[0]}, and {said[1]}."
    yield from changed_variants(before, after, one, other)


def _intro(definition: Definition, question: Question) -> str:
    """What is read before a question: pages of information just before its own, and the intro."""
    place = definition.page_of[question.id]
    before = takewhile(lambda each: each.informs, reversed(definition.sections[:place]))
    told = [f"{each.title}. {each.intro}" for each in before]
    return " ".join([*reversed(told), definition.sections[place].intro])


def _kind(one: Question, other: Question, names: tuple[str, str]) -> str:
    looks = [LOOKS[each.kind] for each in (one, other)]
    if looks[0] == looks[1]:
        return ""
    wants = f"{names[0]} wants {looks[0]}, {names[1]} {looks[1]}"
    return f"to {quoted(other.text)}, {wants}."


def _answers(before: Definition, after: Definition, one: Question, other: Question) -> str:
    offered = changed_answers(one, other, names_of(before, after))
    limits = map(_sentence, changed_limits(before, after, one, other))
    says = " ".join(filter(None, (offered, *limits)))
    return f"The answers to {quoted(other.text)} changed. {says}" if says else ""


def _order(before: Definition, after: Definition, one: Question, other: Question) -> str:
    came = _before(before, one), _before(after, other)
    if (came[0].id if came[0] else None) == (came[1].id if came[1] else None):
        return ""
    places = [
        f"after {quoted(each.text)} in {name}" if each else f"first in {name}"
        for each, name in zip(came, names_of(before, after), strict=True)
    ]
    return f"{quoted(other.text)} comes {places[0]}, and {places[1]}."


def _before(definition: Definition, question: Question) -> Question | None:
    """The question just before this one; a box belongs to its question and is not before any."""
    ids = [each.id for each in definition.questions.values() if not each.beside]
    if question.beside:
        return definition.questions[question.beside.question]
    place = ids.index(question.id)
    return definition.questions[ids[place - 1]] if place else None
