"""Numbers for things as they turn up: 0 for the first, 1 for the next that is new, and so on."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engage.core.statistics.arrays import IntArray

# Keys below this are looked up in a list of all of them; beyond it the list costs too much.
LIST = 1 << 23
# Whole numbers or floats.
Keys = npt.NDArray[Any]


class Numbering:
    """A number for each key; a key that was seen before keeps the number that it has.

    Keys are whole numbers from 0 on, or floats. Small whole numbers, which are the rule, cost one
    look into a list each; others are searched for among the sorted keys.
    """

    def __init__(self) -> None:
        """Begin without any keys."""
        self.count = 0
        self._list = np.full(0, -1, dtype=np.int64)
        self._searching = False
        self._sorted: Keys = np.zeros(0, dtype=np.int64)
        self._numbers = np.zeros(0, dtype=np.int64)

    def find(self, keys: Keys) -> tuple[IntArray, IntArray]:
        """The number of each key, and where in `keys` the new ones are, in their numbers' order."""
        if not len(keys):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        if not self._searching and (keys.dtype.kind == "f" or keys.max() >= LIST):
            self._searching = True
            self._sorted = np.flatnonzero(self._list >= 0).astype(keys.dtype)
            self._numbers = self._list[self._list >= 0]
        return self._searched(keys) if self._searching else self._listed(keys)

    def _listed(self, keys: Keys) -> tuple[IntArray, IntArray]:
        short = int(keys.max()) + 1 - len(self._list)
        if short > 0:
            self._list = np.append(self._list, np.full(max(short, len(self._list)), -1))
        numbers = np.take(self._list, keys)
        if numbers.min() >= 0:
            return numbers, numbers[:0]
        fresh = np.flatnonzero(numbers < 0)
        # Everyone new writes down their place; who still reads their own stands for the key.
        self._list[keys[fresh]] = fresh
        fresh = fresh[self._list[keys[fresh]] == fresh]
        self._list[keys[fresh]] = np.arange(self.count, self.count + len(fresh))
        self.count += len(fresh)
        return self._list[keys], fresh

    def _searched(self, keys: Keys) -> tuple[IntArray, IntArray]:
        fresh = np.flatnonzero(~self._known(keys))
        if len(fresh):
            values, first = np.unique(keys[fresh], return_index=True)
            fresh = fresh[first]
            at = np.searchsorted(self._sorted, values)
            new = np.arange(self.count, self.count + len(values))
            self._sorted = np.insert(self._sorted, at, values)
            self._numbers = np.insert(self._numbers, at, new)
            self.count += len(values)
        return self._numbers[np.searchsorted(self._sorted, keys)], fresh

    def _known(self, keys: Keys) -> npt.NDArray[np.bool_]:
        if not len(self._sorted):
            return np.zeros(len(keys), dtype=np.bool_)
        at = np.minimum(np.searchsorted(self._sorted, keys), len(self._sorted) - 1)
        return np.asarray(self._sorted[at] == keys)
