"""Checks of numbers in rules: what is compared must be numbers, and of one sort."""

from collections.abc import Iterator

from engage.core.definition.condition import Calculated, Condition
from engage.core.definition.days import is_day, is_month
from engage.core.definition.kinds import NUMBER_KINDS, Kind
from engage.core.definition.model import Definition

CALENDAR = {Kind.DATE: is_day, Kind.MONTH: is_month}
Told = tuple[str, str]
"""What is wrong, and what to do."""


def comparison(definition: Definition, rule: Condition) -> Iterator[Told]:
    """What is wrong with the numbers that one rule, without its parts, compares."""
    if rule.calculated and (rule.codes or rule.none_of):
        yield (
            f"a rule looks for codes of {rule.calculated.id!r}, which is a number.",
            "Compare it with at_least, at_most, equals, more_than or less_than.",
        )
    if not rule.compares:
        return
    kind = _kind(definition, rule.number)
    if kind is not None and kind not in NUMBER_KINDS:
        yield (
            f"a rule compares {_name(rule.number)!r} with a number, but it is answered otherwise.",
            "Name codes with in or none_of.",
        )
        return
    real = CALENDAR.get(kind) if kind else None
    for bound in (rule.at_least, rule.at_most):
        if real and bound is not None and not real(bound):
            yield (
                f"a rule compares {_name(rule.number)!r} with {bound}, which is no {kind}.",
                'Write a day as "2026-03-05" and a month as "2026-03".',
            )
    for than in rule.than:
        yield from _others(definition, rule.number, than.number)


def _others(
    definition: Definition, one: str | Calculated | None, other: str | Calculated
) -> Iterator[Told]:
    kinds = _kind(definition, one), _kind(definition, other)
    if one == other:
        yield f"a rule compares {_name(one)!r} with itself.", "Name another question."
    elif None not in kinds and kinds[0] is not kinds[1]:
        yield (
            f"a rule compares {_name(one)!r}, a {kinds[0]}, with {_name(other)!r}, a {kinds[1]}.",
            "Compare numbers with numbers, dates with dates and months with months.",
        )


def _kind(definition: Definition, number: str | Calculated | None) -> Kind | None:
    """What sort of number it is; None where there is no such question, which others tell."""
    if isinstance(number, Calculated):
        return Kind.NUMBER
    question = definition.questions.get(number or "")
    return question.kind if question else None


def _name(number: str | Calculated | None) -> str | None:
    return number.id if isinstance(number, Calculated) else number
