"""Checks of who is asked what: the age question, children, what cannot be skipped."""

from collections.abc import Iterator

from engage.core.definition.faults import Problem
from engage.core.definition.kinds import CHOICE_KINDS, TEXT_KINDS, Kind, Theme
from engage.core.definition.model import Definition
from engage.core.definition.possible import possible
from engage.core.definition.question import Question, Section
from engage.core.definition.truth import Answers, truth

ONE_OF_SEVERAL = frozenset({"age", "sex", "connection"})
"""Parts that only a question with one answer of several can play."""
UNDER_13 = frozenset({Theme.EQUALITIES, Theme.VICTIMISATION})
UNDER_16 = frozenset({Theme.SEXUAL_VIOLENCE, Theme.SEXUAL_ORIENTATION, Theme.GENDER_IDENTITY})


def roles(definition: Definition) -> Iterator[Problem]:
    """Parts that no question plays, and an age question that does not gate the rest."""
    for role, question_id in (definition.roles or {}).items():
        if question_id not in definition.questions:
            yield f"roles/{role}", f"there is no question {question_id!r}.", "Correct the id."
            continue
        kind = definition.questions[question_id].kind
        if role in ONE_OF_SEVERAL and kind not in CHOICE_KINDS:
            problem = f"{question_id!r} is of the kind {kind}, which has not one answer of several."
            yield f"roles/{role}", problem, "Make it single or scale."
    age = definition.role("age")
    if age is None:
        if definition.population != "none":
            problem = "the answers are weighted, and no question asks the age band."
            yield "roles/age", problem, "Name it under roles, or set population: none."
    elif _first(definition) != age.id:
        yield age.id, "the age band is not the first question.", "Ask it first: it gates the rest."
    elif not age.required:
        yield age.id, "the age band can be skipped.", "Set required: true."
    if age and age.show_if:
        yield (
            age.id,
            "the age band is not asked of everybody: it has a show_if, or its page has.",
            "Remove show_if there: it gates the rest.",
        )


def bands(definition: Definition) -> Iterator[Problem]:
    """Age bands that nobody is in, or that somebody is in twice."""
    age = definition.role("age")
    banded = [(each.age, each.label) for each in age.options if each.age] if age else []
    for (first, last), label in banded:
        if last is not None and first > last:
            problem = f"the ages of {label!r} end before they begin."
            yield age.id if age else "", problem, "Put the younger age first."
    for number, (one, label) in enumerate(banded):
        for other, another in banded[number + 1 :]:
            if _meet(one, other) and age:
                problem = f"{label!r} and {another!r} have ages in common."
                yield age.id, problem, "Let each age be in one band only."


def _meet(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    return all(
        last is None or first <= last for first, last in ((one[0], other[1]), (other[0], one[1]))
    )


def _first(definition: Definition) -> str:
    """The first question that is more than an agreement to go on."""
    asked = definition.questions.values()
    return next((each.id for each in asked if each.kind is not Kind.CONSENT), "")


def children(definition: Definition) -> Iterator[Problem]:
    """Questions that may not be put to somebody of an age at which they could be reached.

    Where nobody is asked their age, everybody may be a child. A report is not held to this: a
    child who was hurt must be able to say so, and to say what was done.
    """
    if definition.sealed:
        return
    age = definition.role("age")
    if age is None:
        yield from _ageless(definition)
        return
    for known, who, youngest in _ages(age):
        asked = possible(definition, known, absent="" if known else age.id)
        for put in _everything(definition):
            if isinstance(put, Question):
                reached = put.id in asked
            else:
                reached = put.show_if is None or truth(put.show_if, known, asked) is not False
            if reached and (problem := _unfit(put, youngest)):
                yield (
                    put.id,
                    f"{problem} may be put to someone who {who}.",
                    "Restrict it with show_if on the age band.",
                )


def _ages(age: Question) -> Iterator[tuple[Answers, str, int]]:
    """Each way of being under 16, or of not saying so: the answers, in words, and the youngest."""
    for option in age.options:
        youngest = option.age[0] if option.age else 0
        if option.eligible and youngest < 16:
            yield {age.id: option.code}, f"answers {option.label!r}", youngest
    if age.show_if or not age.required:
        yield {}, "does not say how old they are", 0


def _ageless(definition: Definition) -> Iterator[Problem]:
    for put in _everything(definition):
        if problem := _unfit(put, youngest=0):
            remedy = "Ask the age band first, and name it under roles."
            yield put.id, f"{problem} may be put to a child: nobody is asked their age.", remedy


def _everything(definition: Definition) -> Iterator[Question | Section]:
    """Every question and every page of information."""
    yield from definition.questions.values()
    yield from (section for section in definition.sections if section.informs)


def _unfit(put: Question | Section, youngest: int) -> str:
    """Why it may not be put to someone of this age; empty when it may."""
    forbidden = put.themes & (UNDER_16 | UNDER_13 if youngest < 13 else UNDER_16)
    if forbidden:
        return f"an item on {', '.join(sorted(forbidden)).replace('_', ' ')}"
    if youngest < 13 and isinstance(put, Question) and put.kind in TEXT_KINDS:
        return "a text box"
    return ""


def required(definition: Definition) -> Iterator[Problem]:
    """Questions that cannot be skipped, though nothing hangs on them."""
    for question in definition.questions.values():
        decides = any(not option.eligible for option in question.options)
        decides = decides or question.id in (definition.roles or {}).values()
        decides = decides or question.kind is Kind.CONSENT or definition.sealed
        if question.required and not decides:
            yield (
                question.id,
                "it is required, but does not decide who may take part.",
                "Let people skip it: remove required.",
            )
        if question.required_if and question.required:
            yield question.id, "it is required by a rule and anyhow.", "Remove one of the two."
        if question.required_if and question.unsaying is None:
            yield (
                question.id,
                "a rule requires it, but nobody can answer that they would rather not say.",
                "Add an option with means: refused, or remove required_if.",
            )
