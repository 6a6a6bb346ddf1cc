"""The little of scipy that the attacker needs, typed; scipy itself has no types."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from engage.core.statistics.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Solution:
    """Where a goal is least, and how much each row holds it back there."""

    at: FloatArray
    equal: FloatArray
    at_most: FloatArray


def matrix(entries: Sequence[tuple[int, int, float]], shape: tuple[int, int]) -> sparse.csr_array:
    """The sparse matrix with these entries of row, column and value."""
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csr_array((values, (rows, columns)), shape=shape)  # type: ignore[no-untyped-call]  # no types


def above(*parts: sparse.csr_array) -> sparse.csr_array:
    """Matrices of as many columns, one above the other."""
    return sparse.vstack(parts, format="csr")  # type: ignore[no-untyped-call,no-any-return]  # no types


def widened(part: sparse.csr_array, more: int) -> sparse.csr_array:
    """A matrix with so many columns more, of nothing."""
    nothing = matrix([], (part.shape[0], more))
    return sparse.hstack([part, nothing], format="csr")  # type: ignore[no-untyped-call,no-any-return]  # no types


def with_identity(part: sparse.csr_array) -> sparse.csr_array:
    """A matrix with a column more for each row, which has 1 there."""
    own = sparse.eye_array(part.shape[0])  # type: ignore[no-untyped-call]  # no types
    return sparse.hstack([part, own], format="csr")  # type: ignore[no-untyped-call,no-any-return]  # no types


def blocks(part: sparse.csr_array) -> IntArray:
    """The number of the block of each column: those in one row are in one block."""
    linked = (abs(part).T @ abs(part)).tocsr()
    _count, labels = sparse.csgraph.connected_components(linked, directed=False)
    return np.asarray(labels, dtype=np.int64)


def minimise(
    goal: FloatArray,
    equal: tuple[sparse.csr_array, FloatArray],
    at_most: tuple[sparse.csr_array, FloatArray],
    bounds: FloatArray,
) -> Solution:
    """The solution of a linear programme; RuntimeError when the solver finds none."""
    found = optimize.linprog(  # type: ignore[attr-defined,no-untyped-call]  # no types
        goal, at_most[0], at_most[1], equal[0], equal[1], bounds, method="highs"
    )
    if found.status != 0:
        raise RuntimeError(f"What is hidden could not be checked: {found.message}")
    return Solution(found.x, found.eqlin.marginals, found.ineqlin.marginals)
