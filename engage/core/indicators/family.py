"""Comparisons in families of tests, with the raw and the adjusted p-value of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.indicators.compare import Comparison
from engage.core.statistics.families import Adjustment, adjust_family


@dataclass(frozen=True, slots=True)
class Tested:
    """One comparison in its family: the same kind, estimator and breakdown, so one table.

    `tests` is how many the family has; the raw p-value is `comparison.difference.p_t`.
    """

    comparison: Comparison
    family: str
    tests: int
    adjustment: Adjustment
    p_adjusted: float


def adjust(comparisons: Sequence[Comparison], by: Adjustment | None = None) -> list[Tested]:
    """Every comparison with its p-value adjusted within its family, in the order given.

    Unless told `by` which, families of fewer than 10 are adjusted by Holm's rule and larger ones
    by Benjamini and Hochberg's. Comparisons without a test stay without.
    """
    families: dict[str, list[int]] = {}
    for place, each in enumerate(comparisons):
        name = f"{each.kind} by {each.breakdown.removeprefix('@')}, {each.estimator}"
        families.setdefault(name, []).append(place)
    made: dict[int, Tested] = {}
    for name, places in families.items():
        found = adjust_family([comparisons[place].difference.p_t for place in places], by)
        for place, p in zip(places, found.p_adjusted, strict=True):
            made[place] = Tested(comparisons[place], name, found.tests, found.adjustment, p)
    return [made[place] for place in range(len(comparisons))]
