"""What is known of people by a table, person by person: their cell in it, and what it tells.

A table that somebody asks for meets every table that was shown of the same people, so that nobody
subtracts one from another. Each is told in one shape: where each person stands in it, and which
sums over its cells are shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray

SKIPPED, OUTSIDE = -1, -2
"""Where somebody stands who did not answer a question of the table, or is not who it is about."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table that people have seen, or are to see.

    `places` has each person's cell. `about` names the questions it depends on. `told` are the sums
    that are shown, a row of factors by cell each: 1 for those in a count, points for a score.
    `kept` are those that are not shown and must not become known.
    """

    places: IntArray
    about: frozenset[str]
    told: FloatArray
    kept: FloatArray

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return int(self.told.shape[1])

    @property
    def sizes(self) -> FloatArray:
        """How many people stand in each cell."""
        inside = self.places[self.places >= 0]
        return np.bincount(inside, minlength=self.cells).astype(np.float64)

    def without(self, hidden: BoolArray) -> "Shown":
        """The same with some of its sums hidden."""
        return replace(
            self, told=self.told[~hidden], kept=np.vstack([self.kept, self.told[hidden]])
        )


@dataclass(frozen=True, slots=True)
class Profiles:
    """People who stand alike in several tables: how many each profile has, and where it stands.

    `places` has a row a profile and a column a table.
    """

    sizes: FloatArray
    places: IntArray

    def over(self, at: int, factors: FloatArray) -> FloatArray:
        """Factors by cell of a table as factors by profile."""
        wide = np.hstack([factors, np.zeros((len(factors), 2))])
        return np.asarray(wide[:, self.places[:, at]])

    @property
    def answered(self) -> BoolArray:
        """Which profiles answered all that the tables ask."""
        return np.asarray((self.places != SKIPPED).all(axis=1))


def profiles(tables: Sequence[Shown]) -> Profiles:
    """The profiles that occur."""
    keys = np.zeros(len(tables[0].places), dtype=np.int64)
    for table in tables:
        wide = table.cells + 2
        _known, keys = np.unique(keys * wide + table.places % wide, return_inverse=True)
    _found, first, sizes = np.unique(keys, return_index=True, return_counts=True)
    places = np.column_stack([table.places[first] for table in tables])
    return Profiles(sizes.astype(np.float64), places)


def comparable(table: Shown, others: Iterable[Shown]) -> list[Shown]:
    """Those that depend on some of the table's questions alone, or on all of them and more.

    Only such tables can tell a cell of it exactly. A cell of several questions is a product, whose
    interaction of all of them no sum of tables has that lack one (Hoeffding's decomposition).
    """
    return [each for each in others if each.about <= table.about or each.about >= table.about]


def near(table: Shown, others: Iterable[Shown]) -> list[Shown]:
    """Those, and all that share two questions with it: by their small counts they bound its own."""
    held = list(others)
    sure = {id(each) for each in comparable(table, held)}
    return [each for each in held if id(each) in sure or len(each.about & table.about) > 1]
