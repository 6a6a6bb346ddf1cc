"""Counts: how many people of each cell gave each answer.

The only place where cost grows with people; another engine may replace it.
"""

from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray, IntArray
from engage.core.statistics.cells import Cells


@dataclass(frozen=True, slots=True)
class Answers:
    """One thing asked: `codes` are positions in `values`, -1 for people outside the base."""

    codes: IntArray
    values: FloatArray


@dataclass(frozen=True, slots=True)
class Moments:
    """People in the base, and the sums of their values and of the squares.

    Each has a row a cell and a column an item.
    """

    people: FloatArray
    sums: FloatArray
    squares: FloatArray


def count(cells: Cells, answers: Answers) -> IntArray:
    """People by cell (row) and answer (column)."""
    kinds = len(answers.values)
    inside = answers.codes >= 0
    joint = cells.rows[inside] * kinds + answers.codes[inside]
    return np.bincount(joint, minlength=len(cells.sizes) * kinds).reshape(len(cells.sizes), kinds)


def moments(cells: Cells, items: list[Answers]) -> Moments:
    """The moments of several items, from their counts."""
    tables = [(count(cells, item), item.values) for item in items]
    return Moments(
        people=_columns([table.sum(axis=1) for table, _values in tables], cells),
        sums=_columns([table @ values for table, values in tables], cells),
        squares=_columns([table @ values**2 for table, values in tables], cells),
    )


def _columns(each: list[IntArray | FloatArray], cells: Cells) -> FloatArray:
    if not each:
        return np.zeros((len(cells.sizes), 0))
    return np.column_stack(each).astype(np.float64)


@dataclass(frozen=True, slots=True)
class PairMoments:
    """Joint counts of each pair of yes-no items, of shape (cells, items, items).

    People in both bases, people of the first item's yes in the second's base, and people with
    yes to both.
    """

    both: FloatArray
    yes: FloatArray
    yes_yes: FloatArray


def pair_moments(cells: Cells, items: list[Answers]) -> PairMoments:
    """Joint counts of every pair of items, which their covariance needs.

    Items are proportions: code 0 is no and 1 is yes.
    """
    shape = (len(cells.sizes), len(items), len(items))
    both, yes, yes_yes = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for a, first in enumerate(items):
        for b, second in enumerate(items[: a + 1]):
            inside = (first.codes >= 0) & (second.codes >= 0)
            joint = cells.rows[inside] * 4 + first.codes[inside] * 2 + second.codes[inside]
            table = np.bincount(joint, minlength=4 * shape[0]).reshape(shape[0], 2, 2)
            both[:, a, b] = both[:, b, a] = table.sum(axis=(1, 2))
            yes_yes[:, a, b] = yes_yes[:, b, a] = table[:, 1, 1]
            yes[:, a, b] = table[:, 1, :].sum(axis=1)
            yes[:, b, a] = table[:, :, 1].sum(axis=1)
    return PairMoments(both, yes, yes_yes)
