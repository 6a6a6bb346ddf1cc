"""Whether two questions have to do with each other: Pearson's test for a survey with weights.

Rao and Scott (1984), second-order correction, in the F form of Thomas and Rao (1987), as `svychisq`
of R's survey package does by default.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.two_way import TwoWay


@dataclass(frozen=True, slots=True)
class Independence:
    """The test that no row differs from another: F with its degrees of freedom, and p.

    All are not a number where there are fewer than two rows or columns with people.
    """

    f: float
    first_degrees: float
    second_degrees: float
    p: float

    @property
    def tested(self) -> bool:
        """Whether there is a test."""
        return not math.isnan(self.p)


def independence(table: TwoWay) -> Independence:
    """The test of a table.

    Pearson's statistic of the weighted proportions is divided by the sum of the generalised design
    effects, the eigenvalues of Delta = (C' D^-1 C / n)^-1 (C' D^-1 V D^-1 C): C spans the
    interactions, D has the proportions and V their covariance. F has tr(Delta)^2 / tr(Delta^2)
    degrees of freedom, and that times the people of the sample less one. Rows and columns of
    nobody are left out.
    """
    shape = table.shape
    grid = table.proportion.reshape(shape)
    rows, columns = np.flatnonzero(grid.sum(axis=1) > 0), np.flatnonzero(grid.sum(axis=0) > 0)
    nothing = Independence(math.nan, math.nan, math.nan, math.nan)
    if len(rows) < 2 or len(columns) < 2:
        return nothing
    kept = (rows[:, None] * shape[1] + columns).ravel()
    p, spread = grid[np.ix_(rows, columns)], table.covariance[np.ix_(kept, kept)]
    expected = p.sum(axis=1, keepdims=True) * p.sum(axis=0)
    n = table.sample
    pearson = n * float(((p - expected) ** 2 / expected).sum())
    flat = p.ravel()
    inverse = np.where(flat > 0, 1 / np.where(flat > 0, flat, 1.0), 0.0)
    weighed = inverse[:, None] * np.kron(_contrasts(len(rows)), _contrasts(len(columns)))
    simple = weighed.T @ (flat[:, None] * weighed) / n
    # An empty cell can leave an interaction that nothing is known of.
    effects = np.linalg.pinv(simple, hermitian=True) @ (weighed.T @ spread @ weighed)
    first, second = float(np.trace(effects)), float(np.trace(effects @ effects))
    if first <= 0 or second <= 0:
        return nothing
    degrees = first**2 / second
    f, below = pearson / first, degrees * (n - 1)
    return Independence(f, degrees, below, float(special.fdtrc(degrees, below, f)))


def _contrasts(count: int) -> FloatArray:
    """Columns that add up to nothing: each category beside the last."""
    return np.vstack([np.eye(count - 1), -np.ones((1, count - 1))])
