"""The groups of one breakdown, by one estimator: who is in which, and sums over them."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from engage.core.statistics.arrays import FloatArray, membership
from engage.core.statistics.cells import Cells
from engage.core.statistics.engine import Split
from engage.core.statistics.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of a split, whose rows are the columns of both matrices.

    `members` says which group a row is in, `overlaps` by margin category too where the estimator
    knows margins. Weights are one a cell, values have a row a row of the split.
    """

    cells: Cells
    scheme: Scheme
    split: Split
    members: sparse.csr_array
    overlaps: sparse.csr_array

    @property
    def names(self) -> tuple[str, ...]:
        """The groups."""
        return self.split.categories

    def total(self, weights: FloatArray, values: FloatArray) -> FloatArray:
        """Weighted sums of values (rows, items) in each group (groups, items)."""
        return np.asarray(self.members @ (weights[self.split.cells, None] * values))

    def by_category(self, weights: FloatArray, values: FloatArray) -> FloatArray:
        """The same by margin category as well (categories, groups, items)."""
        sums = np.asarray(self.overlaps @ (weights[self.split.cells, None] * values))
        return sums.reshape(self.categories, len(self.names), values.shape[1])

    @property
    def categories(self) -> int:
        """How many categories the margins have between them."""
        return self.scheme.projection.members.shape[1] if self.scheme.projection else 0

    @property
    def people(self) -> FloatArray:
        """How many people each group has, whatever they answered."""
        return np.asarray(self.members @ self.split.sizes.astype(np.float64))


def group(cells: Cells, split: Split, scheme: Scheme) -> Groups:
    """The groups of a breakdown, as the cells were split by it."""
    inside = np.flatnonzero(split.groups >= 0)
    codes = split.groups[inside]
    count, rows = len(split.categories), len(split.cells)
    members = membership(codes, inside, (count, rows))
    overlaps = members
    if scheme.projection:
        categories = scheme.projection.columns[:, split.cells[inside]]
        overlaps = membership(
            (categories * count + codes).ravel(),
            np.tile(inside, len(categories)),
            (scheme.projection.members.shape[1] * count, rows),
        )
    return Groups(cells, scheme, split, members, overlaps)
