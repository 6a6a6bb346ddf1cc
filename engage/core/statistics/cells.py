"""Cells: people who share every margin, group and design weight are counted together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray, IntArray
from engage.core.statistics.factor import Factor


@dataclass(frozen=True, slots=True)
class Cells:
    """The joint classification of a sample.

    `rows` is the cell of each person; the rest has one entry a cell. A raked weight depends on
    nothing but the cell, so everything after counting costs cells, not people.
    """

    rows: IntArray
    sizes: FloatArray
    design_weights: FloatArray
    margins: tuple[Factor, ...]
    groups: tuple[Factor, ...]

    @property
    def people(self) -> int:
        """How many people the sample has."""
        return len(self.rows)


def gather(
    design_weights: FloatArray, margins: Sequence[Factor], groups: Sequence[Factor]
) -> Cells:
    """The cells that occur in a sample, from each person's categories and design weight."""
    classes, joint = np.unique(design_weights, return_inverse=True)
    size = len(classes)
    for factor in (*margins, *groups):
        width = len(factor.categories) + 1
        if size > np.iinfo(np.int64).max // (2 * width):
            occurring, joint = np.unique(joint, return_inverse=True)
            size = len(occurring)
        joint = joint * width + factor.codes + 1
        size *= width
    _cells, first, rows, sizes = np.unique(
        joint, return_index=True, return_inverse=True, return_counts=True
    )
    return Cells(
        rows=rows.astype(np.int64),
        sizes=sizes.astype(np.float64),
        design_weights=design_weights[first],
        margins=tuple(_at(factor, first) for factor in margins),
        groups=tuple(_at(factor, first) for factor in groups),
    )


def _at(factor: Factor, first: IntArray) -> Factor:
    return Factor(factor.name, factor.categories, factor.codes[first])
