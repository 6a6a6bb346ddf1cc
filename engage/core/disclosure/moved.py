"""Whether a change in whole points tells too much of the few people who made it."""

import numpy as np

from engage.core.words.rounding import rounded


def in_points(difference: float) -> float:
    """A difference of two shares in whole points, a half away from zero: 0.034 is 0.03."""
    return float(rounded(100 * difference)) / 100


def leaves_open(share: float, base: int, points: float, most: int, least: int) -> bool:
    """Whether those who were taken out of a share can have answered in ways that are far apart.

    A reader knows the `share` of `base` people, that with those who were taken out it is `points`
    lower (rounded, see `in_points`), and that these were at most `most` people. Of every way to
    add people that fits, the number who said so must span `least` people or more, and so must the
    number who did not. Everybody is taken to count once: weights leave more open, not less.
    """
    added = np.arange(most + 1)[:, None]
    yes = np.arange(most + 1)[None, :]
    changed = 100 * (share - (share * base + yes) / (base + added))
    # Half a point either way, the edges included: rounding sends one of them elsewhere.
    fits = (yes <= added) & (np.abs(changed - 100 * points) <= 0.5)
    if not fits.any():
        return False
    rows, columns = np.nonzero(fits)
    no = rows - columns
    return bool(min(np.ptp(columns), np.ptp(no)) >= least)
