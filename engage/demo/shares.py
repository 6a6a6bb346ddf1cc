"""Giving answers to people so that their weighted shares come out as wanted."""

from collections.abc import Sequence

import numpy as np

from engage.core.statistics.arrays import FloatArray, IntArray

NEAR = 40
"""How many people on either side of a line may change sides to bring a share closer."""


def share_out(leaning: FloatArray, weights: FloatArray, shares: Sequence[float]) -> IntArray:
    """For each person the place of one of the shares, whose weighted parts come out as given.

    Those who lean least take the first. A share is met as closely as moving one or two people
    that are near its line allows: far below a tenth of a percent with uneven weights, half a
    person with even ones.
    """
    taken = np.full(len(leaning), len(shares) - 1, dtype=np.int64)
    left = np.argsort(leaning, kind="stable")
    wanted = np.cumsum(np.asarray(shares, float)) / sum(shares) * weights.sum()
    given = 0.0
    for place, total in enumerate(wanted[:-1]):
        inside = _nearest(weights[left], float(total) - given)
        taken[left[inside]] = place
        given += float(weights[left[inside]].sum())
        left = left[~inside]
    return taken


def _nearest(weights: FloatArray, target: float) -> np.ndarray:
    """Which people, mostly the first ones, weigh together what the target says."""
    sums = np.concatenate([[0.0], np.cumsum(weights)])
    size = int(np.abs(sums - target).argmin())
    inside = np.arange(len(weights)) < size
    short = target - sums[size]
    leave = np.arange(size - 1, max(0, size - NEAR) - 1, -1)
    join = np.arange(size, min(len(weights), size + NEAR))
    # First nobody, then those nearest the line: of equal moves the smallest is made.
    losses = np.concatenate([[0.0], weights[leave]])
    gains = np.concatenate([[0.0], weights[join]])
    misses = np.abs(gains[None, :] - losses[:, None] - short)
    out, into = np.unravel_index(misses.argmin(), misses.shape)
    if out:
        inside[leave[out - 1]] = False
    if into:
        inside[join[into - 1]] = True
    return inside
