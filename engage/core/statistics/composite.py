"""The mean of several proportions asked of the same people, with their covariance.

Items share respondents, so squared standard errors must not be added: the linearised values are
averaged person by person and then squared, from joint counts of each pair of items.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray, divide
from engage.core.statistics.counts import PairMoments
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
    groups: Groups, made: Ratios, items: Sequence[int], pairs: PairMoments
) -> Composite:
    """The plain mean of the items (columns of `made`), each on a base of its own.

    The base of the whole is everybody in the group, as the published measures count it.
    """
    columns = list(items)
    explained, crossed = (
        None if each is None else each[:, :, columns].mean(axis=2)
        for each in (made.sums.explained, made.sums.crossed)
    )
    sums = Sums(_squares(groups, made, columns, pairs), explained, crossed)
    return Composite(
        value=made.value[:, columns].mean(axis=1),
        variance=variance(groups, sums),
        base=groups.people,
        kish_base=made.kish_base[:, columns].min(axis=1),
        sums=sums,
    )


def _squares(groups: Groups, made: Ratios, columns: list[int], pairs: PairMoments) -> FloatArray:
    """The sum over people of the squared mean of their items' linearised values."""
    count = len(columns)
    both, yes, yes_yes = (
        groups.total(groups.scheme.weights**2, each.reshape(len(each), count**2)).reshape(
            len(groups.names), count, count
        )
        for each in (pairs.both, pairs.yes, pairs.yes_yes)
    )
    p = np.nan_to_num(made.value[:, columns])
    first, second = p[:, :, None], p[:, None, :]
    products = yes_yes - yes * second - yes.transpose(0, 2, 1) * first + both * first * second
    inverse = np.nan_to_num(divide(np.ones_like(p), made.size[:, columns]))
    scaled = products * inverse[:, :, None] * inverse[:, None, :]
    return np.asarray(scaled.sum(axis=(1, 2)) / count**2)
