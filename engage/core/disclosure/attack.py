"""The attacker: by linear programming, how close a reader comes to what is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.disclosure.counts import Counts
from engage.core.disclosure.equations import Cell, Count, Equations
from engage.core.disclosure.knowledge import knowledge
from engage.core.disclosure.matrices import matrix
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.primary import widths
from engage.core.disclosure.programme import Programme
from engage.core.disclosure.sums import Sum, left_out
from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray

# Counts are whole; the solver's are not quite.
CLOSE = 1e-6
Terms = tuple[tuple[float, Count], ...]
Seen = dict[Terms, tuple[float, float]]
"""The least and the most yet found of what was looked for: hiding more leaves both possible."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A hidden figure of which a reader learns too much, and the figures that tell it.

    `telling` has, for every shown count that plays a part, the figures that would have to go.
    """

    cell: Cell
    least: float
    most: float
    width: float
    telling: tuple[frozenset[Cell], ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """A hidden count to be found out, or the difference of two, and how uncertain it must be."""

    cell: Cell
    terms: Terms
    truth: float
    width: float


def attack(
    counts: Counts,
    sums: Sequence[Sum],
    hidden: BoolArray,
    policy: Policy,
    seen: Seen | None = None,
) -> list[Exposed]:
    """The hidden figures of which the least and the most that fit are too close together.

    `seen` is filled, and saves work when more is hidden and the attack is made again.
    """
    equations = knowledge(counts, sums, hidden, policy)
    targets = _targets(equations, sums, policy)
    if not targets:
        return []
    return _Search(equations, targets, {} if seen is None else seen).exposed()


def _targets(made: Equations, sums: Sequence[Sum], policy: Policy) -> list[_Target]:
    counts = made.counts
    wide_yes, wide_no = widths(counts, sums, made.hidden, policy)
    targets: dict[Terms, _Target] = {}

    def aim(cell: Cell, terms: Sequence[tuple[float, Count]], width: float) -> None:
        unknown = tuple((f, c) for f, c in terms if made.told(c) is None)
        value = sum(f * made.truth(c) for f, c in unknown)
        if unknown and width > 0 and (unknown not in targets or targets[unknown].width < width):
            targets[unknown] = _Target(cell, unknown, value, width)

    for row, place in zip(*(each.tolist() for each in np.nonzero(made.hidden)), strict=True):
        base, yes = made.base(row, place), made.yes(row, place)
        people = float(counts.base[row, place])
        if people < policy.smallest_base:
            aim((row, place), [(1.0, base)], policy.smallest_base)
        if not np.isnan(counts.yes[row, place]):
            # Where the base is known the two sides say the same.
            if made.told(base) is not None:
                width = max(wide_yes[row, place], wide_no[row, place])
                aim((row, place), [(1.0, yes)], min(width, people))
                continue
            aim((row, place), [(1.0, yes)], wide_yes[row, place])
            aim((row, place), [(1.0, base), (-1.0, yes)], wide_no[row, place])
    for number, (each, guards) in enumerate(zip(sums, made.guarded, strict=True)):
        number_of, said = left_out(counts.base, each), left_out(counts.yes, each)
        for row in np.flatnonzero(guards).tolist():
            terms = ((1.0, ("left out", row, number)),)
            cell = (row, int(each.parts[0]))
            targets[terms] = _Target(cell, terms, float(said[row]), float(number_of[row]))
    return list(targets.values())


class _Search:
    """Looks for solutions that are far apart, and for the ends of what has none."""

    def __init__(self, made: Equations, targets: Sequence[_Target], seen: Seen) -> None:
        self.made, self.targets, self.seen = made, targets, seen
        entries = [
            (number, made.column(count), factor)
            for number, target in enumerate(targets)
            for factor, count in target.terms
        ]
        aims = matrix(entries, (len(targets), len(made.columns)))
        self.truth = np.array([target.truth for target in targets])
        ends = [seen.get(target.terms, (target.truth, target.truth)) for target in targets]
        self.least, self.most = (np.array(each) for each in zip(*ends, strict=True))
        self.wanted = np.array([target.width for target in targets])
        cap = float(2 * made.counts.base.max() + 10 * self.wanted.max())
        self.programme = Programme(made, aims, cap)

    def exposed(self) -> list[Exposed]:
        """What cannot be far enough apart, after everything was tried."""
        self._reach_all()
        binding = self._push_rest()
        for target, least, most in zip(self.targets, self.least, self.most, strict=True):
            self.seen[target.terms] = float(least), float(most)
        return [self._as_exposed(number, binding.get(number, set())) for number in self._close()]

    def _close(self) -> list[int]:
        return np.flatnonzero(self.most - self.least < self.wanted - CLOSE).tolist()

    def _note(self, reached: FloatArray) -> None:
        self.least = np.fmin(self.least, reached)
        self.most = np.fmax(self.most, reached)

    def _reach_all(self) -> None:
        """Move people into half of the places at once, split ever finer, while that settles any.

        The other places are where they come from.
        """
        places = np.array([target.cell[1] for target in self.targets], dtype=np.int64)
        for digit in range(int(places.max()).bit_length()):
            for half in (0, 1):
                close = np.array(self._close(), dtype=np.int64)
                self._reach(close[places[close] >> digit & 1 == half])
        self._reach_each()

    def _reach_each(self) -> None:
        """Move people into one place at a time, for every indicator at once."""
        rows = np.array([target.cell[0] for target in self.targets], dtype=np.int64)
        blocks = self.programme.aim_blocks
        tried: set[int] = set()
        while left := [number for number in self._close() if number not in tried]:
            pairs = np.column_stack([blocks[left], rows[left]])
            _pairs, first = np.unique(pairs, axis=0, return_index=True)
            chosen = np.array(left, dtype=np.int64)[first]
            self._reach(chosen)
            tried |= set(chosen.tolist())

    def _reach(self, numbers: IntArray) -> None:
        if len(numbers):
            start = self.truth[numbers]
            gain = self.wanted[numbers] - (start - self.least[numbers])
            self._note(self.programme.reach(numbers, start, gain))

    def _push_rest(self) -> dict[int, set[Count]]:
        """Take those that are left to both ends; the shown counts that hold each of them."""
        tries = dict.fromkeys(self._close(), 0)
        binding: dict[int, set[Count]] = {number: set() for number in tries}
        while left := [number for number in self._close() if tries[number] < 2]:
            _blocks, first = np.unique(self.programme.aim_blocks[left], return_index=True)
            chosen = np.array(left)[first]
            signs = np.array([(1.0, -1.0)[tries[number]] for number in chosen.tolist()])
            reached, told = self.programme.push(chosen, signs)
            self._note(reached)
            for number, counts in zip(chosen.tolist(), told, strict=True):
                tries[number] += 1
                binding[number] |= counts
        return binding

    def _as_exposed(self, number: int, binding: set[Count]) -> Exposed:
        target = self.targets[number]
        return Exposed(
            target.cell,
            float(self.least[number]),
            float(self.most[number]),
            target.width,
            tuple(self.made.telling(count) for count in sorted(binding)),
        )
