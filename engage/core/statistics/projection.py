"""What raking takes off a standard error: the part of each answer that the margins explain.

Two ways, both of R's survey package. Swept (its `rake`): ten times, for each margin in turn,
subtract the unweighted mean of each category. Otherwise (its `calibrate`): subtract the fit of
the regression on all margins, weighted by the design weights (Deville and Särndal 1992). Either
way the part explained is a sum of one effect a category, and the effects are a fixed matrix times
the sums by category.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from scipy import sparse

from engage.core.statistics.arrays import FloatArray, IntArray, membership
from engage.core.statistics.cells import Cells

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Projection:
    """The margins of a sample as one set of categories.

    `columns` has the categories of each cell (margins, cells), `members` the same as a matrix
    with a row a cell and a column a category. `importance` weighs the cells in the fit; `solver`
    makes effects of sums. At the weights at which raking explained the answers, `shared` is the
    categories' cross-table of squared weights and `sums` their weighted people.
    """

    columns: IntArray
    members: sparse.csr_array
    importance: FloatArray
    solver: FloatArray
    shared: FloatArray
    sums: FloatArray

    def effects(self, sums: FloatArray) -> FloatArray:
        """The effect of every category (rows) on answers whose sums by category are `sums`.

        Columns are estimates, as many as there are.
        """
        return np.asarray(self.solver @ sums)


def project(cells: Cells, scale: FloatArray, *, swept: bool) -> Projection:
    """The projection onto the margins of a sample, whose raked weights are `scale`."""
    ends = list(accumulate((len(factor.categories) for factor in cells.margins), initial=0))
    spans = [slice(start, end) for start, end in pairwise(ends)]
    columns = np.stack(
        [factor.codes + span.start for factor, span in zip(cells.margins, spans, strict=True)]
    )
    rows = np.tile(np.arange(len(cells.sizes)), len(columns))
    members = membership(rows, columns.ravel(), (len(cells.sizes), ends[-1]))
    weights = cells.design_weights / cells.design_weights.mean()
    importance = np.ones_like(weights) if swept else weights
    table = _cross_table(members, importance * cells.sizes)
    return Projection(
        columns=columns,
        members=members,
        importance=importance,
        solver=_swept(table, spans) if swept else _regression(table),
        shared=_cross_table(members, scale**2 * cells.sizes),
        sums=np.asarray(members.T @ (scale * cells.sizes)),
    )


def _swept(table: FloatArray, spans: list[slice]) -> FloatArray:
    """The effects that ten sweeps give for a sum of 1 in each category by itself."""
    sums = np.eye(len(table))
    effects = np.zeros_like(sums)
    held = np.diag(table)[:, None]
    for _round in range(ROUNDS):
        for span in spans:
            effects[span] += (sums[span] - table[span] @ effects) / held[span]
    return effects


def _regression(table: FloatArray) -> FloatArray:
    # The dummies of several margins are linearly dependent; any solution has one fit.
    return np.asarray(np.linalg.pinv(table, rcond=1e-10, hermitian=True))


def _cross_table(members: sparse.csr_array, weights: FloatArray) -> FloatArray:
    weighed = members * weights[:, None]
    return np.asarray((members.T @ weighed).todense())
