"""What cleaning did to a headline figure, as it is stored and shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Unsaid(StrEnum):
    """Why a headline figure is not told with and without what cleaning took out."""

    HIDDEN = "hidden"
    """It would tell what a few people said: those who answered, or those who were taken out."""
    NOBODY = "nobody"
    ROUNDED = "rounded"
    """It would tell too, but in whole points it does not: `difference` is rounded to them."""
    UNLIKE = "unlike"
    """The two could not be weighted in the same way, so cleaning is not the only difference."""


UNSAID: dict[str, str] = {
    Unsaid.HIDDEN: "Not shown: it would tell what a few people said.",
    Unsaid.NOBODY: "Nobody answered.",
    Unsaid.UNLIKE: "Not shown: the answers could not be weighted the same way with those removed.",
}
"""The same reasons in words."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One headline figure over what is used, over all that came, and the first less the second.

    `title` names it for people. Numbers are in the figure's own unit (a share of 0 to 1, a mean)
    and weighted alike; `reason` says why there are none, or why there is no more than a rounded
    `difference`, and is empty where there are all.
    """

    indicator: str
    breakdown: str
    group: str
    title: str
    used: float | None = None
    received: float | None = None
    difference: float | None = None
    reason: str = ""

    def as_data(self) -> dict[str, Any]:
        """The figure as plain data, as it is stored."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Moved":
        """The figure in stored data."""
        return cls(**data)
