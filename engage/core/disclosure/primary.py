"""What must be hidden for its own sake, and how uncertain the hidden must stay."""

from collections.abc import Sequence

import numpy as np

from engage.core.disclosure.counts import Counts
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.sums import Sum, left_out
from engage.core.statistics.arrays import BoolArray, FloatArray


def unsafe(counts: Counts, policy: Policy) -> BoolArray:
    """Figures of few people, and sensitive ones with few people on either side."""
    some = counts.base > 0
    small = some & (counts.base < policy.smallest_base)
    ends = (counts.yes == 0) | (counts.no == 0)
    few = (_few(counts.yes, policy) | _few(counts.no, policy)) | (
        ends & (counts.base < policy.low_base)
    )
    return np.asarray(small | (some & few & sensitive(counts, policy)[:, None]))


def sensitive(counts: Counts, policy: Policy) -> BoolArray:
    """Which indicators are sensitive."""
    return np.array([name in policy.sensitive for name in counts.indicators], dtype=bool)


def _few(side: FloatArray, policy: Policy) -> BoolArray:
    return np.asarray((side > 0) & (side < policy.smallest_side))


def widths(
    counts: Counts, sums: Sequence[Sum], hidden: BoolArray, policy: Policy
) -> tuple[FloatArray, FloatArray]:
    """How far apart the least and the most must be that fit a hidden numerator, and the rest.

    A figure that is not sensitive may be shown whatever people said, so of it the least of
    `smallest_count` and of what the shown wholes have: those tell by themselves that a part has
    no more.
    """
    strict = sensitive(counts, policy)[:, None]
    sides = []
    for side in (counts.yes, counts.no):
        width = np.full(side.shape, float(policy.smallest_count))
        for each in sums:
            if each.whole is not None:
                top = np.where(hidden[:, each.whole], np.inf, side[:, each.whole])
                width[:, each.parts] = np.fmin(width[:, each.parts], top[:, None])
        sides.append(np.where(strict, float(policy.smallest_side), width))
    return sides[0], sides[1]


def guarded(counts: Counts, sums: Sequence[Sum], policy: Policy) -> list[BoolArray]:
    """For each sum, the indicators of which it is guarded what the few said whom it leaves out.

    They are sensitive, and the sum has three parts of people or more: to cover those who are left
    out takes two of them, and of a breakdown of two groups nothing would be left. Where such a
    one leaves out the same people, all others would be guarded in vain.
    """
    left = [(left_out(counts.base, each), left_out(counts.yes, each)) for each in sums]
    many = [(counts.base[:, each.parts] > 0).sum(axis=1) > 2 for each in sums]
    guards = []
    for each, (people, said), enough in zip(sums, left, many, strict=True):
        few = (people > 0) & (people < policy.smallest_side) & (said >= 0) & (said <= people)
        guard = few & enough & sensitive(counts, policy) & (each.whole is not None)
        for other, (same, alike), more in zip(sums, left, many, strict=True):
            if other.whole == each.whole:
                guard &= more | (same != people) | (alike != said)
        guards.append(np.asarray(guard))
    return guards
