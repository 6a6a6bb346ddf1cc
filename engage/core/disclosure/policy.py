"""What a council's disclosure policy says, and what it must know about the indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ROUNDINGS = (1, 5, 10)
"""What numbers of people may be rounded to; 1 leaves them exact."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share of people by their answer to one question; all are answer codes."""

    variable: str
    numerator: frozenset[str]
    base: frozenset[str]


@dataclass(frozen=True, slots=True)
class Policy:
    """A council's thresholds, and how its indicators hang together.

    Figures of fewer than `smallest_base` people are hidden and of fewer than `low_base` marked.
    A sensitive figure needs `smallest_side` people on either side. What is hidden must stay as
    uncertain as the same thresholds, or as `smallest_count` people of a figure that is not
    sensitive. Numbers of people are shown rounded to multiples of `round_counts_to`, after
    everything else was decided by the exact ones.

    `complements` are pairs of indicators of which one is all that the other is not. `shares` are
    those of one question. `unions` have the shares of which somebody is in at least one.
    `goes_with` has, for an indicator, those that it would give away: it is hidden wherever one of
    them is.
    """

    smallest_base: int = 30
    low_base: int = 100
    smallest_side: int = 10
    smallest_count: int = 5
    sensitive: frozenset[str] = frozenset()
    complements: tuple[tuple[str, str], ...] = ()
    shares: Mapping[str, Share] = field(default_factory=dict)
    unions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    goes_with: Mapping[str, frozenset[str]] = field(default_factory=dict)
    round_counts_to: int = 1

    def __post_init__(self) -> None:
        """Refuse a rounding that is not offered."""
        if self.round_counts_to not in ROUNDINGS:
            raise ValueError(
                f"Counts cannot be rounded to {self.round_counts_to}: use one of "
                f"{', '.join(map(str, ROUNDINGS))}."
            )
