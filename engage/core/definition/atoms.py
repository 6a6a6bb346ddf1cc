"""What rules say of one question, also by way of numbers that are worked out from it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engage.core.definition.condition import Calculated, Condition


def every(rules: Iterable[Condition]) -> Iterator[Condition]:
    """The rules, their parts, and the rules by which numbers that they look at are worked out."""
    for rule in rules:
        yield rule
        yield from every(rule.parts())
        for number in rule.worked_out():
            yield from every(case.when for case in number.cases)


def numbers_in(rules: Iterable[Condition]) -> tuple[Calculated, ...]:
    """The numbers worked out that rules look at, each once."""
    return tuple(dict.fromkeys(number for rule in every(rules) for number in rule.worked_out()))


def atoms_about(question_id: str, rules: Sequence[Condition]) -> list[Condition]:
    """The parts of rules that look at one question and at nothing else.

    Of a number that counts answers to several questions, it is how many there are to this one.
    """
    found = [rule for rule in every(rules) if rule.question == question_id and not rule.than]
    for number in numbers_in(rules):
        if question_id in number.count:
            own = replace(number, count=(question_id,))
            most = len(number.of)
            found += [Condition(calculated=own, at_least=least + 1) for least in range(most)]
    return found


def joined(question_id: str, rules: Iterable[Condition]) -> bool:
    """Whether the number that answers a question is compared with others, or added to them."""
    rules = tuple(rules)
    return any(question_id in number.sum for number in numbers_in(rules)) or any(
        rule.than and question_id in (rule.question, *(each.number for each in rule.than))
        for rule in every(rules)
    )


def turns_in(rules: Iterable[Condition]) -> list[int]:
    """The numbers that rules compare something with, and those just above."""
    bounds = [bound for rule in every(rules) for bound in (rule.at_least, rule.at_most)]
    return [turn for bound in bounds if bound is not None for turn in (bound, bound + 1)]
