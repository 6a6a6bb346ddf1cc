"""A difference between two figures: its size, its error, its interval and its test."""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import special

from engage.core.statistics.arrays import FloatArray, divide

TAIL = 0.025


class Gap(NamedTuple):
    """Differences before they are tested, as arrays of one shape.

    `independent` is the variance that ignores every covariance; `first` and `second` are the
    people, unweighted, on either side.
    """

    value: FloatArray
    variance: FloatArray
    independent: FloatArray
    first: FloatArray
    second: FloatArray


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, as a proportion from -1 to 1 or in points of a score, with its test.

    `p_z` is two-sided by the normal distribution, `p_t` by Student's t with `degrees` =
    `base_first` + `base_second` - 2; the 95% interval is by t. `independent_error` is the
    standard error that ignores covariance. Where nothing varies (everybody on both sides
    answered alike) the error is 0 and there is no test; what is absent is not a number.
    """

    value: float
    standard_error: float
    z: float
    p_z: float
    degrees: int
    p_t: float
    lower: float
    upper: float
    base_first: int
    base_second: int
    independent_error: float

    @property
    def tested(self) -> bool:
        """Whether there is a test: two people on either side, and answers that vary."""
        return not math.isnan(self.p_t)


def differences(gap: Gap) -> list[Difference]:
    """Each difference with z = value / error, p-values and value plus and minus t errors.

    The test of `svyttest` in R's survey package, with people less two as degrees of freedom.
    """
    error = np.sqrt(gap.variance)
    degrees = gap.first + gap.second - 2
    z = np.where(error > 0, divide(gap.value, error), np.nan)
    usable = np.where(degrees > 0, degrees, np.nan)
    # An error of 0 has no reach, whatever the degrees of freedom.
    reach = np.where(error > 0, special.stdtrit(usable, 1 - TAIL) * error, error)
    columns = (
        gap.value,
        error,
        z,
        2 * special.ndtr(-np.abs(z)),
        degrees.astype(np.int64),
        2 * special.stdtr(usable, -np.abs(z)),
        gap.value - reach,
        gap.value + reach,
        gap.first.astype(np.int64),
        gap.second.astype(np.int64),
        np.sqrt(gap.independent),
    )
    return [Difference(*each) for each in zip(*(c.tolist() for c in columns), strict=True)]
