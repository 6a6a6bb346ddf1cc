"""The two kinds of array that the statistics pass round, and division that allows for nobody."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def divide(part: FloatArray, whole: FloatArray) -> FloatArray:
    """`part / whole`, not a number where the whole is nothing."""
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
