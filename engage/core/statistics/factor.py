"""A factor: into which category of one classification each person falls."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.statistics.arrays import IntArray


@dataclass(frozen=True, slots=True)
class Factor:
    """One classification of the people: `codes` are positions in `categories`, -1 for none."""

    name: str
    categories: tuple[str, ...]
    codes: IntArray

    @property
    def sizes(self) -> IntArray:
        """How many people each category holds."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.categories))


def factor_of(name: str, values: pd.Series) -> Factor:
    """The factor in a column of labels; empty cells and `@` kinds of missing are in none.

    Categories keep the column's own order when it has one, otherwise they are sorted.
    """
    column = values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("category")
    labels = [str(label) for label in column.cat.categories]
    kept = [label for label in labels if not label.startswith("@")]
    place = {label: position for position, label in enumerate(kept)}
    lookup = np.array([*(place.get(label, -1) for label in labels), -1])
    return Factor(name, tuple(kept), lookup[column.cat.codes.to_numpy()].astype(np.int64))


def overall(size: int) -> Factor:
    """The classification that puts everybody into one group, `all`."""
    return Factor("overall", ("all",), np.zeros(size, dtype=np.int64))


def cross(name: str, factors: Sequence[Factor]) -> Factor:
    """Several factors crossed: categories are their labels joined by `|`, as in `16-24|F`."""
    categories: list[str] = [""]
    codes = np.zeros(len(factors[0].codes), dtype=np.int64)
    for position, factor in enumerate(factors):
        bar = "|" if position else ""
        categories = [f"{left}{bar}{right}" for left in categories for right in factor.categories]
        outside = (codes < 0) | (factor.codes < 0)
        codes = np.where(outside, -1, codes * len(factor.categories) + factor.codes)
    return Factor(name, tuple(categories), codes)


def name_missing(factor: Factor, name: str = "unknown") -> Factor:
    """The same factor with the people of no category gathered in one called `name`."""
    missing = factor.codes < 0
    if not missing.any():
        return factor
    return Factor(
        factor.name,
        (*factor.categories, name),
        np.where(missing, len(factor.categories), factor.codes),
    )
