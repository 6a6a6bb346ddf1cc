"""Checks of rules: what they look at, and the codes and numbers that they look for."""

from collections.abc import Iterator

from engage.core.definition.check_numbers import CALENDAR, comparison
from engage.core.definition.condition import Condition
from engage.core.definition.days import LAST_YEAR
from engage.core.definition.faults import Problem
from engage.core.definition.kinds import NUMBER_KINDS, PLACE_KINDS, TEXT_KINDS, Kind
from engage.core.definition.model import Definition
from engage.core.definition.question import Question

WITHOUT_CODES = TEXT_KINDS | NUMBER_KINDS | PLACE_KINDS
"""Kinds whose answers are not in the definition."""
LARGEST = 999_999_999
"""The largest number that can be answered."""


def show_if(definition: Definition) -> Iterator[Problem]:
    """Pages and questions whose rule looks at what was not asked before, or cannot be answered."""
    for number, section in enumerate(definition.sections):
        of_page = set()
        for where, rule in (
            (section.id, section.show_if),
            *((each.id, each.show_if) for each in section.questions if not each.beside),
        ):
            if rule is None:
                continue
            for problem, remedy in (*_looks(definition, rule, number), *_parts(definition, rule)):
                # The rule of the page is in those of its questions, and is told once.
                if problem not in of_page:
                    yield where, problem, remedy
                if where == section.id:
                    of_page.add(problem)


def required_if(definition: Definition) -> Iterator[Problem]:
    """Questions required by a rule that looks at what was not asked before them."""
    order = list(definition.questions)
    for where, question in definition.questions.items():
        if question.required_if is None:
            continue
        for named in dict.fromkeys(question.required_if.questions()):
            if named not in definition.questions:
                yield where, f"required_if names {named!r}, which is not there.", "Correct the id."
            elif order.index(named) >= order.index(where):
                yield (
                    where,
                    f"required_if looks at {named!r}, which does not come before it.",
                    "Name questions of earlier pages, or further up on its page.",
                )
        yield from strange_codes(definition, where, question.required_if)


def strange_codes(definition: Definition, where: str, condition: Condition) -> Iterator[Problem]:
    """Codes that a rule looks for and no question has; numbers compared where there are none."""
    for problem, remedy in _parts(definition, condition):
        yield where, problem, remedy


def _looks(definition: Definition, rule: Condition, number: int) -> Iterator[tuple[str, str]]:
    place = definition.page_of
    for named in rule.questions():
        if named not in place:
            yield f"show_if names the question {named!r}, which is not there.", "Correct the id."
        elif place[named] >= number:
            yield (
                f"show_if looks at {named!r}, which is not asked on an earlier page.",
                "Move it to an earlier section.",
            )


def _parts(definition: Definition, rule: Condition) -> Iterator[tuple[str, str]]:
    asked = definition.questions.get(rule.question or "")
    if asked and asked.kind not in WITHOUT_CODES:
        for code in sorted((rule.codes | rule.none_of) - {option.code for option in asked.options}):
            yield (
                f"a rule looks for the code {code!r} of {asked.id!r}, which has no such option.",
                f"Use one of: {', '.join(option.code for option in asked.options)}.",
            )
    elif asked and asked.kind in TEXT_KINDS | NUMBER_KINDS and (rule.codes or rule.none_of):
        remedy = "Use answered." if asked.kind in TEXT_KINDS else "Use equals, or answered."
        yield f"a rule looks for codes of {asked.id!r}, which has none.", remedy
    yield from comparison(definition, rule)
    for part in rule.parts():
        yield from _parts(definition, part)


def bounds(definition: Definition) -> Iterator[Problem]:
    """Numbers and dates that nobody could give."""
    for question in definition.questions.values():
        low, high, real = question.minimum, question.maximum, CALENDAR.get(question.kind)
        if low is None or high is None:
            continue
        for bound in (low, high):
            if real and not real(bound):
                yield (
                    question.id,
                    f"{bound} is no {question.kind} of the calendar.",
                    'Write a day as "2026-03-05" and a month as "2026-03".',
                )
        if low > high:
            yield question.id, "its bounds leave no answer.", "Put the smaller one first."
        elif question.until_today and _year(question, low) >= LAST_YEAR - 1:
            yield question.id, "its earliest date is always to come.", "Put an earlier one."
        if question.kind is Kind.NUMBER and max(abs(low), abs(high)) > LARGEST:
            yield question.id, "its bounds have more than nine digits.", "Make them smaller."


def _year(question: Question, date: int) -> int:
    return date // (100 if question.kind is Kind.MONTH else 10_000)
