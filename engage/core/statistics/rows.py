"""The rows of one breakdown: which groups occur in which cells, and their running totals."""

from collections.abc import Callable

import numpy as np

from engage.core.statistics.arrays import CodeArray, IntArray, incidence
from engage.core.statistics.numbering import Numbering
from engage.core.statistics.totals import ByteArray, Totals


class Rows:
    """A number for each cell and group of a breakdown, in the order in which they turn up.

    As long as every cell is in one group only (a ward, where cells are by ward), the counts of
    the cells are those of the groups too, and nothing is counted twice: the breakdown is not
    `parted`, and its totals are empty.
    """

    def __init__(self, width: int, words: int) -> None:
        """Begin without rows, for so many groups and words of answers."""
        self.totals = Totals(words)
        self.parted = False
        self._width = width + 1
        self._numbers = Numbering()
        self._keys: IntArray = np.zeros(0, dtype=np.int64)
        self._only: IntArray = np.zeros(0, dtype=np.int64)

    @property
    def cells(self) -> IntArray:
        """The cell of each row."""
        return self._keys // self._width

    @property
    def groups(self) -> IntArray:
        """The group of each row, -1 for none."""
        return self._keys % self._width - 1

    def order(self, rank: IntArray) -> IntArray:
        """The rows in the order of their cells, which `rank` gives, and of their groups."""
        return np.argsort(rank[self.cells] * self._width + self.groups)

    def find(
        self,
        cells: IntArray,
        groups: CodeArray,
        counted: Callable[[], tuple[IntArray, ByteArray]],
    ) -> IntArray | None:
        """Each person's row; None as long as the cells tell the groups.

        `counted` gives the counts of each cell before these people.
        """
        if not self.parted and self._told(cells, groups):
            return None
        keys = cells * self._width
        keys += groups
        keys += 1
        rows, fresh = self._numbers.find(keys)
        if len(fresh):
            self._keys = np.append(self._keys, keys[fresh])
        if self.parted:
            self.totals.extend(len(self._keys))
        else:
            self._part(counted)
        return rows if self.parted else None

    def by_cell(self) -> tuple[IntArray, ByteArray]:
        """The sums of the totals by cell."""
        cells = self.cells
        count = int(cells.max()) + 1
        people = np.bincount(cells, self.totals.people, count).astype(np.int64)
        wide = self.totals.answers.astype(np.uint32)
        return people, np.asarray(incidence(cells[:, None], count) @ wide)

    def _told(self, cells: IntArray, groups: CodeArray) -> bool:
        """Whether each of these people is in the only group that their cell is known to have."""
        if not len(cells) or cells.max() >= len(self._only):
            return False
        return bool((self._only[cells] == groups).all())

    def _part(self, counted: Callable[[], tuple[IntArray, ByteArray]]) -> None:
        """Begin to count the groups by themselves once a cell is in two of them."""
        cells, first = np.unique(self.cells, return_index=True)
        if len(cells) == len(self._keys):
            self._only = self.groups[first]
            return
        people, answers = counted()
        self.parted = True
        self.totals.extend(len(self._keys))
        # The first row of a cell is the group that everybody before these people was in.
        known = cells < len(people)
        at = cells[known]
        self.totals.add(first[known], people[at], answers[at])
