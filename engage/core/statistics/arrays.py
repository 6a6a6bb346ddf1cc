"""The arrays that the statistics pass round, and the little arithmetic that all of them share."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def divide(part: FloatArray, whole: FloatArray) -> FloatArray:
    """`part / whole`, not a number where the whole is nothing."""
    part, whole = np.broadcast_arrays(part, whole)
    quotient: FloatArray = np.full(part.shape, np.nan)
    np.divide(part, whole, out=quotient, where=whole > 0)
    return quotient


def membership(rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    """The sparse matrix with 1 at each pair of row and column."""
    ones = np.ones(len(rows))
    return sparse.csr_array((ones, (rows, columns)), shape=shape)  # type: ignore[no-untyped-call]  # scipy has no types
