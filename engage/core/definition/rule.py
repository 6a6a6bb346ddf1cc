"""A rule between questions: what people cannot mean, and what they are told."""

from dataclasses import dataclass

from engage.core.definition.condition import Condition
from engage.core.definition.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Rule:
    """Answers of a page that do not go with others. `at` is the question that shows it.

    The checks see to it that leaving `at` out is always a way on. `says` is the message where it
    has places for answers.
    """

    wrong_if: Condition
    message: str
    at: str
    says: Phrase = ()
