"""How a run was weighted, as it is stored and shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One category of a margin.

    `people` answered; unweighted they stand for `before` residents, weighted for all `residents`.
    """

    margin: str
    category: str
    people: int
    before: float
    residents: float


@dataclass(frozen=True, slots=True)
class Weighting:
    """What a reader needs to judge the weights; every tuple holds sentences or names for people.

    `margins` are those raked to; `reason` says why there are none; `refused` and `merged` what
    did not fit and what was put together; `notes` the rest. `residents` and `visitors` are used
    responses; only residents are weighted. The numbers are Kish's, and absent without weights.
    """

    estimator: str
    residents: int
    visitors: int
    margins: tuple[str, ...] = ()
    reason: str = ""
    refused: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    population: float | None = None
    smallest: float | None = None
    largest: float | None = None
    design_effect: float | None = None
    effective_base: float | None = None
    lines: tuple[Line, ...] = ()

    @property
    def weighted(self) -> bool:
        """Whether residents count differently from one another."""
        return bool(self.margins)

    def as_data(self) -> dict[str, Any]:
        """The weighting as plain data, as it is stored."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Weighting":
        """The weighting in stored data."""
        given: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        given["lines"] = tuple(Line(**line) for line in given.get("lines", ()))
        return cls(**given)
