"""A rule over answers: who is asked, who is in a group, which answers contradict."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a number may be worked out by rules, and a rule may look at such a number
    from engage.core.definition.calculated import Calculated


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
