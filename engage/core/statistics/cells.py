"""Cells: people who share every category and the design weight are counted together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import CodeArray, FloatArray, IntArray
from engage.core.statistics.factor import Factor
from engage.core.statistics.numbering import Numbering

# So many people are looked at at a time: what is in between then stays near the processor.
CHUNK = 1 << 16
# Categories of several factors become one key while there are no more combinations than this.
COMBINATIONS = 1 << 20
Found = tuple[IntArray, IntArray]


@dataclass(frozen=True, slots=True)
class Cells:
    """The joint classification of some people.

    `rows` is the cell of each person, and empty where only counts are known; the rest has one
    entry a cell. A raked weight depends on nothing but the cell, so everything after counting
    costs cells, not people.
    """

    rows: IntArray
    sizes: FloatArray
    design_weights: FloatArray
    margins: tuple[Factor, ...]

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.sizes.sum())


@dataclass(frozen=True, slots=True)
class Joint(Cells):
    """Cells of people who share every group as well; `groups` has an entry a cell."""

    groups: tuple[Factor, ...]


class Register:
    """The cells of people as they come: each combination gets a number when it is first seen."""

    def __init__(self, widths: Sequence[int]) -> None:
        """Begin, with the number of categories of each factor."""
        self._classes = Numbering()
        self._parts: list[tuple[list[int], int, Numbering]] = [([], 1, Numbering())]
        for at, width in enumerate(widths):
            held, space, numbering = self._parts[-1]
            if space * (width + 1) > COMBINATIONS and held:
                self._parts.append(([at], width + 1, Numbering()))
            else:
                self._parts[-1] = ([*held, at], space * (width + 1), numbering)
        self._widths = [width + 1 for width in widths]

    def find(self, weights: FloatArray | None, codes: Sequence[CodeArray], size: int) -> Found:
        """The cell's number for each of `size` people, and a person of each cell that is new."""
        if weights is None:
            numbers = np.zeros(size, dtype=np.int64)
        else:
            numbers, _new = self._classes.find(weights)
        fresh = numbers[:0]
        for held, space, numbering in self._parts:
            keys = np.zeros(size, dtype=np.int64)
            for at in held:
                keys *= self._widths[at]
                keys += codes[at]
                keys += 1
            numbers, fresh = numbering.find(numbers * space + keys)
        return numbers, fresh


def gather(
    design_weights: FloatArray | None,
    margins: Sequence[Factor],
    groups: Sequence[Factor],
    size: int | None = None,
) -> Joint:
    """The cells that occur among people, by design weight and then by category.

    Without design weights everyone has 1, and `size` says how many they are.
    """
    count = len(design_weights) if design_weights is not None else int(size or 0)
    factors = (*margins, *groups)
    register = Register([len(factor.categories) for factor in factors])
    rows = np.empty(count, dtype=np.int64)
    first: list[IntArray] = [rows[:0]]
    for start in range(0, count, CHUNK):
        span = slice(start, min(start + CHUNK, count))
        weights = None if design_weights is None else design_weights[span]
        codes = [factor.codes[span] for factor in factors]
        rows[span], fresh = register.find(weights, codes, span.stop - start)
        first.append(fresh + start)
    people = np.concatenate(first)
    weights = np.ones(len(people)) if design_weights is None else design_weights[people]
    order = in_order(weights, [factor.codes[people] for factor in factors])
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    rows = rank[rows]
    people = people[order]
    return Joint(
        rows=rows,
        sizes=np.bincount(rows, minlength=len(order)).astype(np.float64),
        design_weights=weights[order],
        margins=tuple(_at(factor, people) for factor in margins),
        groups=tuple(_at(factor, people) for factor in groups),
    )


def in_order(weights: FloatArray, codes: Sequence[CodeArray]) -> IntArray:
    """The order of cells: by weight, then by the first factor's category, then by the next."""
    return np.lexsort((*reversed(codes), weights))


def _at(factor: Factor, people: IntArray) -> Factor:
    return Factor(factor.name, factor.categories, factor.codes[people])
