"""An estimate: the only shape in which a result leaves the statistics."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EXACT = "exact"
SINGLE = "single"
EMPTY = "[x]"
HIDDEN = "[c]"
LOW = "[u]"
"""Low reliability, by the Analysis Function, to whom `[low]` is a number that rounds to 0."""
LOW_BEFORE = "[low]"
"""What stood there in figures that were stored earlier."""

ESTIMATE_COLUMNS = (
    "estimate",
    "standard_error",
    "lower",
    "upper",
    "base",
    "effective_base",
    "design_effect",
    "flag",
)
TIDY_COLUMNS = (
    "wave",
    "indicator",
    "breakdown",
    "group",
    "estimator",
    "method",
    *ESTIMATE_COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with what it takes to trust it.

    `value` and the limits are proportions from 0 to 1, or mean scores; `base` is the number of
    people behind it, unweighted; what is absent is not a number. `flag` holds any of: `exact`
    (0% or 100%: the limits are Clopper and Pearson's), `single` (one person's score, which has no
    error and no limits), `[u]` (under 100 people), `[c]` (hidden, to keep people private) and
    `[x]` (nobody).
    """

    value: float
    standard_error: float
    lower: float
    upper: float
    base: int | None
    effective_base: float = math.nan
    design_effect: float = math.nan
    flag: str = ""

    @property
    def hidden(self) -> bool:
        """Whether the figure is withheld to keep people private."""
        return HIDDEN in self.flag

    @property
    def empty(self) -> bool:
        """Whether nobody is behind the figure."""
        return EMPTY in self.flag

    @property
    def low(self) -> bool:
        """Whether so few people are behind the figure that it needs care."""
        return LOW in self.flag

    @property
    def cells(self) -> tuple[float | str | None, ...]:
        """Its values in the order of `ESTIMATE_COLUMNS`."""
        return (
            self.value,
            self.standard_error,
            self.lower,
            self.upper,
            self.base,
            self.effective_base,
            self.design_effect,
            self.flag,
        )

    @classmethod
    def from_row(cls, row: Mapping[Any, Any]) -> "Estimate":
        """The estimate in one row of a tidy table, whatever stands there for absent."""
        base = _number(row["base"])
        return cls(
            value=_number(row["estimate"]),
            standard_error=_number(row["standard_error"]),
            lower=_number(row["lower"]),
            upper=_number(row["upper"]),
            base=None if math.isnan(base) else int(base),
            effective_base=_number(row["effective_base"]),
            design_effect=_number(row["design_effect"]),
            flag=flag_now(str(row["flag"] or "")),
        )


def flag_now(stored: str) -> str:
    """A stored flag by the symbols of today."""
    return stored.replace(LOW_BEFORE, LOW)


def _number(value: Any) -> float:
    """A number from a table's cell, not a number where the cell is empty."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
