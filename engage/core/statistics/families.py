"""Families of tests: many tests at once find something by chance alone, so p-values are adjusted.

A family is what a reader looks at together: one table. At 5%, 28 wards by 30 measures give some
42 changes that are none.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import FloatArray

FEWEST_FOR_RATE = 10


class Adjustment(StrEnum):
    """How the p-values of a family are adjusted."""

    BENJAMINI_HOCHBERG = "benjamini_hochberg"
    HOLM = "holm"


def benjamini_hochberg(p: npt.ArrayLike) -> FloatArray:
    """Adjusted p-values that keep the rate of false findings (Benjamini and Hochberg 1995).

    The smallest over all larger p_(j) of m p_(j) / j, at most 1; `p.adjust(p, "BH")` of R. Absent
    tests (not a number) stay absent and do not count among the m.
    """
    return _adjusted(p, _step_up)


def holm(p: npt.ArrayLike) -> FloatArray:
    """Adjusted p-values that keep the chance of any false finding (Holm 1979).

    The largest over all smaller p_(j) of (m - j + 1) p_(j), at most 1; `p.adjust(p, "holm")`.
    """
    return _adjusted(p, _step_down)


ADJUSTMENTS: dict[Adjustment, Callable[[npt.ArrayLike], FloatArray]] = {
    Adjustment.BENJAMINI_HOCHBERG: benjamini_hochberg,
    Adjustment.HOLM: holm,
}


def suited(tests: int) -> Adjustment:
    """Holm for a family of fewer than 10 tests, otherwise Benjamini and Hochberg."""
    return Adjustment.HOLM if tests < FEWEST_FOR_RATE else Adjustment.BENJAMINI_HOCHBERG


@dataclass(frozen=True, slots=True)
class Family:
    """The tests of one table: how many there are, and their p-values adjusted by which rule."""

    tests: int
    adjustment: Adjustment
    p_adjusted: tuple[float, ...]


def adjust_family(p: Sequence[float], by: Adjustment | None = None) -> Family:
    """The p-values of a family adjusted by a rule, or by the one suited to their number.

    What is no test (not a number) stays absent and does not count.
    """
    tests = sum(not math.isnan(each) for each in p)
    rule = by or suited(tests)
    return Family(tests, rule, tuple(ADJUSTMENTS[rule](p).tolist()))


def _step_up(ordered: FloatArray) -> FloatArray:
    m = len(ordered)
    scaled = ordered * m / np.arange(1, m + 1)
    return np.minimum.accumulate(scaled[::-1])[::-1]


def _step_down(ordered: FloatArray) -> FloatArray:
    m = len(ordered)
    return np.maximum.accumulate(ordered * np.arange(m, 0, -1))


def _adjusted(p: npt.ArrayLike, step: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Adjusted p-values in the order given; raises ValueError for one outside 0 to 1."""
    values = np.asarray(p, dtype=np.float64)
    if ((values < 0) | (values > 1)).any():
        raise ValueError("A p-value lies between 0 and 1; check the tests of this family.")
    there = np.flatnonzero(~np.isnan(values))
    order = there[np.argsort(values[there], kind="stable")]
    result: FloatArray = np.full(values.shape, np.nan)
    result[order] = np.minimum(step(values[order]), 1.0)
    return result
