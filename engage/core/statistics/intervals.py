"""95% intervals for a proportion or a mean, from its variance and the people behind it.

`mean`, `xlogit` and `beta` are those of `svyciprop` in R's survey package (Korn and Graubard
1998 for `beta`), `wilson` the one it has from version 4.5. All use Student's t with as many
degrees of freedom as people in the base, less one. Every function takes arrays and gives the two
limits as arrays.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import special

from engage.core.statistics.arrays import FloatArray

TAIL = 0.025
Limits = tuple[FloatArray, FloatArray]


class Spread(NamedTuple):
    """What an interval is made from: the estimate, its variance and the people in the base.

    `people` is whose number sets the degrees of freedom of `beta`.
    """

    value: FloatArray
    variance: FloatArray
    base: FloatArray
    people: FloatArray


def mean(spread: Spread) -> Limits:
    """Estimate plus and minus t standard errors."""
    reach = _t(spread.base) * np.sqrt(spread.variance)
    return spread.value - reach, spread.value + reach


def xlogit(spread: Spread) -> Limits:
    """The same on the scale of log-odds, and back: never below 0 or above 1."""
    p = spread.value
    middle = special.logit(p)
    reach = _t(spread.base) * np.sqrt(spread.variance) / (p * (1 - p))
    return special.expit(middle - reach), special.expit(middle + reach)


def wilson(spread: Spread) -> Limits:
    """Wilson's score interval at the effective base p(1-p)/variance."""
    p, t = spread.value, _t(spread.base)
    size = p * (1 - p) / spread.variance
    middle = p + t**2 / (2 * size)
    reach = t / (2 * size) * np.sqrt(4 * size * p * (1 - p) + t**2)
    return (middle - reach) / (1 + t**2 / size), (middle + reach) / (1 + t**2 / size)


def beta(spread: Spread) -> Limits:
    """Clopper and Pearson's interval at an effective base corrected for degrees of freedom."""
    p = spread.value
    ratio = _t(spread.people) / _t(spread.base)
    return clopper_pearson(p, p * (1 - p) / spread.variance * ratio**2)


def clopper_pearson(p: FloatArray, size: FloatArray) -> Limits:
    """The exact interval for `p` of `size` people, who need not be a whole number."""
    yes, no = size * p, size * (1 - p)
    # At the ends betaincinv has no answer: nobody in a hundred is 0 to something, never below.
    lower = special.betaincinv(np.where(yes > 0, yes, 1), no + 1, TAIL)
    upper = special.betaincinv(yes + 1, np.where(no > 0, no, 1), 1 - TAIL)
    return np.where(yes > 0, lower, 0.0), np.where(no > 0, upper, 1.0)


def _t(base: FloatArray) -> FloatArray:
    return np.asarray(special.stdtrit(base - 1, 1 - TAIL), dtype=np.float64)


METHODS: dict[str, Callable[[Spread], Limits]] = {
    "mean": mean,
    "xlogit": xlogit,
    "logit": xlogit,
    "beta": beta,
    "wilson": wilson,
}
