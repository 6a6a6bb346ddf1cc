"""Checks of numbers that are worked out: what they are made of is there, and fits."""

from collections.abc import Iterator

from engage.core.definition.check_rules import bounds, required_if, show_if, strange_codes
from engage.core.definition.condition import Calculated
from engage.core.definition.faults import Problem
from engage.core.definition.kinds import Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

MOST = 2_000_000_000
"""The largest number that a table of responses holds, and a little less."""


def calculated(definition: Definition) -> Iterator[Problem]:
    """Numbers made of what is not asked, is no number, or cannot be counted."""
    for each in definition.calculated:
        where = f"calculated/{each.id}"
        for named in dict.fromkeys(each.questions()):
            if named not in definition.questions:
                yield (
                    where,
                    f"it is made of {named!r}, which is no question and no number before it.",
                    "Correct the id.",
                )
        asked = [definition.questions[name] for name in each.sum if name in definition.questions]
        for question in asked:
            if question.kind is not Kind.NUMBER:
                yield where, f"it adds up {question.id!r}, which is no number.", "Leave it out."
        if sum(_largest(question) for question in asked) > MOST:
            yield where, "its sum can be too large.", "Make the bounds of its questions smaller."
        yield from _counted(definition, each, where)
        for case in each.cases:
            yield from strange_codes(definition, where, case.when)


def _counted(definition: Definition, number: Calculated, where: str) -> Iterator[Problem]:
    asked = [definition.questions[name] for name in number.count if name in definition.questions]
    for question in asked:
        codes = {option.code for option in question.options}
        if question.kind is Kind.RANKING or not codes & number.of:
            yield (
                where,
                f"it counts answers to {question.id!r}, which has none of its codes.",
                "Name questions that are answered with one of the codes.",
            )
    known = {option.code for question in asked for option in question.options}
    for code in sorted(number.of - known):
        yield where, f"it counts the code {code!r}, which none of its questions has.", "Correct it."


def _largest(question: Question) -> int:
    return max(abs(question.minimum or 0), abs(question.maximum or 0))


def sound(definition: Definition) -> bool:
    """Whether what rules look at is there: only then can ways through be told."""
    checks = (show_if, required_if, bounds, calculated)
    return not any(any(check(definition)) for check in checks)
