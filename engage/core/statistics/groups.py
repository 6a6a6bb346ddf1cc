"""The groups of one breakdown, by one estimator: who is in which, and sums over them."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from engage.core.statistics.arrays import FloatArray, membership
from engage.core.statistics.cells import Cells
from engage.core.statistics.factor import Factor
from engage.core.statistics.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of cells.

    `members` and `overlaps` say which, the latter by margin category too where the estimator
    knows margins.
    """

    cells: Cells
    scheme: Scheme
    names: tuple[str, ...]
    members: sparse.csr_array
    overlaps: sparse.csr_array

    def total(self, weights: FloatArray, values: FloatArray) -> FloatArray:
        """Weighted sums of the cells' values (cells, items) in each group (groups, items)."""
        return np.asarray(self.members @ (weights[:, None] * values))

    def by_category(self, weights: FloatArray, values: FloatArray) -> FloatArray:
        """The same by margin category as well (categories, groups, items)."""
        sums = np.asarray(self.overlaps @ (weights[:, None] * values))
        return sums.reshape(self.categories, len(self.names), values.shape[1])

    @property
    def categories(self) -> int:
        """How many categories the margins have between them."""
        return self.scheme.projection.members.shape[1] if self.scheme.projection else 0

    @property
    def people(self) -> FloatArray:
        """How many people each group has, whatever they answered."""
        return np.asarray(self.members @ self.cells.sizes)


def group(cells: Cells, factor: Factor, scheme: Scheme) -> Groups:
    """The groups of a breakdown, one of `cells.groups`."""
    inside = np.flatnonzero(factor.codes >= 0)
    codes = factor.codes[inside]
    count = len(factor.categories)
    members = membership(codes, inside, (count, len(cells.sizes)))
    overlaps = members
    if scheme.projection:
        held = scheme.projection.members[inside].tocoo()
        overlaps = membership(
            held.col * count + codes[held.row],
            inside[held.row],
            (held.shape[1] * count, len(cells.sizes)),
        )
    return Groups(cells, scheme, factor.categories, members, overlaps)
