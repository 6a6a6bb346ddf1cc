"""Proportions and means of every item in every group, with their variance, from counts alone.

The estimate is p = sum(w y) / sum(w) over the base of a group. Its linearised value for a person
is u = w (y - p) / sum(w) in the base of the group and 0 for everybody else, so that a group is
part of the whole sample and never a smaller sample. Raking takes the part that the margins
explain off z = u / scale; the variance is n/(n-1) times the sum of squared deviations of
scale * (z - explained) over the whole sample (see `projection`, and Lumley, Complex Surveys,
2010, chapters 2 and 7).
"""

from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray, divide
from engage.core.statistics.counts import Moments
from engage.core.statistics.groups import Groups

# A variance of answers below this share of their squared mean is rounding.
CONSTANT = 1e-12


@dataclass(frozen=True, slots=True)
class Sums:
    """What a variance is made from.

    `squares` is the sum of u squared. `explained` and `crossed` are sums of z by margin category
    (first axis), weighed for the fit and for its product with u; None where nothing is explained.
    """

    squares: FloatArray
    explained: FloatArray | None
    crossed: FloatArray | None


@dataclass(frozen=True, slots=True)
class Ratios:
    """Items (columns) in the groups (rows) of one breakdown.

    `size` is the sum of weights in the base, `kish_base` the people there divided by Kish's
    design effect, `spread` the weighted variance of the answers. `inverse` is 1 / `size`, and 0
    where nobody is in the base or everybody there gave the same answer: nothing varies.
    """

    base: FloatArray
    yes: FloatArray
    value: FloatArray
    size: FloatArray
    kish_base: FloatArray
    spread: FloatArray
    inverse: FloatArray
    sums: Sums


def ratios(groups: Groups, held: Moments) -> Ratios:
    """The estimates of every item in every group, and the sums their variance is made from."""
    w = groups.scheme.weights
    ones = np.ones_like(w)
    size, sums, squares = (groups.total(w, each) for each in (held.people, held.sums, held.squares))
    value = divide(sums, size)
    size2, sums2, squares2 = (
        groups.total(w**2, each) for each in (held.people, held.sums, held.squares)
    )
    spread = divide(squares, size) - value**2
    # Where nobody is in the base, 0 stands for the estimate until the table leaves it empty.
    p = np.nan_to_num(value)
    # Answers that are all alike leave a rounding error, not a variance.
    varied = spread > CONSTANT * np.square(p)
    inverse = np.where(varied, np.nan_to_num(divide(np.ones_like(size), size)), 0.0)
    return Ratios(
        base=groups.total(ones, held.people),
        yes=groups.total(ones, held.sums),
        value=value,
        size=size,
        kish_base=divide(size**2, size2),
        spread=spread,
        inverse=inverse,
        sums=Sums(
            (squares2 - 2 * p * sums2 + p**2 * size2) * inverse**2,
            *_by_category(groups, held, p, inverse),
        ),
    )


def _by_category(
    groups: Groups, held: Moments, p: FloatArray, inverse: FloatArray
) -> tuple[FloatArray | None, FloatArray | None]:
    scheme = groups.scheme
    if scheme.projection is None:
        return None, None
    pull = scheme.projection.importance * scheme.weights / scheme.scale
    explained, crossed = (
        (groups.by_category(each, held.sums) - p * groups.by_category(each, held.people)) * inverse
        for each in (pull, scheme.weights * scheme.scale)
    )
    return explained, crossed


def variance(groups: Groups, sums: Sums) -> FloatArray:
    """The variance of the estimates with these sums, in the shape of `sums.squares`.

    Never below 0, and not a number for a sample of one.
    """
    scheme, n = groups.scheme, groups.cells.people
    total = sums.squares
    if scheme.projection and sums.explained is not None and sums.crossed is not None:
        effects = scheme.projection.effects(sums.explained.reshape(len(sums.explained), -1))
        fitted = (effects * (scheme.projection.shared @ effects)).sum(axis=0)
        product = (effects * sums.crossed.reshape(len(effects), -1)).sum(axis=0)
        drift = scheme.projection.sums @ effects
        total = total + (fitted - 2 * product - drift**2 / n).reshape(total.shape)
    correction = n / (n - 1) if n > 1 else np.nan
    return np.maximum(total, 0.0) * correction * scheme.unsampled
