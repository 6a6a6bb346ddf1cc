"""Whether a rule is true of answers, and the numbers that are worked out from them."""

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Final, Self

from engage.core.definition.condition import Calculated, Condition, Sign

Answer = str | int | tuple[str, ...]
Answers = Mapping[str, Answer]
Span = tuple[int, int]
"""The least and the most that a number may be: twice the same where it is known."""


class _Known(Enum):
    NOT = "not known"


UNKNOWN: Final = _Known.NOT
Number = Span | None | _Known
"""A number: what it may be, None where there is none, or UNKNOWN where there may be one or not."""


class Between(int):
    """A number that may be anything from this to `most`: for checks, never an answer.

    Every rule about it alone must say the same of all that it may be.
    """

    most: int

    def __new__(cls, least: int, most: int) -> Self:
        """The numbers from `least` to `most`."""
        made = super().__new__(cls, least)
        made.most = most
        return made


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether a rule is true of the answers; an unanswered question makes a comparison false."""
    return truth(condition, answers) is True


def truth(
    condition: Condition, answers: Answers, unknown: Collection[str] = frozenset()
) -> bool | None:
    """The rule in three-valued logic: None when it hangs on an answer that is not known.

    An absent answer is known to be absent, but that to an `unknown` question could be anything.
    """
    if condition.number is not None:
        return _of_one(condition, answers, unknown)
    if condition.negated is not None:
        inner = truth(condition.negated, answers, unknown)
        return None if inner is None else not inner
    parts = [truth(part, answers, unknown) for part in condition.all_of or condition.any_of]
    decisive = not condition.all_of
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def value_of(calculated: Calculated, answers: Answers) -> int | None:
    """The number that answers give, all of which count; None where there is none."""
    return number_in(calculated, answers)


def number_in(source: str | Calculated, answers: Answers) -> int | None:
    """The same, or the number that answers a question."""
    found = _number(source, answers, frozenset())
    return found[0] if isinstance(found, tuple) else None


def _of_one(condition: Condition, answers: Answers, unknown: Collection[str]) -> bool | None:
    """A rule about one question, or about one number and those that it is compared with."""
    if condition.calculated or condition.than:
        return _of_numbers(condition, answers, unknown)
    answer = answers.get(condition.question or "")
    if answer is None:
        return None if condition.question in unknown else False
    return condition.answered or _fits(condition, answer)


def _fits(condition: Condition, answer: Answer) -> bool:
    """Whether an answer is what a rule about one question looks for."""
    if condition.compares:
        return isinstance(answer, int) and condition.spans(answer)
    given = codes_in(answer)
    if condition.none_of:
        return given.isdisjoint(condition.none_of)
    return not given.isdisjoint(condition.codes)


def codes_in(answer: Answer) -> frozenset[str]:
    """The codes that an answer is made of."""
    return frozenset(answer) if isinstance(answer, tuple) else frozenset({str(answer)})


def _of_numbers(condition: Condition, answers: Answers, unknown: Collection[str]) -> bool | None:
    """A rule about numbers; false where any of them is not there."""
    others = [(than.sign, _number(than.number, answers, unknown)) for than in condition.than]
    others += [(Sign.AT_LEAST, _exactly(condition.at_least))] * (condition.at_least is not None)
    others += [(Sign.AT_MOST, _exactly(condition.at_most))] * (condition.at_most is not None)
    number = _number(condition.number or "", answers, unknown)
    numbers = [number, *(other for _sign, other in others)]
    if None in numbers:
        return False
    compared = [_compared(sign, number, other) for sign, other in others]
    if False in compared:
        return False
    return None if None in compared or number is UNKNOWN else True


def _exactly(number: int | None) -> Number:
    return None if number is None else (number, number)


def _compared(sign: Sign, one: Number, other: Number) -> bool | None:
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        return None
    if sign in {Sign.AT_MOST, Sign.MORE_THAN}:
        turned = _at_least(other, one)
        # At most is at least the other way round, and more than is what is not at most.
        return turned if sign is Sign.AT_MOST or turned is None else not turned
    found = _at_least(one, other)
    return found if sign is Sign.AT_LEAST or found is None else not found


def _at_least(one: Span, other: Span) -> bool | None:
    if one[0] >= other[1]:
        return True
    return False if one[1] < other[0] else None


def _number(source: str | Calculated, answers: Answers, unknown: Collection[str]) -> Number:
    if not isinstance(source, str):
        return _worked_out(source, answers, unknown)
    answer = answers.get(source)
    if isinstance(answer, int):
        return int(answer), getattr(answer, "most", answer)
    return UNKNOWN if answer is None and source in unknown else None


def _worked_out(calculated: Calculated, answers: Answers, unknown: Collection[str]) -> Number:
    if calculated.cases:
        return _of_cases(calculated, answers, unknown)
    asked = calculated.sum or calculated.count
    if any(each in unknown and each not in answers for each in asked):
        return UNKNOWN
    given = [each for each in asked if each in answers]
    if not given:
        return None
    if calculated.count:
        times = sum(len(codes_in(answers[each]) & calculated.of) for each in given)
        return times, times
    spans = [span for each in given if isinstance(span := _number(each, answers, ()), tuple)]
    return sum(least for least, _most in spans), sum(most for _least, most in spans)


def _of_cases(calculated: Calculated, answers: Answers, unknown: Collection[str]) -> Number:
    may_be: list[int] = []
    for case in calculated.cases:
        fits = truth(case.when, answers, unknown)
        if fits is not False:
            may_be.append(case.value)
        if fits:
            return min(may_be), max(may_be)
    if calculated.otherwise is None:
        return UNKNOWN if may_be else None
    may_be.append(calculated.otherwise)
    return min(may_be), max(may_be)
