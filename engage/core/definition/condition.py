"""A rule over answers: who is asked, who is in a group, which answers contradict."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule over earlier answers: exactly one of its parts is set.

    `question` with `codes` is true when any of the codes was given; with `none_of`, when something
    was and none of those; with `answered`, when anything was; with `at_least` or `at_most`, when a
    number was, within these bounds. `all_of`, `any_of` and `negated` combine conditions.
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

    @property
    def compares(self) -> bool:
        """Whether the rule is about how large a number is."""
        return self.at_least is not None or self.at_most is not None

    def spans(self, number: float) -> bool:
        """Whether a number lies within the bounds of a comparison, both included."""
        return (self.at_least is None or self.at_least <= number) and (
            self.at_most is None or number <= self.at_most
        )

    def parts(self) -> tuple["Condition", ...]:
        """The rules that this one is put together from."""
        return (*self.all_of, *self.any_of, *((self.negated,) if self.negated else ()))

    def questions(self) -> Iterator[str]:
        """The ids of every question that the rule looks at."""
        if self.question:
            yield self.question
        for part in self.parts():
            yield from part.questions()
