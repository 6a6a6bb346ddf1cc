"""A reader's knowledge as matrices, cut to the parts that have to do with what is looked for."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from engage.core.disclosure.equations import Count, Equations, Rows
from engage.core.disclosure.matrices import above, blocks, minimise, widened, with_identity
from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray

# A row of which the solver says that it holds the answer back by no more than this does not.
ALMOST = 1e-7


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one kind as a matrix, with the block of each."""

    matrix: sparse.csr_array
    limits: FloatArray
    blocks: IntArray
    rows: Rows

    def cut(self, rows: BoolArray, columns: BoolArray) -> tuple[sparse.csr_array, FloatArray]:
        """Some of the rows, over some of the columns."""
        return self.matrix[rows][:, columns], self.limits[rows]

    def binding(
        self, told: dict[int, set[Count]], chosen: BoolArray, marginals: FloatArray
    ) -> None:
        """Add to each block the shown counts of the rows that hold its answer back."""
        # Rows beyond the chosen ones are no knowledge, but what was asked of the solver.
        for row, marginal in zip(np.flatnonzero(chosen).tolist(), marginals, strict=False):
            if abs(marginal) > ALMOST:
                told[int(self.blocks[row])] |= set(self.rows.sources[row])


class Programme:
    """The linear programme; `block` numbers the counts that have to do with each other."""

    def __init__(self, made: Equations, aims: sparse.csr_array, cap: float) -> None:
        width = len(made.columns)
        equal, at_most = made.equal.matrix(width), made.at_most.matrix(width)
        self.block = blocks(above(equal, at_most, aims))
        self.equal, self.at_most = (
            _Part(matrix, np.array(rows.limits), self._blocks(matrix), rows)
            for matrix, rows in ((equal, made.equal), (at_most, made.at_most))
        )
        self.aims, self.aim_blocks = aims, self._blocks(aims)
        self.least = np.array(made.least)
        # Nothing bounds a count of which even the whole is hidden, so something must.
        self.cap = cap

    def _blocks(self, matrix: sparse.csr_array) -> IntArray:
        firsts = matrix.indices[matrix.indptr[:-1]] if matrix.shape[0] else np.zeros(0, np.int64)
        return np.asarray(self.block[firsts], dtype=np.int64)

    def reach(self, numbers: IntArray, start: FloatArray, wanted: FloatArray) -> FloatArray:
        """Bring as many aims at once as can be up from `start` by what is `wanted` of each.

        What all the aims are then, not a number for those that have nothing to do with these.
        """
        # Each gain is bounded by how far its aim moved, and by what is wanted of it.
        found, _told = self._solve(
            self.aim_blocks[numbers],
            goal=np.concatenate([np.zeros(len(self.least)), -1.0 / wanted]),
            extra=(with_identity(-self.aims[numbers]), -start),
            most=wanted,
        )
        return found

    def push(self, numbers: IntArray, signs: FloatArray) -> tuple[FloatArray, list[set[Count]]]:
        """Bring aims, one a block, as far as each goes; and the shown counts that hold it there."""
        found, told = self._solve(
            self.aim_blocks[numbers], goal=-np.asarray(signs @ self.aims[numbers])
        )
        return found, [told[int(self.aim_blocks[number])] for number in numbers]

    def _solve(
        self,
        chosen: IntArray,
        *,
        goal: FloatArray,
        extra: tuple[sparse.csr_array, FloatArray] | None = None,
        most: FloatArray | None = None,
    ) -> tuple[FloatArray, dict[int, set[Count]]]:
        """Solve within blocks; `extra` rows have a column more for each of `most`."""
        columns = np.isin(self.block, chosen)
        within = [np.isin(part.blocks, chosen) for part in (self.equal, self.at_most)]
        equal, at_most = self.equal.cut(within[0], columns), self.at_most.cut(within[1], columns)
        gains = np.zeros(0) if most is None else most
        if extra is not None:
            wide = np.append(columns, np.ones(len(gains), dtype=bool))
            goal, rows = goal[wide], extra[0][:, wide]
            equal = (widened(equal[0], len(gains)), equal[1])
            at_most = (
                above(widened(at_most[0], len(gains)), rows),
                np.append(at_most[1], extra[1]),
            )
        else:
            goal = goal[columns]
        count = int(columns.sum())
        lowest = np.append(self.least[columns], np.zeros(len(gains)))
        highest = np.append(np.full(count, self.cap), gains)
        found = minimise(goal, equal, at_most, np.column_stack([lowest, highest]))
        everything = np.zeros(len(self.least))
        everything[columns] = found.at[:count]
        reached = np.asarray(self.aims @ everything)
        reached[~np.isin(self.aim_blocks, chosen)] = np.nan
        told: dict[int, set[Count]] = {int(block): set() for block in np.unique(chosen)}
        self.equal.binding(told, within[0], found.equal)
        self.at_most.binding(told, within[1], found.at_most)
        return reached, told
