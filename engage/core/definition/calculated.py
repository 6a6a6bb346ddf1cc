"""Numbers that are worked out from answers and never asked: a sum, a count, or one of several."""

from collections.abc import Iterator
from dataclasses import dataclass

from engage.core.definition.condition import Condition


@dataclass(frozen=True, slots=True)
class Case:
    """A value for those of whom a rule is true."""

    when: Condition
    value: int


@dataclass(frozen=True, slots=True)
class Calculated:
    """A number made of answers in one of three ways, and never anything but a whole number.

    `sum` adds up the numbers given to its questions. `count` says how often the codes `of` were
    given to its questions. Both are there where at least one of their questions was answered.
    Else the first of the `cases` that is true gives its value; where none is, `otherwise` counts,
    and without that there is no number.
    """

    id: str
    title: str
    sum: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    of: frozenset[str] = frozenset()
    cases: tuple[Case, ...] = ()
    otherwise: int | None = None

    def questions(self) -> Iterator[str]:
        """The ids of every question that it is made of."""
        yield from (*self.sum, *self.count)
        for case in self.cases:
            yield from case.when.questions()


def ways_to(condition: Condition, of: Calculated) -> Condition:
    """A rule about a number that is one of several, as rules over what makes it that one."""
    values: list[tuple[Condition | None, int]] = [(each.when, each.value) for each in of.cases]
    if of.otherwise is not None:
        values.append((None, of.otherwise))
    ways: list[Condition] = []
    earlier: tuple[Condition, ...] = ()
    for when, value in values:
        if condition.answered or condition.spans(value):
            ways.append(Condition(all_of=(*earlier, *((when,) if when else ()))))
        if when:
            earlier = (*earlier, Condition(negated=when))
    return Condition(any_of=tuple(ways))
