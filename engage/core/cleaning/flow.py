"""How many responses came, how many each rule took out or marked, and how many are used."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts of responses; `removed` and `flagged` are by rule, in the order of the rules.

    A response is removed once, by the first rule that fires, so received = removed + used. A
    flagged one is used, and may have several flags.
    """

    received: int
    removed: Mapping[str, int]
    flagged: Mapping[str, int]
    used: int

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
