"""From an estimate and its variance to the figures that are printed: interval, design effect."""

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray, divide
from engage.core.statistics.estimate import EMPTY, EXACT, SINGLE, Estimate
from engage.core.statistics.intervals import METHODS, Spread, clopper_pearson


@dataclass(frozen=True, slots=True)
class Raw:
    """One indicator in each group of a breakdown, before intervals.

    `yes` is the people counted, without weights, whose answer is in the numerator: it decides
    whether an estimate is exactly 0% or 100% (not a number for means, which have no such ends).
    `spread` is the weighted variance of the answers, not a number where no design effect exists.
    `people` is whose number sets the degrees of freedom of `beta`.
    """

    value: FloatArray
    variance: FloatArray
    base: FloatArray
    kish_base: FloatArray
    spread: FloatArray
    yes: FloatArray
    people: FloatArray

    def only(self, rows: IntArray) -> "Raw":
        """Some of the indicators, where each array has a row for each of several."""
        return Raw(*(getattr(self, field.name)[rows] for field in fields(self)))

    def put(self, row: int, other: "Raw") -> None:
        """Replace one of several indicators."""
        for field in fields(self):
            getattr(self, field.name)[row] = getattr(other, field.name)


class Finished(NamedTuple):
    """The parts of many estimates, an array each (see `Estimate`)."""

    value: FloatArray
    standard_error: FloatArray
    lower: FloatArray
    upper: FloatArray
    base: IntArray
    effective_base: FloatArray
    design_effect: FloatArray
    flag: npt.NDArray[np.str_]


def finish(raw: Raw, method: str) -> list[Estimate]:
    """The estimate of each group by one method (see `finished`)."""
    parts = finished(raw, method)
    return [Estimate(*each) for each in zip(*(part.tolist() for part in parts), strict=True)]


def finished(raw: Raw, method: str) -> Finished:
    """The parts of every estimate by one method, in the shape of the arrays given.

    The standard error needs two people: the score of one is flagged `single`. Without a base, or
    where an item of a mean has none, the estimate is absent and flagged `[x]`. At 0% and 100% it
    is 0 and no method has limits: they are Clopper and Pearson's on Kish's effective base,
    flagged `exact`, and that base is given.
    """
    exact = (raw.base > 0) & ((raw.yes == 0) | (raw.yes == raw.base))
    gone = (raw.base == 0) | np.isnan(raw.value)
    usual = (raw.base > 1) & ~exact & ~gone
    value = np.where(exact, np.where(raw.yes == 0, 0.0, 1.0), raw.value)
    spread = np.where(usual & (raw.spread > 1e-12 * np.square(value)), raw.spread, np.nan)
    effect = divide(raw.variance, spread / np.maximum(raw.base - 1, 1))
    effect = np.where(exact, divide(raw.base, raw.kish_base), effect)
    lower, upper = _limits(raw, method, usual, exact, value)
    error = np.where(exact, 0.0, np.sqrt(raw.variance))
    return Finished(
        value,
        np.where((raw.base > 1) & ~gone, error, np.nan),
        lower,
        upper,
        raw.base.astype(np.int64),
        divide(raw.base, effect),
        effect,
        np.select([gone, exact, raw.base == 1], [EMPTY, EXACT, SINGLE], default=""),
    )


def _limits(
    raw: Raw, method: str, usual: BoolArray, exact: BoolArray, value: FloatArray
) -> tuple[FloatArray, FloatArray]:
    lower, upper = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    certain = usual & (raw.variance <= 0)
    lower[certain] = upper[certain] = value[certain]
    varies = usual & (raw.variance > 0)
    lower[varies], upper[varies] = METHODS[method](
        Spread(value[varies], raw.variance[varies], raw.base[varies], raw.people[varies])
    )
    lower[exact], upper[exact] = clopper_pearson(value[exact], raw.kish_base[exact])
    return lower, upper
