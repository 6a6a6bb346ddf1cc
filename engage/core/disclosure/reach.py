"""How far what is shown lets a count of a few people be from what it is, by linear programmes."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from engage.core.disclosure.matrices import matrix, minimise, widened, with_identity
from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray

CLOSE, ALMOST = 1e-6, 1e-7
ALONG = 1e-9
MOST_ALONE = 60
"""So many counts are looked at one by one, after all were tried together."""


class TooFineError(RuntimeError):
    """More is to be checked than can be in the time that somebody waits."""


@dataclass(frozen=True, slots=True)
class Close:
    """A count that is known too well (its place among the targets), and the sums that tell it."""

    target: int
    telling: frozenset[int]


class Reach:
    """The counts to protect, and how far apart what fits has been found to be so far.

    `targets` has a row a count and a column a profile; `sizes` are the people of the profiles.
    Hiding more leaves everything possible that was, so what is settled stays so.
    """

    def __init__(self, targets: FloatArray, sizes: FloatArray, width: FloatArray) -> None:
        """Begin with nothing tried."""
        self.targets, self.sizes, self.width = targets, sizes, width
        self.truth = targets @ sizes
        self.least, self.most = self.truth.copy(), self.truth.copy()
        self.lost = np.zeros(len(self.truth), dtype=bool)
        self._aims = sparse.csr_array(targets)  # type: ignore[no-untyped-call]  # no types

    def lose(self, told: FloatArray) -> None:
        """Look no more at counts that are sums and differences of these, which nothing hides.

        After decisions about marked answers were used, figures of before and after tell of all who
        left in a group: a linear programme for each would take most of the time of a table.
        """
        if len(told) and len(self.targets):
            _left, size, rows = np.linalg.svd(told, full_matrices=False)
            base = rows[size > ALONG * max(size[0], 1.0)]
            beyond = np.abs(self.targets - (self.targets @ base.T) @ base).max(axis=1)
            self.lost |= beyond < ALONG

    def open_yet(self) -> IntArray:
        """The counts of which it is not settled that they are uncertain enough."""
        return np.flatnonzero((self.most - self.least < self.width - CLOSE) & ~self.lost)

    def close(self, told: FloatArray, own: int | None = None) -> list[Close]:
        """The counts that these sums, of which each is shown, tell too well.

        Only the first `own` sums can be hidden, where that is given: a count that the others tell
        by themselves is lost then, and is not looked at again.
        """
        equal = (
            sparse.csr_array(told),  # type: ignore[no-untyped-call]  # no types
            told @ self.sizes,
        )
        for sign in (1.0, -1.0):
            for part in self._parts():
                self._together(part, sign, equal)
        left = self.open_yet()
        if len(left) > MOST_ALONE:
            raise TooFineError(f"{len(left)} counts of a few people are left to look at.")
        found = []
        for target in left.tolist():
            telling = self._alone(target, equal)
            if self.most[target] - self.least[target] < self.width[target] - CLOSE:
                self.lost[target] = own is not None and min(telling, default=own) >= own
                found.append(Close(target, frozenset(telling)))
        return [each for each in found if not self.lost[each.target]]

    def _parts(self) -> list[BoolArray]:
        """All at once, then by halves, so that what cannot move together moves apart."""
        numbers = np.arange(len(self.truth))
        parts = [np.ones(len(numbers), dtype=bool)]
        for digit in range(max(len(numbers) - 1, 0).bit_length()):
            parts += [(numbers >> digit & 1) == half for half in (0, 1)]
        return parts

    def _together(
        self, part: BoolArray, sign: float, equal: tuple[sparse.csr_array, FloatArray]
    ) -> None:
        chosen = np.array([each for each in self.open_yet() if part[each]], dtype=np.int64)
        if not len(chosen):
            return
        # How far each is to move from the truth this way, beside what it moved the other way.
        start = self.truth[chosen]
        other = start - self.least[chosen] if sign > 0 else self.most[chosen] - start
        gain = self.width[chosen] - other
        rows = with_identity(-sign * self._aims[chosen])
        count, more = len(self.sizes), len(chosen)
        found = minimise(
            np.concatenate([np.zeros(count), -1.0 / gain]),
            (widened(equal[0], more), equal[1]),
            (rows, -sign * start),
            self._bounds(gain),
        )
        self._note(found.at[:count])

    def _alone(self, target: int, equal: tuple[sparse.csr_array, FloatArray]) -> set[int]:
        telling: set[int] = set()
        nothing = (matrix([], (0, len(self.sizes))), np.zeros(0))
        for sign in (1.0, -1.0):
            found = minimise(-sign * self.targets[target], equal, nothing, self._bounds())
            self._note(found.at)
            telling |= set(np.flatnonzero(np.abs(found.equal) > ALMOST).tolist())
        return telling

    def _bounds(self, gain: FloatArray | None = None) -> FloatArray:
        # Nothing bounds a profile that no shown sum counts, so something must.
        cap = float(self.sizes.sum() + 10 * self.width.max())
        highest = np.append(np.full(len(self.sizes), cap), np.zeros(0) if gain is None else gain)
        return np.column_stack([np.zeros(len(highest)), highest])

    def _note(self, people: FloatArray) -> None:
        reached = self.targets @ people
        self.least, self.most = np.minimum(self.least, reached), np.maximum(self.most, reached)
