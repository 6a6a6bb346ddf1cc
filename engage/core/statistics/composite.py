"""The mean of several proportions asked of the same people, with their covariance.

Items share respondents, so squared standard errors must not be added: the linearised values are
averaged person by person and then squared, from joint counts of each pair of items.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.counts import Pair
from engage.core.statistics.groups import Groups
from engage.core.statistics.ratios import Ratios, Sums, variance


@dataclass(frozen=True, slots=True)
class Composite:
    """The mean of proportions in each group, on the smallest effective base of its items.

    `sums` are what its variance is made from, in the shape of one item.
    """

    value: FloatArray
    variance: FloatArray
    base: FloatArray
    kish_base: FloatArray
    sums: Sums


def mean_of_proportions(
    groups: Groups, made: Ratios, items: Sequence[int], pairs: Sequence[Pair], counts: FloatArray
) -> Composite:
    """The plain mean of the items (columns of `made`), each on a base of its own.

    `counts` are those of every pair of the items (see `counts.pair_counts`).
    The base of the whole is everybody in the group, as the published measures count it.
    """
    columns = list(items)
    explained, crossed = (
        None if each is None else each[:, :, columns].mean(axis=2)
        for each in (made.sums.explained, made.sums.crossed)
    )
    sums = Sums(_squares(groups, made, columns, pairs, counts), explained, crossed)
    return Composite(
        value=made.value[:, columns].mean(axis=1),
        variance=variance(groups, sums),
        base=groups.people,
        kish_base=made.kish_base[:, columns].min(axis=1),
        sums=sums,
    )


def _squares(
    groups: Groups, made: Ratios, columns: list[int], pairs: Sequence[Pair], counts: FloatArray
) -> FloatArray:
    """The sum over people of the squared mean of their items' linearised values."""
    total = made.sums.squares[:, columns].sum(axis=1)
    joint = groups.total(groups.scheme.weights**2, counts)
    joint = joint.reshape(len(groups.names), len(pairs), 4)
    first, second = [pair.first for pair in pairs], [pair.second for pair in pairs]
    p = np.nan_to_num(made.value)
    products = sum(
        joint[:, :, 2 * yes + also] * (yes - p[:, first]) * (also - p[:, second])
        for yes in (0, 1)
        for also in (0, 1)
    )
    covariance = (products * made.inverse[:, first] * made.inverse[:, second]).sum(axis=1)
    return np.asarray((total + 2 * covariance) / len(columns) ** 2)
