"""Whether a change in whole points tells too much of the few people who made it."""

import numpy as np

from engage.core.words.rounding import rounded

ROUNDING = 1e-9


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
    added = np.arange(most + 1)
    # Half a point either way, the edges included: rounding sends one of them elsewhere.
    edges = [(share - points - half) * (base + added) - share * base for half in (0.005, -0.005)]
    fewest = np.maximum(np.ceil(edges[0] - ROUNDING), 0)
    largest = np.minimum(np.floor(edges[1] + ROUNDING), added)
    fits = fewest <= largest
    if not fits.any():
        return False
    said = largest[fits].max() - fewest[fits].min()
    not_said = (added - fewest)[fits].max() - (added - largest)[fits].min()
    return bool(min(said, not_said) >= least)
