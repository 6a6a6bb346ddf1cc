"""The checks that a schema cannot say, run over the whole definition; all faults at once."""

from collections import Counter
from collections.abc import Callable, Iterator

from engage.core.definition.faults import Fault
from engage.core.definition.model import (
    CHOICE_KINDS,
    TEXT_KINDS,
    Condition,
    Definition,
    Kind,
    Question,
    Theme,
)
from engage.core.definition.routing import truth

Problem = tuple[str, str, str]

UNDER_13 = frozenset({Theme.EQUALITIES, Theme.VICTIMISATION})
UNDER_16 = frozenset({Theme.SEXUAL_VIOLENCE, Theme.SEXUAL_ORIENTATION, Theme.GENDER_IDENTITY})


def check(definition: Definition, file: str) -> list[Fault]:
    """Everything wrong with a definition that passed the schema; an empty list when it is sound."""
    return [Fault(file, *problem) for rule in _RULES for problem in rule(definition)]


def _ids(definition: Definition) -> Iterator[Problem]:
    counts = Counter(q.id for section in definition.sections for q in section.questions)
    counts.update(section.id for section in definition.sections)
    for name, count in counts.items():
        if count > 1:
            yield name, f"the id {name!r} is used {count} times.", "Give each its own id."


def _options(definition: Definition) -> Iterator[Problem]:
    for question in definition.questions.values():
        counts = Counter(option.code for option in question.options)
        for code, count in counts.items():
            if count > 1:
                yield (
                    question.id,
                    f"the code {code!r} stands for {count} options.",
                    "Give each option its own code.",
                )
        if question.kind in CHOICE_KINDS and len(question.options) < 2:
            yield question.id, "it offers fewer than two options.", "Add options."


def _variables(definition: Definition) -> Iterator[Problem]:
    names = Counter(
        f"{question.id}_{option.code}"
        for question in definition.questions.values()
        if question.kind is Kind.MULTIPLE
        for option in question.options
    )
    names.update(list(definition.questions))
    for name, count in names.items():
        if count > 1:
            yield name, f"two columns would be called {name!r}.", "Rename the question or code."


def _conditions(definition: Definition) -> Iterator[Problem]:
    place = {
        question.id: number
        for number, section in enumerate(definition.sections)
        for question in section.questions
    }
    for question in definition.questions.values():
        if question.show_if is None:
            continue
        for named in question.show_if.questions():
            if named not in place:
                yield (
                    question.id,
                    f"show_if names the question {named!r}, which is not there.",
                    "Correct the id.",
                )
            elif place[named] >= place[question.id]:
                yield (
                    question.id,
                    f"show_if looks at {named!r}, which is not asked on an earlier page.",
                    "Move it to an earlier section.",
                )
        yield from _codes(definition, question.id, question.show_if)


def _codes(definition: Definition, where: str, condition: Condition) -> Iterator[Problem]:
    asked = definition.questions.get(condition.question or "")
    if asked and asked.kind not in TEXT_KINDS | {Kind.NUMBER, Kind.AREA}:
        for code in sorted(condition.codes - {option.code for option in asked.options}):
            yield (
                where,
                f"a rule looks for the code {code!r} of {asked.id!r}, which has no such option.",
                f"Use one of: {', '.join(option.code for option in asked.options)}.",
            )
    negated = (condition.negated,) if condition.negated else ()
    for part in (*condition.all_of, *condition.any_of, *negated):
        yield from _codes(definition, where, part)


def _roles(definition: Definition) -> Iterator[Problem]:
    for role, question_id in (definition.roles or {}).items():
        if question_id not in definition.questions:
            yield f"roles/{role}", f"there is no question {question_id!r}.", "Correct the id."
    age = definition.role("age")
    if age is None:
        yield "roles/age", "no question asks the age band.", "Name it under roles."
    elif definition.sections[0].questions[0].id != age.id:
        yield age.id, "the age band is not the first question.", "Ask it first: it gates the rest."
    elif not age.required:
        yield age.id, "the age band can be skipped.", "Set required: true."


def _breakdowns(definition: Definition) -> Iterator[Problem]:
    for breakdown in definition.breakdowns:
        where = f"breakdowns/{breakdown.id}"
        if not breakdown.groups:
            yield where, "it has no groups.", "Name a question with substantive options."
        for group in breakdown.groups:
            for named in group.when.questions():
                if named not in definition.questions:
                    yield where, f"there is no question {named!r}.", "Correct the id."
            yield from _codes(definition, where, group.when)


def _cleaning(definition: Definition) -> Iterator[Problem]:
    for name in sorted(definition.cleaning.reversed_items):
        question = definition.questions.get(name)
        if question is None or question.kind is not Kind.SCALE:
            yield (
                "cleaning/reversed",
                f"{name!r} is no question of the kind scale.",
                "Name rows of a scale that are worded the other way round.",
            )
    counts = Counter(conflict.id for conflict in definition.cleaning.conflicts)
    for conflict in definition.cleaning.conflicts:
        where = f"cleaning/conflicts/{conflict.id}"
        if counts[conflict.id] > 1:
            yield where, "two conflicts have this id.", "Give each its own id."
        for named in conflict.questions():
            if named not in definition.questions:
                yield where, f"there is no question {named!r}.", "Correct the id."
        yield from _codes(definition, where, conflict.first)
        yield from _codes(definition, where, conflict.second)


def _areas(definition: Definition) -> Iterator[Problem]:
    for section in definition.sections:
        kinds = [question.kind for question in section.questions]
        if Kind.AREA in kinds and len(kinds) > 1:
            yield section.id, "an area question shares its page.", "Give it a section of its own."
    if sum(q.kind is Kind.AREA for q in definition.questions.values()) > 1:
        yield "sections", "there are two area questions.", "Keep the one that roles/area names."


def _children(definition: Definition) -> Iterator[Problem]:
    age = definition.role("age")
    for option in age.options if age else ():
        youngest = option.age[0] if option.age else 0
        if not option.eligible or youngest >= 16:
            continue
        known = {age.id: option.code} if age else {}
        for question in definition.questions.values():
            possible = question.show_if is None or (
                truth(question.show_if, known, complete=False) is not False
            )
            if possible and (problem := _unfit(question, youngest)):
                yield (
                    question.id,
                    f"{problem} may be put to someone who answers {option.label!r}.",
                    "Restrict it with show_if on the age band.",
                )


def _unfit(question: Question, youngest: int) -> str:
    """Why the question may not be put to someone of this age; empty when it may."""
    forbidden = question.themes & (UNDER_16 | UNDER_13 if youngest < 13 else UNDER_16)
    if forbidden:
        return f"an item on {', '.join(sorted(forbidden)).replace('_', ' ')}"
    if youngest < 13 and question.kind in TEXT_KINDS:
        return "a text box"
    return ""


def _required(definition: Definition) -> Iterator[Problem]:
    for question in definition.questions.values():
        decides = any(not option.eligible for option in question.options)
        decides = decides or question.id in (definition.roles or {}).values()
        if question.required and not decides:
            yield (
                question.id,
                "it is required, but does not decide who may take part.",
                "Let people skip it: remove required.",
            )


_RULES: tuple[Callable[[Definition], Iterator[Problem]], ...] = (
    _ids,
    _options,
    _variables,
    _conditions,
    _roles,
    _breakdowns,
    _cleaning,
    _areas,
    _children,
    _required,
)
