"""Checks of who is asked what: the age question, children, what cannot be skipped."""

from collections.abc import Iterator

from engage.core.definition.faults import Problem
from engage.core.definition.kinds import TEXT_KINDS, Kind, Theme
from engage.core.definition.model import Definition
from engage.core.definition.question import Question, Section
from engage.core.definition.routing import truth

UNDER_13 = frozenset({Theme.EQUALITIES, Theme.VICTIMISATION})
UNDER_16 = frozenset({Theme.SEXUAL_VIOLENCE, Theme.SEXUAL_ORIENTATION, Theme.GENDER_IDENTITY})


def roles(definition: Definition) -> Iterator[Problem]:
    """Parts that no question plays, and an age question that does not gate the rest."""
    for role, question_id in (definition.roles or {}).items():
        if question_id not in definition.questions:
            yield f"roles/{role}", f"there is no question {question_id!r}.", "Correct the id."
    age = definition.role("age")
    if age is None:
        if definition.population != "none":
            problem = "the answers are weighted, and no question asks the age band."
            yield "roles/age", problem, "Name it under roles, or set population: none."
    elif _first(definition) != age.id:
        yield age.id, "the age band is not the first question.", "Ask it first: it gates the rest."
    elif not age.required:
        yield age.id, "the age band can be skipped.", "Set required: true."


def _first(definition: Definition) -> str:
    """The first question that is more than an agreement to go on."""
    asked = definition.questions.values()
    return next((each.id for each in asked if each.kind is not Kind.CONSENT), "")


def children(definition: Definition) -> Iterator[Problem]:
    """Questions that may not be put to somebody of an age at which they could be reached.

    Where nobody is asked their age, everybody may be a child.
    """
    age = definition.role("age")
    if age is None:
        yield from _ageless(definition)
    for option in age.options if age else ():
        youngest = option.age[0] if option.age else 0
        if not option.eligible or youngest >= 16:
            continue
        known = {age.id: option.code} if age else {}
        for put in _everything(definition):
            possible = put.show_if is None or (
                truth(put.show_if, known, definition.questions) is not False
            )
            if possible and (problem := _unfit(put, youngest)):
                yield (
                    put.id,
                    f"{problem} may be put to someone who answers {option.label!r}.",
                    "Restrict it with show_if on the age band.",
                )


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
        decides = decides or question.kind is Kind.CONSENT
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
