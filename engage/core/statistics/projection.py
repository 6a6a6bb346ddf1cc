"""What raking takes off a standard error: the part of each answer that the margins explain.

Two ways, both of R's survey package. Swept (its `rake`): ten times, for each margin in turn,
subtract the unweighted mean of each category. Otherwise (its `calibrate`): subtract the fit of
the regression on all margins, weighted by the design weights (Deville and Särndal 1992). Either
way the part explained is a sum of one effect a category, so sums by category are all it takes.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from scipy import sparse

from engage.core.statistics.arrays import FloatArray, membership
from engage.core.statistics.cells import Cells

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Projection:
    """The margins of a sample as one set of categories.

    `members` has a row a cell and a column a category, `spans` one slice of columns a margin.
    `importance` weighs the cells in the fit; `table` is the categories' cross-table under it.
    """

    members: sparse.csr_array
    spans: tuple[slice, ...]
    importance: FloatArray
    table: FloatArray
    swept: bool

    def effects(self, sums: FloatArray) -> FloatArray:
        """The effect of every category (rows) on answers whose sums by category are `sums`.

        Columns are estimates, as many as there are.
        """
        if not self.swept:
            # The dummies of several margins are linearly dependent; any solution has one fit.
            inverse = np.linalg.pinv(self.table, rcond=1e-10, hermitian=True)
            return np.asarray(inverse @ sums)
        effects = np.zeros_like(sums)
        held = np.diag(self.table)[:, None]
        for _round in range(ROUNDS):
            for span in self.spans:
                effects[span] += (sums[span] - self.table[span] @ effects) / held[span]
        return effects

    def cross_table(self, weights: FloatArray) -> FloatArray:
        """How much of these weights, one a cell, each pair of categories shares."""
        return _cross_table(self.members, weights)


def project(cells: Cells, *, swept: bool) -> Projection:
    """The projection onto the margins of a sample."""
    ends = list(accumulate((len(factor.categories) for factor in cells.margins), initial=0))
    columns = [factor.codes + end for factor, end in zip(cells.margins, ends[:-1], strict=True)]
    rows = np.tile(np.arange(len(cells.sizes)), len(columns))
    members = membership(rows, np.concatenate(columns), (len(cells.sizes), ends[-1]))
    weights = cells.design_weights / cells.design_weights.mean()
    importance = np.ones_like(weights) if swept else weights
    return Projection(
        members=members,
        spans=tuple(slice(start, end) for start, end in pairwise(ends)),
        importance=importance,
        table=_cross_table(members, importance * cells.sizes),
        swept=swept,
    )


def _cross_table(members: sparse.csr_array, weights: FloatArray) -> FloatArray:
    return np.asarray((members.T @ (members * weights[:, None])).todense())
