"""Running totals: a row of counts for each cell and group, added to as people come."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import IntArray, incidence
from engage.core.statistics.lanes import BYTES, MOST, WordArray

ByteArray = npt.NDArray[np.unsignedinteger]


class Totals:
    """How many people each row has, and how many of them gave each answer.

    Answers have the places of their bytes in `lanes`; numbers are as narrow as the largest row
    allows. There is room for more rows than the `count` that are in use.
    """

    def __init__(self, words: int) -> None:
        """Begin without rows, for so many words of answers."""
        self.count = 0
        self._people = np.zeros(0, dtype=np.int64)
        self._answers: ByteArray = np.zeros((0, BYTES * words), dtype=np.uint8)

    @property
    def people(self) -> IntArray:
        """How many people each row has."""
        return self._people[: self.count]

    @property
    def answers(self) -> ByteArray:
        """How many of them gave each answer (rows, places)."""
        return self._answers[: self.count]

    def extend(self, count: int) -> None:
        """Have so many rows; those that are new are of nobody."""
        self.count = count
        if count > len(self._people):
            spare = max(count, 2 * len(self._people)) - len(self._people)
            self._people = np.append(self._people, np.zeros(spare, dtype=np.int64))
            none = np.zeros((spare, self._answers.shape[1]), dtype=self._answers.dtype)
            self._answers = np.concatenate([self._answers, none])

    def add(self, rows: IntArray | slice, people: IntArray, answers: ByteArray) -> None:
        """Add counts to rows, none of which is named twice."""
        self._people[rows] += people
        most = int(self.people.max(initial=0))
        if most > np.iinfo(self._answers.dtype).max:
            # Room for as many again, so that it is not soon done once more.
            self._answers = self._answers.astype(np.min_scalar_type(2 * most))
        self._answers[rows] += answers


def add_people(parts: Sequence[tuple[Totals, IntArray]], words: WordArray) -> None:
    """Add people to several totals at once: in each, the row of every person, and their words."""
    ends = np.cumsum([0, *(totals.count for totals, _rows in parts)])
    places = np.empty((len(words), len(parts)), dtype=np.int32)
    for at, (_totals, rows) in enumerate(parts):
        np.add(rows, ends[at], out=places[:, at], casting="same_kind")
    people = np.bincount(places.ravel(), minlength=ends[-1])
    touched = np.flatnonzero(people)
    if len(touched) > len(people) // 2:
        sums = _added_up(places, words, len(people), int(people.max()))
        for at, (totals, _rows) in enumerate(parts):
            own = slice(ends[at], ends[at + 1])
            totals.add(slice(0, totals.count), people[own], sums[own])
        return
    nearer = np.zeros(len(people), dtype=np.int32)
    nearer[touched] = np.arange(len(touched))
    sums = _added_up(nearer[places], words, len(touched), int(people.max()))
    starts = np.searchsorted(touched, ends)
    for at, (totals, _rows) in enumerate(parts):
        own = slice(starts[at], starts[at + 1])
        totals.add(touched[own] - ends[at], people[touched[own]], sums[own])


def _added_up(places: npt.NDArray[np.int32], words: WordArray, count: int, most: int) -> ByteArray:
    """The sums by row, byte by byte; people are added in pieces where a row has too many."""
    pieces = 1
    apart = places
    while most > MOST:
        pieces *= 2
        piece = np.arange(len(places), dtype=np.int32) % pieces
        apart = places + (piece * count)[:, None]
        most = int(np.bincount(apart.ravel()).max())
    # Two bytes at a time are what the processor adds fastest; no byte spills into the other.
    sums = incidence(apart, pieces * count) @ words.view(np.uint16)
    whole = np.ascontiguousarray(sums).view(np.uint8)
    if pieces == 1:
        return whole
    return np.asarray(whole.reshape(pieces, count, -1).sum(axis=0, dtype=np.uint32))
