"""Everything that a reader knows of the hidden counts, as equations and inequalities."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from engage.core.disclosure.counts import Counts
from engage.core.disclosure.matrices import matrix
from engage.core.statistics.arrays import BoolArray

Cell = tuple[int, int]
"""An indicator's row and a place's column."""
Count = tuple[str, int, int]
"""A count: what it is of, whose it is, and the place's column."""
Term = tuple[float, Count]


@dataclass(slots=True)
class Rows:
    """Rows of a matrix in the making; `sources` are the shown counts that each one rests on."""

    entries: list[tuple[int, int, float]] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    sources: list[tuple[Count, ...]] = field(default_factory=list)

    def matrix(self, width: int) -> sparse.csr_array:
        """The rows as a matrix over so many hidden counts."""
        return matrix(self.entries, (len(self.limits), width))


class Equations:
    """The linear programme of whoever reads all that is shown.

    The reader is taken to know the base and the numerator of every shown figure to the person,
    and how many people each sum leaves out.
    """

    def __init__(self, counts: Counts, hidden: BoolArray) -> None:
        self.counts = counts
        self.hidden = hidden
        self.families = counts.families
        shown = ~hidden
        told = np.zeros_like(hidden)
        np.logical_or.at(told, self.families, shown)
        self.base_told = told[self.families]
        self.columns: dict[Count, int] = {}
        self.least: list[float] = []
        self.guarded: list[BoolArray] = []
        self.equal = Rows()
        self.at_most = Rows()

    def base(self, row: int, place: int) -> Count:
        """The base of a figure, which it shares with its family."""
        return "base", int(self.families[row]), place

    def yes(self, row: int, place: int) -> Count:
        """The numerator of a figure."""
        return "yes", row, place

    def told(self, count: Count) -> float | None:
        """What a count is, if it is shown."""
        of, row, place = count
        if of == "base":
            return float(self.counts.base[row, place]) if self.base_told[row, place] else None
        if of == "yes":
            return None if self.hidden[row, place] else float(self.counts.yes[row, place])
        return None

    def truth(self, count: Count) -> float:
        """What a base or a numerator is, shown or not."""
        of, row, place = count
        return float((self.counts.base if of == "base" else self.counts.yes)[row, place])

    def telling(self, count: Count) -> frozenset[Cell]:
        """The shown figures that tell a count: all of them would have to go to hide it."""
        of, row, place = count
        if of == "yes":
            return frozenset({(row, place)})
        same = np.flatnonzero((self.families == row) & ~self.hidden[:, place])
        return frozenset((int(each), place) for each in same)

    def column(self, count: Count) -> int:
        """The column of a hidden count; nobody is in a hidden base of none."""
        if count not in self.columns:
            self.columns[count] = len(self.columns)
            self.least.append(1.0 if count[0] == "base" else 0.0)
        return self.columns[count]

    def add(self, terms: Sequence[Term], limit: float, *, equal: bool) -> None:
        """A row: the terms add up to the limit, or to no more; without a hidden term, nothing."""
        rows = self.equal if equal else self.at_most
        place, sources, entries = len(rows.limits), [], []
        for factor, count in terms:
            value = self.told(count)
            if value is None:
                entries.append((place, self.column(count), factor))
            else:
                limit -= factor * value
                sources.append(count)
        if entries:
            rows.entries += entries
            rows.limits.append(limit)
            rows.sources.append(tuple(sources))
