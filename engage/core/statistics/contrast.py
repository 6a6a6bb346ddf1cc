"""Contrasts: weighted sums of the groups of one wave, with their joint covariance.

Groups of one wave are not independent under raking: what the margins explain of one group is
tied to the rest. A contrast is therefore linearised as a whole: its linearised value is the same
weighted sum of its groups' linearised values, and its variance is that of any other estimate.
Groups of one breakdown share nobody, so only their explained parts meet.
"""

from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.composite import Composite
from engage.core.statistics.difference import Gap
from engage.core.statistics.groups import Groups
from engage.core.statistics.ratios import Ratios, Sums, variance
from engage.core.statistics.target import Target


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Contrasts (rows) of items (columns); `independent` is the variance without covariance."""

    value: FloatArray
    variance: FloatArray
    independent: FloatArray


def each_group(groups: Groups) -> FloatArray:
    """The coefficients that take every group by itself."""
    return np.eye(len(groups.names))


def second_less_first(groups: Groups, first: str, second: str) -> FloatArray:
    """The coefficients of one contrast: the second group less the first."""
    row = np.zeros((1, len(groups.names)))
    row[0, groups.names.index(first)] = -1
    row[0, groups.names.index(second)] = 1
    return row


def contrast(groups: Groups, made: Ratios | Composite, coefficients: FloatArray) -> Contrasts:
    """The contrasts whose coefficients are the rows of `coefficients`, a column a group.

    `made` is of these groups. Not a number where a group that takes part has no estimate.
    """
    sums = Sums(
        coefficients**2 @ made.sums.squares,
        _combined(coefficients, made.sums.explained),
        _combined(coefficients, made.sums.crossed),
    )
    absent = (coefficients != 0).astype(np.float64) @ np.isnan(made.value) > 0
    value, spread, independent = (
        np.where(absent, np.nan, each)
        for each in (
            coefficients @ np.nan_to_num(made.value),
            variance(groups, sums),
            coefficients**2 @ variance(groups, made.sums),
        )
    )
    return Contrasts(value, spread, independent)


def between_groups(made: Contrasts, first: FloatArray, second: FloatArray) -> Gap:
    """The contrasts of one wave as differences between groups of `first` and `second` people."""
    return Gap(made.value, made.variance, made.independent, first, second)


def _combined(coefficients: FloatArray, sums: FloatArray | None) -> FloatArray | None:
    """Sums by category (categories, groups, items) of each contrast."""
    return None if sums is None else np.einsum("kg,cg...->ck...", coefficients, sums)


def distance(made: Contrasts, target: Target, base: FloatArray) -> Gap:
    """The figures less the target, which adds no error: base - 1 degrees of freedom."""
    return Gap(
        made.value - target.value,
        made.variance,
        made.independent,
        base,
        np.ones_like(base),
    )
