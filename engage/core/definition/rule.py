"""A rule between questions: what people cannot mean, and what they are told."""

from dataclasses import dataclass

from engage.core.definition.condition import Calculated, Condition
from engage.core.definition.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Total:
    """Numbers of a page that must add up to something. `wanted` is true of a sum that does."""

    number: Calculated
    wanted: Condition


@dataclass(frozen=True, slots=True)
class Rule:
    """Answers of a page that do not go with others. `at` is the question that shows it.

    The checks see to it that leaving out `leaves` is always a way on. `says` is the message where
    it has places for answers. With a `total`, `wrong_if` is true of a sum that is not as wanted.
    """

    wrong_if: Condition
    message: str
    at: str
    says: Phrase = ()
    total: Total | None = None

    @property
    def leaves(self) -> tuple[str, ...]:
        """The questions to leave out by which the rule is kept to, whatever else was answered."""
        return self.total.number.sum if self.total else (self.at,)
