"""What a survey sets for itself among the cleaning rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engage.core.definition.condition import Condition


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules that cannot both be true of one person: never a victim, and a victim of what."""

    id: str
    first: Condition
    second: Condition

    def questions(self) -> tuple[str, ...]:
        """The ids of the questions that contradict one another, each once."""
        return tuple(dict.fromkeys((*self.first.questions(), *self.second.questions())))


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What a survey sets for itself among the rules of `engage.core.cleaning`; the rest is theirs.

    `actions` are by rule, `limits` by threshold. `reversed_items` are rows of a scale that are
    worded the other way round.
    """

    actions: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    reversed_items: frozenset[str] = frozenset()
    conflicts: tuple[Conflict, ...] = ()
