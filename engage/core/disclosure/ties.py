"""Groups of several breakdowns that hold the same people: parts, unions, crossings, filters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from engage.core.disclosure.sums import TOTAL, Group, Rest
from engage.core.statistics.arrays import IntArray
from engage.core.statistics.cells import Joint
from engage.core.statistics.factor import Factor


@dataclass(frozen=True, slots=True)
class Ties:
    """Which groups are part of which, and what anybody can subtract from one another."""

    within: tuple[tuple[Group, Group], ...]
    rests: tuple[Rest, ...]


def ties(cells: Joint, few: int = 30) -> Ties:
    """How the breakdowns of a sample hang together, found from the people themselves.

    A breakdown of which each group is within one group of another is taken to be made so: wards
    and areas, age by sex and age, ethnic groups and what unites some of them. Where some of its
    groups are in none of the other's, those who are in none are a group to subtract, too.

    Of other breakdowns, a group of at least `few` people is tied to one that holds all of them
    and fewer than `few` more: what the one has beyond the other would be a figure to hide.
    """
    factors = [each for each in cells.groups if each.name != TOTAL[0]]
    within: list[tuple[Group, Group]] = []
    rests: dict[Group, Rest] = {}
    for a, b in permutations(factors, 2):
        joint = _joint(a, b, cells)
        parts = joint[:-1]
        found = _nested(a, b, parts) if _nests(parts) else _close(a, b, joint, few)
        for part, whole, rest in found:
            within.append((part, whole))
            if rest:
                rests[rest.name] = rest
    return Ties(tuple(within), tuple(rests.values()))


def _joint(a: Factor, b: Factor, cells: Joint) -> IntArray:
    """How many people are in each pair of groups; last are those in none."""
    rows, columns = len(a.categories) + 1, len(b.categories) + 1
    # The code of none is -1, which is the last place.
    # Codes are kept as narrow as they can be, too narrow to number the pairs.
    first, second = (factor.codes.astype(np.int64) for factor in (a, b))
    codes = first % rows * columns + second % columns
    counts = np.bincount(codes, cells.sizes, rows * columns).round().astype(np.int64)
    return np.asarray(counts.reshape(rows, columns))


def _nests(parts: IntArray) -> bool:
    """Whether nobody's group tells less than it could: each is in one group or in none."""
    return bool(((parts > 0).sum(axis=1) <= 1).all() and (parts[:, :-1] > 0).any())


def _nested(a: Factor, b: Factor, parts: IntArray) -> Iterator[tuple[Group, Group, Rest | None]]:
    none = len(b.categories)
    outside = Rest(("@none", b.name), TOTAL, tuple((b.name, name) for name in b.categories))
    for row, column in zip(*(each.tolist() for each in np.nonzero(parts)), strict=True):
        part = (a.name, a.categories[row])
        if column == none:
            yield part, outside.name, outside
        else:
            yield part, (b.name, b.categories[column]), None


def _close(
    a: Factor, b: Factor, joint: IntArray, few: int
) -> Iterator[tuple[Group, Group, Rest | None]]:
    for row, name in enumerate(a.categories):
        held = np.flatnonzero(joint[row])
        if len(held) != 1 or held[0] == len(b.categories):
            continue
        column = int(held[0])
        people, more = int(joint[row, column]), int(joint[:, column].sum() - joint[row, column])
        if people >= few and more < few:
            part, whole = (a.name, name), (b.name, b.categories[column])
            less = ("@less", f"{'='.join(whole)}|{'='.join(part)}")
            yield part, whole, Rest(less, whole, (part,)) if more else None
