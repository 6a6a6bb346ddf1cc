"""The counts behind a table: people in the base and in the numerator, by indicator and place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from engage.core.disclosure.sums import Place, Rest
from engage.core.statistics.arrays import BoolArray, FloatArray, IntArray

KEYS = ["wave", "indicator", "breakdown", "group"]


@dataclass(frozen=True)
class Counts:
    """Unweighted counts, a row an indicator and a column a place, both in the order of names.

    `yes` is not a number for scores. Where nobody answered, or the table has no such row, `base`
    is 0. What can be subtracted comes after the places of the table, and is in none of its rows.
    """

    indicators: tuple[str, ...]
    places: tuple[Place, ...]
    base: IntArray
    yes: FloatArray
    rows: IntArray

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each indicator."""
        return {name: row for row, name in enumerate(self.indicators)}

    @cached_property
    def column_of(self) -> dict[Place, int]:
        """The column of each place."""
        return {place: column for column, place in enumerate(self.places)}

    @cached_property
    def no(self) -> FloatArray:
        """The people of the base who are not in the numerator."""
        return self.base - self.yes

    @cached_property
    def families(self) -> IntArray:
        """The first indicator with the same base in every place, for each indicator.

        Indicators that are counted over the same people tell each other's bases.
        """
        _kinds, first, inverse = np.unique(
            self.base, axis=0, return_index=True, return_inverse=True
        )
        return np.asarray(first[inverse.ravel()], dtype=np.int64)

    def mark(self, marks: BoolArray) -> BoolArray:
        """For each row of the tidy table, the mark of its indicator and place."""
        return np.asarray(marks.ravel()[self.rows], dtype=bool)


def counts_of(tidy: pd.DataFrame, numerators: pd.Series) -> Counts:
    """The counts of a tidy table; rows by several estimators and methods share theirs."""
    indicators = tuple(sorted(tidy["indicator"].astype(str).unique()))
    keys: Sequence[Place] = list(
        zip(*(tidy[column].astype(str) for column in KEYS if column != "indicator"), strict=True)
    )
    places = tuple(sorted(set(keys)))
    column_of = {place: column for column, place in enumerate(places)}
    row_of = {name: row for row, name in enumerate(indicators)}
    row = tidy["indicator"].astype(str).map(row_of).to_numpy(dtype=np.int64)
    column = np.array([column_of[key] for key in keys], dtype=np.int64)
    shape = (len(indicators), len(places))
    base, yes = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    base[row, column] = tidy["base"].fillna(0).astype(np.int64)
    yes[row, column] = numerators.to_numpy(dtype=float)
    return Counts(indicators, places, base, yes, row * len(places) + column)


def with_rests(counts: Counts, rests: Iterable[Rest]) -> Counts:
    """The counts with a place more, in each wave, for everything that can be subtracted."""
    places, base, yes = list(counts.places), [counts.base], [counts.yes]
    at, width = counts.column_of, len(counts.places)
    waves = sorted({wave for wave, _breakdown, _group in counts.places})
    for rest in sorted(rests, key=lambda each: each.name):
        for wave in waves:
            whole = at.get((wave, *rest.whole))
            parts = [at[wave, *part] for part in rest.parts if (wave, *part) in at]
            if whole is not None and parts:
                places.append((wave, *rest.name))
                for sides, side in ((base, counts.base), (yes, counts.yes)):
                    left = side[:, whole] - side[:, parts].sum(axis=1)
                    sides.append(left[:, None])
    rows = counts.rows // width * len(places) + counts.rows % width
    wider = (np.hstack(base), np.hstack(yes))
    return replace(counts, places=tuple(places), base=wider[0], yes=wider[1], rows=rows)
