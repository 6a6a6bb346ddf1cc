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
    `kept` are those that are not shown and must not become known. `common`, of a table of other
    people than those now used, are those who are of both.
    """

    places: IntArray
    about: frozenset[str]
    told: FloatArray
    kept: FloatArray
    common: BoolArray | None = None

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

    def among(self, people: BoolArray) -> "Shown":
        """The same of these people alone."""
        return replace(self, places=np.where(people, self.places, OUTSIDE))

    def hushed(self) -> "Shown":
        """The same with nothing shown, and all of it to be kept."""
        return replace(self, told=self.told[:0], kept=np.vstack([self.kept, self.told]))


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
        keys, _count = _joined(keys, table)
    _found, first, sizes = np.unique(keys, return_index=True, return_counts=True)
    places = np.column_stack([table.places[first] for table in tables])
    return Profiles(sizes.astype(np.float64), places)


def _joined(keys: IntArray, table: Shown) -> tuple[IntArray, int]:
    """Everybody's profile, numbered from nought, by one table more; and how many there are."""
    wide = table.cells + 2
    both = keys * wide + table.places % wide
    there = np.bincount(both) > 0
    numbers = np.cumsum(there) - 1
    return np.asarray(numbers[both]), int(there.sum())


def comparable(table: Shown, others: Iterable[Shown]) -> list[Shown]:
    """Those that depend on some of the table's questions alone, or on all of them and more.

    Only such tables can tell a cell of it exactly. A cell of several questions is a product, whose
    interaction of all of them no sum of tables has that lack one (Hoeffding's decomposition).
    """
    return [each for each in others if each.about <= table.about or each.about >= table.about]


def window(table: Shown, others: Sequence[Shown], most: int, wider: int) -> list[Shown] | None:
    """The table with all that tells of it, and of the rest as much as leaves `wider` profiles.

    Those that share questions with it bound its small counts, and so do those that share one with
    these, and so on: the nearest are taken first. None if what is
    comparable makes more than `most`.
    """
    sure = {id(each) for each in comparable(table, others)}
    held, keys = [table], _joined(np.zeros(len(table.places), dtype=np.int64), table)[0]
    for each in others:
        if id(each) in sure:
            keys, count = _joined(keys, each)
            held.append(each)
            if count > most:
                return None
    for each in _nearest(table, [other for other in others if id(other) not in sure]):
        more, count = _joined(keys, each)
        if count <= wider:
            keys = more
            held.append(each)
    return held


def _nearest(table: Shown, others: Iterable[Shown]) -> list[Shown]:
    """Those that are connected with the table by questions, by how many steps, then how much."""
    left, found, reached = list(others), list[Shown](), set(table.about)
    while near := [each for each in left if each.about & reached]:
        near.sort(key=lambda each: -len(each.about & reached))
        found += near
        left = [each for each in left if not each.about & reached]
        reached |= {name for each in near for name in each.about}
    return found
