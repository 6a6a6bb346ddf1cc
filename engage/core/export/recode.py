"""Recoding until nobody stands out: every combination of some columns has at least k people.

The rule, the same for everybody. Go through the columns, the most important first. Among people
who look alike so far, an answer that fewer than k of them gave is withheld, and those for whom it
is withheld look alike from then on; if they are fewer than k, just enough people with the most
common answer join them. So each group that a column splits off has k people, and so has each
combination in the end. A column that one person in five would lose is withheld from everyone.

All the coarsening steps that the caller offers are taken first, and then taken back, latest
first, as long as no column is lost by it. Steps marked `always` stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.export.codebook import WITHHELD, heading_of

MOST_WITHHELD = 0.2

Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Step:
    """One coarsening of one column: what becomes of which codes, and what the new ones mean."""

    column: str
    told: str
    into: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    always: bool = False


@dataclass(frozen=True, slots=True)
class Recoding:
    """What was done: the steps taken, and from how many of the people a column is withheld."""

    people: int
    steps: tuple[Step, ...]
    withheld: Mapping[str, int]

    def sentences(self) -> tuple[str, ...]:
        """What was done, a sentence for each column and step that changed anything."""
        return tuple(told for name in self.withheld for told in self.told_of(name))

    def told_of(self, column: str) -> tuple[str, ...]:
        """What was done to one column."""
        told = tuple(step.told for step in self.steps if step.column == column)
        count = self.withheld[column]
        if count == self.people:
            return (*told, f"{heading_of(column)}: withheld from everyone")
        if count:
            return (
                *told,
                f"{heading_of(column)}: withheld from {count:,} of {self.people:,} people",
            )
        return told


@dataclass(frozen=True, slots=True)
class _Coded:
    """A column as places in a list of codes."""

    places: Ints
    codes: tuple[str, ...]

    def after(self, step: Step) -> "_Coded":
        targets = [step.into.get(code, code) for code in self.codes]
        codes = tuple(dict.fromkeys(targets))
        lookup = np.array([codes.index(target) for target in targets], dtype=np.int64)
        return _Coded(lookup[self.places], codes)

    def written(self) -> pd.Categorical:
        codes = (*self.codes, *(() if WITHHELD in self.codes else (WITHHELD,)))
        return pd.Categorical.from_codes(self.places, categories=pd.Index(codes, dtype=object))


def recode_until_k(
    table: pd.DataFrame, columns: Sequence[str], steps: Sequence[Step] = (), k: int = 5
) -> tuple[pd.DataFrame, Recoding]:
    """The table with `columns` recoded until k people share every combination, and what was done.

    `columns` are categorical and have no empty cells, the most important first; `steps` are the
    coarsenings to try, the gentlest first. A table of fewer than k rows comes back empty.
    """
    if len(table) < k:
        nobody = dict.fromkeys(columns, len(table))
        return table.iloc[0:0].copy(), Recoding(len(table), (), nobody)
    coded = {name: _coded(table[name]) for name in columns}
    taken = [step for step in steps if step.column in coded]
    best = _withhold(_after(coded, taken), k)
    for step in [step for step in reversed(taken) if not step.always]:
        fewer = [other for other in taken if other is not step]
        tried = _withhold(_after(coded, fewer), k)
        if _lost(tried) <= _lost(best):
            taken, best = fewer, tried
    recoded = table.copy()
    for name, column in best.items():
        recoded[name] = column.written()
    withheld = {name: int(_withheld(column).sum()) for name, column in best.items()}
    kept = tuple(step for step in taken if withheld[step.column] < len(table))
    return recoded, Recoding(len(table), kept, withheld)


def _after(coded: Mapping[str, _Coded], steps: Sequence[Step]) -> dict[str, _Coded]:
    columns = dict(coded)
    for step in steps:
        columns[step.column] = columns[step.column].after(step)
    return columns


def _withhold(columns: Mapping[str, _Coded], k: int) -> dict[str, _Coded]:
    """The columns with WITHHELD (the last place) wherever an answer would make somebody rare."""
    made = {}
    alike: Ints | None = None
    for name, column in columns.items():
        width = len(column.codes)
        if alike is None:
            alike = np.zeros(len(column.places), dtype=np.int64)
        gone = _rare(alike, column.places, width, k)
        if gone.mean() > MOST_WITHHELD:
            gone[:] = True
        places = np.where(gone, width, column.places)
        made[name] = _Coded(places, column.codes)
        alike = np.unique(alike * (width + 1) + places, return_inverse=True)[1].astype(np.int64)
    return made


def _rare(alike: Ints, places: Ints, width: int, k: int) -> Marks:
    """For whom an answer must be withheld, so that each part of each group of people has k."""
    pairs, of, counts = np.unique(alike * width + places, return_inverse=True, return_counts=True)
    groups = pairs // width
    gone = counts < k
    lost = np.bincount(groups, weights=np.where(gone, counts, 0)).astype(np.int64)
    result = np.asarray(gone[of])
    rows = np.argsort(of, kind="stable")
    ends = np.cumsum(counts)
    for group in np.flatnonzero((lost > 0) & (lost < k)):
        first, last = np.searchsorted(groups, [group, group + 1])
        donor = first + int(np.argmax(np.where(gone[first:last], -1, counts[first:last])))
        needed = k - int(lost[group])
        if counts[donor] - needed < k:
            needed = int(counts[donor])  # what would be left is too few as well
        start = ends[donor] - counts[donor]
        result[rows[start : start + needed]] = True
    return result


def _withheld(column: _Coded) -> Marks:
    return np.asarray(column.places == len(column.codes))


def _lost(columns: Mapping[str, _Coded]) -> set[str]:
    """The columns that are withheld from everyone."""
    return {name for name, column in columns.items() if _withheld(column).all()}


def _coded(column: pd.Series) -> _Coded:
    """A categorical column by the codes that occur."""
    categories = column.astype("category").cat.remove_unused_categories()
    places = categories.cat.codes.to_numpy().astype(np.int64)
    if (places < 0).any():
        raise ValueError(f"{column.name} has empty cells: give each kind of missing a code.")
    return _Coded(places, tuple(str(code) for code in categories.cat.categories))
