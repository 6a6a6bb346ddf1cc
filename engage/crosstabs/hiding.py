"""What a table of two questions hides in itself, before it meets what was shown.

A table is told by its sums: cells row by row, rows, columns, and last everybody.
"""

from collections.abc import Sequence

import numpy as np

from engage.core.disclosure.beside import Limits
from engage.core.indicators.model import Indicator
from engage.core.statistics.arrays import BoolArray, FloatArray
from engage.crosstabs.choices import Choice
from engage.figures.store import StoredFigure

TWO = 2


def unsafe(sizes: FloatArray, shape: tuple[int, int], limits: Limits, guarded: int) -> BoolArray:
    """What is small in itself: counts of a few, rows of fewer than a figure needs.

    Of a sensitive question nobody's and everybody's answer tell too, in rows of under `guarded`.
    """
    high, wide = shape
    hidden = (sizes > 0) & (sizes < limits.few)
    rows = sizes[high * wide : high * (wide + 1)]
    hidden[high * wide : high * (wide + 1)] |= (rows > 0) & (rows < limits.smallest_base)
    cells, lines = sizes[: high * wide], rows.repeat(wide)
    hidden[: high * wide] |= (lines < guarded) & (lines > 0) & ((cells == 0) | (cells == lines))
    hidden[-1] = False
    return hidden


def as_figures(
    figures: Sequence[StoredFigure], indicators: Sequence[Indicator], rows: Choice, columns: Choice
) -> BoolArray:
    """The groups of which a stored figure of the same question is hidden: row or column whole.

    Many such a figure is hidden for the sake of another, which a table would give away with it.
    """
    sides = (rows, columns)
    high, wide = (len(each.categories) for each in sides)
    hidden = np.zeros(high * wide + high + wide + 1, dtype=bool)
    cells = hidden[: high * wide].reshape(high, wide)
    asked = {each.id: frozenset(each.variables) for each in indicators}
    for by, other in (sides, sides[::-1]):
        kind, _colon, breakdown = by.name.partition(":")
        if kind != "b":
            continue
        gone = {
            each.group
            for each in figures
            if each.breakdown == breakdown
            and each.estimate.hidden
            and asked.get(each.indicator, frozenset({""})) <= other.about
        }
        lines = np.array([code in gone for code, _label in by.categories], dtype=bool)
        if by is rows:
            cells[lines] = True
            hidden[high * wide : high * (wide + 1)] |= lines
        else:
            cells[:, lines] = True
            hidden[high * (wide + 1) : -1] |= lines
    return hidden


def with_lines(
    hidden: BoolArray, shape: tuple[int, int], sizes: FloatArray, smallest_base: int
) -> BoolArray:
    """Where a row is hidden, so are its cells: a share of it would tell how many it has.

    One row alone would be what all the others leave of everybody, and two of ten people would tell
    of each other that they have no more. So the next smallest goes too, until as many people are in
    those that are hidden as a figure needs, and the same with columns that are hidden whole. Of two
    answers one is what the other leaves: both are shown, or neither.
    """
    high, wide = shape
    made = hidden.copy()
    cells = made[: high * wide].reshape(high, wide)
    ends = high * wide, high * (wide + 1)
    rows, columns = made[ends[0] : ends[1]], made[ends[1] : -1]
    _enough(rows, sizes[ends[0] : ends[1]], rows.copy(), smallest_base)
    cells[rows] = True
    whole = columns & cells.all(axis=0)
    _enough(columns, sizes[ends[1] : -1], whole, smallest_base)
    cells[:, whole] = True
    if wide == TWO:
        cells |= cells.any(axis=1, keepdims=True)
    if high == TWO:
        cells |= cells.any(axis=0, keepdims=True)
    return made


def _enough(lines: BoolArray, people: FloatArray, gone: BoolArray, smallest_base: int) -> None:
    """Hide lines, the next smallest first, until those `gone` are two and people enough."""
    some = people > 0
    while (gone & some).any() and (~gone & some).any():
        if (gone & some).sum() > 1 and people[gone].sum() >= smallest_base:
            return
        gone[np.where(~gone & some, people, np.inf).argmin()] = True
        lines |= gone
