"""Running totals: a row of counts for each cell and group, added to as people come."""

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import IntArray, incidence
from engage.core.statistics.lanes import MOST, WordArray

Bytes = npt.NDArray[np.unsignedinteger]


class Running:
    """How many people each row has, and how many of them gave each answer.

    Answers are in the bytes of `lanes`; numbers are as narrow as the largest row allows.
    """

    def __init__(self, width: int) -> None:
        """Begin without rows, for so many answers."""
        self.count = 0
        self._people = np.zeros(0, dtype=np.int64)
        self._answers: Bytes = np.zeros((0, width), dtype=np.uint8)

    def extend(self, rows: int) -> IntArray:
        """As many new rows of nobody; their places."""
        first, self.count = self.count, self.count + rows
        if self.count > len(self._people):
            spare = max(self.count, 2 * len(self._people)) - len(self._people)
            self._people = np.append(self._people, np.zeros(spare, dtype=np.int64))
            none = np.zeros((spare, self._answers.shape[1]), dtype=self._answers.dtype)
            self._answers = np.concatenate([self._answers, none])
        return np.arange(first, self.count)

    def copy(self, from_rows: IntArray, to_rows: IntArray) -> None:
        """Let rows begin with the counts of others."""
        self._people[to_rows] = self._people[from_rows]
        self._answers[to_rows] = self._answers[from_rows]

    def read(self, rows: IntArray, places: IntArray) -> tuple[IntArray, Bytes]:
        """People, and how many of them gave the answers at these places, of some rows."""
        return self._people[rows], self._answers[np.ix_(rows, places)]

    def add(self, rows: IntArray, words: WordArray) -> None:
        """Add people: the rows that each one counts in (a column a breakdown), and their words."""
        people = np.bincount(rows.ravel(), minlength=self.count)
        self._people[: self.count] += people
        if not words.size:
            return
        self._widen()
        touched = np.flatnonzero(people)
        where: IntArray | slice = touched
        if 2 * len(touched) > self.count:
            where, used = slice(0, self.count), self.count
        else:
            used = len(touched)
            place = np.zeros(self.count, dtype=np.int64)
            place[touched] = np.arange(used)
            rows = place[rows]
        self._answers[where] += _added_up(rows, words, used, int(people.max()))

    def _widen(self) -> None:
        most = int(self._people[: self.count].max())
        if most > np.iinfo(self._answers.dtype).max:
            # Room for as many again, so that it is not soon done once more.
            self._answers = self._answers.astype(np.min_scalar_type(2 * most))


def _added_up(rows: IntArray, words: WordArray, count: int, most: int) -> Bytes:
    """The sums by row, byte by byte; people are added in pieces where a row has too many."""
    size = len(rows)
    pieces = 1
    while most > MOST:
        pieces *= 2
        piece = np.arange(size) * pieces // size
        apart = rows + (piece * count)[:, None]
        most = int(np.bincount(apart.ravel()).max())
    # Two bytes at a time are what the processor adds fastest; no byte spills into the other.
    halves = words.view(np.uint16)
    sums = incidence(apart if pieces > 1 else rows, pieces * count) @ halves
    whole = np.ascontiguousarray(sums).view(np.uint8)
    if pieces == 1:
        return whole
    return np.asarray(whole.reshape(pieces, count, -1).sum(axis=0, dtype=np.uint32))
