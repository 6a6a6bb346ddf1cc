"""How far what is shown lets a count of a few people be from what it is, by linear programmes."""

from dataclasses import dataclass

import numpy as np

from engage.core.disclosure.solver import Solver
from engage.core.statistics.arrays import FloatArray, IntArray

CLOSE, ALMOST = 1e-6, 1e-7
ALONG = 1e-9
MOST_ALONE = 200
"""So many counts are looked at one by one, after all were tried together."""
PATIENCE, SLOW = 3, 0.02
"""So often in a row may a goal for all settle less than that share of them."""
UNEVEN = 3
"""The power of a weight: most counts weigh little, so that a few move far."""


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
        cap = float(self.sizes.sum() + 10 * self.width.max())  # no sum may bound a profile
        solver = Solver(told, self.sizes, cap)
        self._apart(solver)
        left = self.open_yet()
        if len(left) > MOST_ALONE:
            raise TooFineError(f"{len(left)} counts of a few people are left to look at.")
        found = []
        for target in left.tolist():
            telling = self._alone(target, solver)
            if self.most[target] - self.least[target] < self.width[target] - CLOSE:
                self.lost[target] = own is not None and min(telling, default=own) >= own
                found.append(Close(target, frozenset(telling)))
        return [each for each in found if not self.lost[each.target]]

    def _apart(self, solver: Solver) -> None:
        """Move many counts at once, some more than others, as long as that settles any.

        Where one goal is greatest there are few profiles of many people, and other ones for another
        goal, so that each count is soon seen far from what it is. The goals are the same each time.
        """
        random, patience = np.random.default_rng(0), PATIENCE
        left = self.open_yet()
        while len(left) and patience:
            weights = random.random(len(left)) ** UNEVEN
            people, _holding = solver.least(-weights @ self.targets[left])
            self._note(people)
            before, left = len(left), self.open_yet()
            patience = PATIENCE if before - len(left) > before * SLOW else patience - 1

    def _alone(self, target: int, solver: Solver) -> set[int]:
        telling: set[int] = set()
        for sign in (1.0, -1.0):
            people, holding = solver.least(-sign * self.targets[target])
            self._note(people)
            telling |= set(np.flatnonzero(np.abs(holding) > ALMOST).tolist())
        return telling

    def _note(self, people: FloatArray) -> None:
        reached = self.targets @ people
        self.least, self.most = np.minimum(self.least, reached), np.maximum(self.most, reached)
