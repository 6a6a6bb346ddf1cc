"""The answers to a question that differ in what rules say of them: one of each sort."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from engage.core.definition.atoms import atoms_about, joined, turns_in
from engage.core.definition.condition import Condition
from engage.core.definition.days import parts_of_day
from engage.core.definition.kinds import (
    DATE_KINDS,
    LIST_KINDS,
    NAMED_KINDS,
    NUMBER_KINDS,
    PLACE_KINDS,
    TEXT_KINDS,
    Kind,
)
from engage.core.definition.question import Question
from engage.core.definition.truth import Answer, Between, truth

FEW = 6
WORDS = "words"
WARD = "@ward"
"""Some ward: no option and no ward has this code."""
PLACE = "@place"
"""Some place, in the same way."""

Sorts = dict[tuple[bool | None, ...], Answer]


def values(
    question: Question, rules: Sequence[Condition], others: Sequence[Question] = ()
) -> list[Answer]:
    """Answers that the survey goes on after: one for each way in which the rules can turn out.

    `others` are questions whose numbers may be compared with this one's.
    """
    if question.kind in NUMBER_KINDS and joined(question.id, rules):
        return list(_spread(question, rules, others))
    atoms = atoms_about(question.id, rules)
    sorts: Sorts = {}
    for answer in _answers(question, atoms):
        sorts.setdefault(_sort(question, answer, atoms), answer)
    if question.kind in LIST_KINDS:
        _put_together(question, atoms, sorts)
    return list(sorts.values())


def _sort(
    question: Question, answer: Answer, atoms: Sequence[Condition]
) -> tuple[bool | None, ...]:
    return tuple(truth(atom, {question.id: answer}) for atom in atoms)


def _answers(question: Question, atoms: Sequence[Condition]) -> Iterator[Answer]:
    """Single answers; of a number those at which a rule turns over."""
    if question.kind in NUMBER_KINDS:
        yield from _numbers(question, atoms)
    elif question.kind in TEXT_KINDS:
        yield WORDS
    elif question.kind in LIST_KINDS:
        # Those that stand alone come last, or one could hide another that goes with the rest.
        options = sorted(question.options, key=lambda option: option.means is not None)
        yield from ((option.code,) for option in options if option.eligible)
    elif question.kind in NAMED_KINDS:
        codes = (*(option.code for option in question.options if option.eligible), PLACE)
        yield from ((code,) for code in codes) if question.kind is Kind.PLACES else codes
    else:
        yield from (option.code for option in question.options if option.eligible)
        if question.kind in PLACE_KINDS:
            yield WARD
            own = {option.code for option in question.options}
            yield from sorted({code for atom in atoms for code in atom.codes | atom.none_of} - own)


def _numbers(question: Question, atoms: Sequence[Condition]) -> Iterator[int]:
    low, high = question.minimum or 0, question.maximum or 0
    turns = [low, high]
    for atom in atoms:
        if atom.at_least is not None:
            turns += [atom.at_least, _next(question.kind, atom.at_least, -1)]
        if atom.at_most is not None:
            turns += [atom.at_most, _next(question.kind, atom.at_most, 1)]
    yield from sorted({turn for turn in turns if low <= turn <= high})


def _spread(
    question: Question, rules: Sequence[Condition], others: Sequence[Question]
) -> Iterator[Answer]:
    """Every number there is if they are few, or else spans in which no bound of a rule lies."""
    low, high = question.minimum or 0, question.maximum or 0
    few = list(islice(_all(question.kind, low, high), FEW + 1))
    if len(few) <= FEW:
        yield from few
        return
    turns = turns_in(rules)
    for other in others:
        if joined(other.id, rules):
            for bound in (other.minimum, other.maximum):
                turns += [] if bound is None else [bound, bound + 1]
    starts = sorted({low, *(turn for turn in turns if low < turn <= high)})
    yield from (
        Between(start, end - 1) for start, end in zip(starts, [*starts[1:], high + 1], strict=True)
    )


def _all(kind: Kind, low: int, high: int) -> Iterator[int]:
    number = low
    while number <= high:
        yield number
        number = _next(kind, number, 1)


def _next(kind: Kind, number: int, step: int) -> int:
    """The number or date before or after one."""
    if kind not in DATE_KINDS:
        return number + step
    if kind is Kind.MONTH:
        months = number // 100 * 12 + number % 100 - 1 + step
        return months // 12 * 100 + months % 12 + 1
    day = date(*parts_of_day(number)) + timedelta(days=step)
    return day.year * 10_000 + day.month * 100 + day.day


def _put_together(question: Question, atoms: Sequence[Condition], sorts: Sorts) -> None:
    """Add several options at once, the fewest for each sort."""
    alone = {option.code for option in question.options if option.means}
    most = question.places if question.kind is Kind.RANKING else len(question.options)
    single = [each for each in sorts.values() if isinstance(each, tuple) and each[0] not in alone]
    grown = list(single)
    if any(atom.calculated for atom in atoms):  # where answers are counted, each one counts
        codes = (option.code for option in question.options if option.eligible)
        single = [(code,) for code in codes if code not in alone]
    for _more in range(1, most):
        added = []
        for one in grown:
            for other in single:
                both = tuple(dict.fromkeys((*one, *other)))
                sort = _sort(question, both, atoms)
                if len(both) > len(one) and sort not in sorts:
                    sorts[sort] = both
                    added.append(both)
        grown = added
