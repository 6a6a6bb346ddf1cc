"""The arrays that the statistics pass round, and the little arithmetic that all of them share."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
# Categories of people, in as few bytes each as they need.
CodeArray = npt.NDArray[np.signedinteger[Any]]
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


def incidence(rows: CodeArray, count: int) -> sparse.csc_array:
    """The sparse matrix that adds up the people of each row, of which there are `count`.

    `rows` has a person in each row and the places where they count in its columns.
    """
    people, places = rows.shape
    ends = np.arange(people + 1, dtype=np.int32) * places
    ones = np.ones(people * places, dtype=np.uint16)
    return sparse.csc_array((ones, rows.ravel(), ends), shape=(count, people))  # type: ignore[no-untyped-call]  # scipy has no types
