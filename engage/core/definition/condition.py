"""A rule over answers: who is asked, who is in a group, which answers contradict.

And numbers that are worked out from answers and never asked: a rule may look at such a number, and
such a number may be worked out by rules, so the two are one thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """How a number is compared with another."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True)
class Than:
    """A number that another is compared with: that of a question, or one worked out."""

    sign: Sign
    number: "str | Calculated"


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule over earlier answers: exactly one of its parts is set.

    `question` with `codes` is true when any of the codes was given; with `none_of`, when something
    was and none of those; with `answered`, when anything was; with `at_least` or `at_most`, when a
    number was, within these bounds; with `than`, when it and the others were, and compare so.
    `calculated` stands in place of a question, as a number. `all_of`, `any_of` and `negated`
    combine conditions.
    """

    question: str | None = None
    codes: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    answered: bool = False
    at_least: int | None = None
    at_most: int | None = None
    all_of: tuple["Condition", ...] = ()
    any_of: tuple["Condition", ...] = ()
    negated: "Condition | None" = None
    calculated: "Calculated | None" = None
    than: tuple[Than, ...] = ()

    @property
    def number(self) -> "str | Calculated | None":
        """What the rule looks at: a question or a number worked out; None where it combines."""
        return self.calculated or self.question

    @property
    def compares(self) -> bool:
        """Whether the rule is about how large a number is."""
        return self.at_least is not None or self.at_most is not None or bool(self.than)

    def spans(self, number: float) -> bool:
        """Whether a number lies within the bounds of a comparison, both included."""
        return (self.at_least is None or self.at_least <= number) and (
            self.at_most is None or number <= self.at_most
        )

    def parts(self) -> tuple["Condition", ...]:
        """The rules that this one is put together from."""
        return (*self.all_of, *self.any_of, *((self.negated,) if self.negated else ()))

    def worked_out(self) -> "tuple[Calculated, ...]":
        """The numbers worked out that this rule, without its parts, looks at."""
        looked_at = (self.calculated, *(each.number for each in self.than))
        return tuple(each for each in looked_at if each and not isinstance(each, str))

    def questions(self) -> Iterator[str]:
        """The ids of every question that the rule looks at."""
        for number in (self.number, *(each.number for each in self.than)):
            if isinstance(number, str):
                yield number
            elif number:
                yield from number.questions()
        for part in self.parts():
            yield from part.questions()


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
