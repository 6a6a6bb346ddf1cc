"""A factor: into which category of one classification each person falls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from engage.core.statistics.arrays import CodeArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Factor:
    """One classification of the people: `codes` are positions in `categories`, -1 for none."""

    name: str
    categories: tuple[str, ...]
    codes: CodeArray

    @property
    def sizes(self) -> IntArray:
        """How many people each category holds."""
        return self.held(None)

    def held(self, people: FloatArray | None) -> IntArray:
        """How many people each category holds, where an entry stands for so many of them."""
        inside = self.codes >= 0
        weights = None if people is None else people[inside]
        counted = np.bincount(self.codes[inside], weights, minlength=len(self.categories))
        return np.rint(counted).astype(np.int64)


def factor_of(name: str, values: pd.Series) -> Factor:
    """The factor in a column of labels; empty cells and `@` kinds of missing are in none.

    Categories keep the column's own order when it has one, otherwise they are sorted.
    """
    column = values if isinstance(values.dtype, pd.CategoricalDtype) else values.astype("category")
    held = column.array
    labels = [str(label) for label in held.categories]
    kept = [label for label in labels if not label.startswith("@")]
    place = {label: position for position, label in enumerate(kept)}
    codes: CodeArray = np.asarray(held.codes)
    outside = len(labels) - len(kept)
    if kept == labels[outside:]:
        # The kinds of missing come first, as in a coded table: the rest only moves up.
        codes = np.maximum(codes, outside - 1) - codes.dtype.type(outside)
    else:
        lookup = np.array([*(place.get(label, -1) for label in labels), -1], dtype=codes.dtype)
        codes = lookup[codes]
    return Factor(name, tuple(kept), codes)


def overall(size: int) -> Factor:
    """The classification that puts everybody into one group, `all`."""
    return Factor("overall", ("all",), np.zeros(size, dtype=np.int8))


def cross(name: str, factors: Sequence[Factor]) -> Factor:
    """Several factors crossed: categories are their labels joined by `|`, as in `16-24|F`."""
    categories: list[str] = [""]
    narrow = _narrow(math.prod(len(factor.categories) for factor in factors))
    codes = np.zeros(len(factors[0].codes), dtype=narrow)
    outside = np.zeros(len(codes), dtype=np.bool_)
    for position, factor in enumerate(factors):
        bar = "|" if position else ""
        categories = [f"{left}{bar}{right}" for left in categories for right in factor.categories]
        outside |= factor.codes < 0
        codes *= narrow.type(len(factor.categories))
        codes += np.maximum(factor.codes, 0).astype(narrow)
    codes[outside] = -1
    return Factor(name, tuple(categories), codes)


def name_missing(factor: Factor, name: str = "unknown") -> Factor:
    """The same factor with the people of no category gathered in one called `name`."""
    missing = factor.codes < 0
    if not missing.any():
        return factor
    return Factor(
        factor.name,
        (*factor.categories, name),
        np.where(
            missing,
            len(factor.categories),
            factor.codes.astype(_narrow(len(factor.categories) + 1)),
        ),
    )


def _narrow(categories: int) -> np.dtype[np.signedinteger[Any]]:
    """The narrowest kind of whole number that holds every category, and -1."""
    return np.dtype(np.min_scalar_type(-categories - 1))
