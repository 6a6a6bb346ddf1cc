"""How many responses came, how many each rule took out or marked, and how many are used."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of responses; `removed`, `flagged` and `cleared` are by rule, in their order.

    A response is removed once, by the first rule that fires, so received = removed + used. A
    flagged one is used, and may have several flags; a cleared one is used without the answers
    that the rule doubts. A rule that had nothing to go by is not there. `rules` is the version of
    the rules (`engage.core.cleaning.rule_sets`); a flow that does not say is of the first.
    `people` is a digest of which residents' responses are used (`engage.figures.used`), empty where
    nobody has asked: two flows may count alike and be of others.
    """

    received: int
    removed: Mapping[str, int]
    flagged: Mapping[str, int]
    used: int
    cleared: Mapping[str, int] = field(default_factory=dict)
    rules: int = 1
    people: str = field(default="", compare=False)

    @property
    def removed_in_all(self) -> int:
        """How many responses all rules together took out."""
        return sum(self.removed.values())

    def as_data(self) -> dict[str, Any]:
        """The flow as plain data, as it is stored."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Flow":
        """The flow in stored data."""
        return cls(**data)
