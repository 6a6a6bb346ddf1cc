"""Overlap: people who answered in two waves tie the waves' errors together.

The change of a person who answered twice is steadier than that of two strangers. With u1 and u2
the linearised values (after raking, its residuals) the covariance of two waves is

    sqrt(n1/(n1-1) * n2/(n2-1)) * sum over those in both of (u1 - mean(u1)) * (u2 - mean(u2)),

so that nobody in both gives the sum of two independent variances, and everybody in both the
variance of the paired differences (Kish, Survey Sampling, 1965, section 12.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import CodeArray, FloatArray, IntArray
from engage.core.statistics.groups import Groups
from engage.core.statistics.ratios import Ratios


class RepeatedRespondentError(ValueError):
    """One respondent who is in the same wave twice."""


@dataclass(frozen=True, slots=True)
class Links:
    """The same people in two waves: their rows in the first, and in the second."""

    first: IntArray
    second: IntArray


def link(first: Sequence[str], second: Sequence[str]) -> Links:
    """The people whose respondent id is in both waves; an empty id is nobody's.

    Raises RepeatedRespondentError naming an id that one wave has twice.
    """
    places = []
    for ids in (first, second):
        place: dict[str, int] = {}
        for row, name in enumerate(ids):
            if name and place.setdefault(name, row) != row:
                raise RepeatedRespondentError(
                    f"The respondent {name} is in one wave twice. Keep one of the two rows."
                )
        places.append(place)
    both = [name for name in places[0] if name in places[1]]
    rows = [np.array([place[name] for name in both], dtype=np.int64) for place in places]
    return Links(*rows)


@dataclass(frozen=True, slots=True)
class Shared:
    """People of a wave who are in the other too: the cell and the group of each, -1 for none."""

    cells: IntArray
    groups: CodeArray


def linearised(
    groups: Groups, made: Ratios, item: int, values: FloatArray, people: Shared
) -> FloatArray:
    """The centred linearised values of one item: a row a person, a column a group.

    `values` are the people's, not a number outside the base. What comes out is scaled so that the
    squares of all people's add up to the variance of the estimate.
    """
    scheme, at, n = groups.scheme, people.cells, groups.cells.people
    distance = np.nan_to_num(values[:, None] - np.nan_to_num(made.value[:, item]))
    inside = people.groups[:, None] == np.arange(len(groups.names))
    shares = scheme.weights[at][:, None] * inside * distance * made.inverse[:, item]
    if scheme.projection and made.sums.explained is not None:
        effects = scheme.projection.effects(made.sums.explained[:, :, item])
        drift = scheme.projection.sums @ effects
        fitted = np.asarray(scheme.projection.members[at] @ effects)
        shares = shares - scheme.scale[at][:, None] * fitted + drift / n
    correction = n / (n - 1) if n > 1 else np.nan
    return np.asarray(shares * np.sqrt(correction * scheme.unsampled))


def covariance(first: FloatArray, second: FloatArray) -> FloatArray:
    """The covariance of the estimates in each column, from both waves' values of those in both."""
    return np.asarray((first * second).sum(axis=0))
