"""Change from one wave to the next: two samples, which may have people in common."""

import numpy as np

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.contrast import Contrasts
from engage.core.statistics.difference import Gap


def change(
    before: Contrasts,
    after: Contrasts,
    first: FloatArray,
    second: FloatArray,
    covariance: FloatArray | None = None,
) -> Gap:
    """Each contrast of the later wave less that of the earlier, in their shape.

    Waves are strata: each variance has the n/(n-1) and the finite population correction of its
    own wave, and they add up. Give the `covariance` of waves that share people (see `overlap`);
    the variance is then less twice that. `first` and `second` are the people counted on either
    side of the difference.
    """
    independent = before.independent + after.independent
    spread = before.variance + after.variance
    if covariance is not None:
        spread = np.maximum(spread - 2 * covariance, 0.0)
    return Gap(after.value - before.value, spread, independent, first, second)
