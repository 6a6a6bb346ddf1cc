"""Secondary suppression: the next smallest part is hidden with one that a sum would give away."""

from collections.abc import Sequence

import numpy as np

from engage.core.disclosure.counts import Counts
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.primary import widths
from engage.core.disclosure.sums import Sum, left_out
from engage.core.statistics.arrays import BoolArray, IntArray


def close(counts: Counts, sums: Sequence[Sum], start: BoolArray, policy: Policy) -> BoolArray:
    """All that must be hidden so that no single sum gives a hidden count away, to a fixed point.

    Bases first and by themselves: indicators counted over the same people then hide the same
    places, and none of them tells the base that another hides.
    """
    everywhere = np.ones_like(start)
    np.logical_and.at(everywhere, counts.families, start)
    together = everywhere[counts.families]
    bases = _Closing(counts, sums, policy, together, sides=False).fixed_point()
    return _Closing(counts, sums, policy, start | bases, sides=True).fixed_point()


class _Closing:
    """What is hidden so far; without `sides` for the sake of bases alone."""

    def __init__(
        self,
        counts: Counts,
        sums: Sequence[Sum],
        policy: Policy,
        start: BoolArray,
        *,
        sides: bool,
    ) -> None:
        self.counts, self.policy, self.sides = counts, policy, sides
        # Narrow sums first: what an area needs is mostly enough for the total, not so the reverse.
        self.sums = sorted(sums, key=lambda each: len(each.parts))
        self.hidden = start.copy()
        self.joined = _joined(counts, policy) if sides else []

    def fixed_point(self) -> BoolArray:
        """Hide until nothing more must be."""
        while True:
            before = int(self.hidden.sum())
            for leader, follower in self.joined:
                self.hidden[follower] |= self.hidden[leader] & (self.counts.base[follower] > 0)
            self.yes, self.no = widths(self.counts, self.sums, self.hidden, self.policy)
            for each in self.sums:
                touched = self.hidden[:, each.parts].any(axis=1)
                if each.whole is not None:
                    touched |= self.hidden[:, each.whole]
                for row in np.flatnonzero(touched).tolist():
                    self._cure(each, row)
            if int(self.hidden.sum()) == before:
                return self.hidden

    def _cure(self, each: Sum, row: int) -> None:
        """Hide parts, then the whole, until the sum tells too little of those that are hidden."""
        parts = each.parts[self.counts.base[row, each.parts] > 0]
        while True:
            gone = parts[self.hidden[row, parts]]
            shown = parts[~self.hidden[row, parts]]
            if each.whole is not None and self.hidden[row, each.whole]:
                safe = len(gone) > 0
            else:
                safe = len(gone) == 0 or self._enough(each, row, gone)
            if safe:
                return
            if len(shown):
                self.hidden[row, self._next(each, row, gone, shown)] = True
            elif each.whole is not None and not self.hidden[row, each.whole]:
                self.hidden[row, each.whole] = True
            else:
                return

    def _next(self, each: Sum, row: int, gone: IntArray, shown: IntArray) -> int:
        """The smallest part that is enough by itself, else the smallest; by name where two are."""
        ordered = sorted(shown.tolist(), key=lambda part: (self.counts.base[row, part], part))
        for part in ordered:
            if self._enough(each, row, np.append(gone, part)):
                return int(part)
        return int(ordered[0])

    def _enough(self, each: Sum, row: int, gone: IntArray) -> bool:
        """Whether the hidden parts, of which the sum is known, hide each other."""
        people, least = self.counts.base[row, gone], self.policy.smallest_base
        if len(gone) < 2:
            return False
        # Everybody beyond one in each of the parts may be in any of them.
        if (people < least).any() and people.sum() - len(people) < least:
            return False
        if not self.sides or np.isnan(self.counts.yes[row, gone]).any():
            return True
        sides = ((self.counts.yes, self.yes), (self.counts.no, self.no))
        return all(
            side[row, gone].sum() + left_out(side[[row]], each)[0] >= width[row, gone].max()
            for side, width in sides
        )


def _joined(counts: Counts, policy: Policy) -> list[tuple[int, int]]:
    """Pairs of a row and one that is hidden wherever the first is."""
    both_ways = [*policy.complements, *((b, a) for a, b in policy.complements)]
    pairs = [*both_ways, *((a, b) for b, all_ in policy.goes_with.items() for a in sorted(all_))]
    at = counts.row_of
    return [(at[a], at[b]) for a, b in pairs if a in at and b in at]
