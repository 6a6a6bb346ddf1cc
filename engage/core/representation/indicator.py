"""The R-indicator: how equally likely people of every group were to answer.

Schouten, Cobben and Bethlehem (2009), Indicators for the representativeness of survey response,
Survey Methodology 35(1); partial values from Schouten, Shlomo and Skinner (2011), Indicators for
monitoring and improving representativeness of response, Journal of Official Statistics 27(2);
the correction for chance as in the RISQ manual 2.1 (de Heij, Schouten and Shlomo 2015).
"""

import math
from collections.abc import Sequence

import numpy as np

from engage.core.representation.representation import Partial, Summary
from engage.core.statistics.arrays import FloatArray, divide


class PropensityError(ValueError):
    """Counts of which no chance to answer can be worked out."""


def r_indicator(people: FloatArray, residents: FloatArray, margins: Sequence[str]) -> Summary:
    """The R-indicator over joint groups of people, one axis of the arrays for each margin.

    `people` answered and `residents` live here, by joint group; both arrays have one shape. A
    group c has the propensity rho_c = n_c / N_c and the share q_c = N_c / N of the residents.

    - mean: rho = sum q_c rho_c = n / N
    - spread: S = sqrt(sum q_c (rho_c - rho)^2); the RISQ programs divide by N - 1 instead of N
    - R = 1 - 2 S, which is 1 at best, and 0 at worst as long as nobody answers twice
    - CV = S / rho. With few answers S is small whatever the groups do, so read this beside R
    - chance alone spreads the propensities by about B = sum rho_c (1 - rho_c) / N, the sampling
      variance of each rho_c weighted by q_c; adjusted values use S sqrt(max(0, 1 - B / S^2))
    - unconditional partial of a margin with groups k: sqrt(sum q_k (rho_k - rho)^2)
    - conditional: sqrt(sum q_c (rho_c - rho_l)^2), l the group of c by all other margins

    By hand: 10 of 100 men and 30 of 100 women answered. rho = 0.2, S = 0.1, R = 0.8, CV = 0.5.
    Both partials of sex are 0.1. B = (0.09 + 0.21) / 200 = 0.0015, so that the adjusted S is
    sqrt(0.01 - 0.0015) = 0.0922.

    Joint groups without residents hold no propensity and must hold no people. `cv` is None where
    nobody answered. Raises PropensityError where there are no residents, where people are in a
    group without any, and where the shapes do not agree.
    """
    if people.shape != residents.shape or people.ndim != len(margins):
        raise PropensityError(
            f"People have the shape {people.shape} and residents {residents.shape} for "
            f"{len(margins)} margins. Give both one axis a margin, with the same groups."
        )
    total = float(residents.sum())
    if not total > 0 or (residents < 0).any() or (people < 0).any():
        raise PropensityError(
            f"There are {total:g} residents in all. Counts must be 0 or more, and somebody must "
            "live here."
        )
    stray = float(people[residents == 0].sum())
    if stray:
        raise PropensityError(
            f"{stray:g} people answered in groups in which nobody lives. Leave them out, or "
            "correct the residents."
        )
    rate = float(people.sum()) / total
    rho, share = _propensities(people, residents), residents / total
    spread = _root(share * (rho - rate) ** 2)
    by_chance = float((rho * (1 - rho)).clip(0).sum()) / total
    factor = math.sqrt(max(0.0, 1 - by_chance / spread**2)) if spread > 0 else 0.0
    return Summary(
        groups=int((residents > 0).sum()),
        rate=rate,
        spread=spread,
        r=1 - 2 * spread,
        cv=spread / rate if rate else None,
        adjusted_r=1 - 2 * spread * factor,
        adjusted_cv=spread * factor / rate if rate else None,
        partials=tuple(
            Partial(
                name,
                _root(_between(people, residents, axis, rate)),
                _root(_within(people, residents, axis, rho)),
            )
            for axis, name in enumerate(margins)
        ),
    )


def _between(people: FloatArray, residents: FloatArray, axis: int, rate: float) -> FloatArray:
    """q_k (rho_k - rho)^2 of one margin's groups."""
    others = tuple(other for other in range(people.ndim) if other != axis)
    held = residents.sum(axis=others)
    rho = _propensities(people.sum(axis=others), held)
    return np.asarray(held / residents.sum() * (rho - rate) ** 2)


def _within(people: FloatArray, residents: FloatArray, axis: int, rho: FloatArray) -> FloatArray:
    """q_c (rho_c - rho_l)^2 of the joint groups, l the groups with this margin summed out."""
    left = _propensities(
        people.sum(axis=axis, keepdims=True), residents.sum(axis=axis, keepdims=True)
    )
    return np.asarray(residents / residents.sum() * (rho - left) ** 2)


def _propensities(people: FloatArray, residents: FloatArray) -> FloatArray:
    """People by residents; 0 where nobody lives, which no share then counts."""
    return np.nan_to_num(divide(people.astype(np.float64), residents.astype(np.float64)))


def _root(squares: FloatArray) -> float:
    return math.sqrt(float(squares.sum()))
