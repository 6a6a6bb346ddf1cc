"""Suppression: the last step before anything is shown, so that no table tells on anybody.

The rules are the defaults of the council's disclosure policy: figures of fewer than 30 people
are hidden; of a sensitive indicator also those where 1 to 9 people are on either side, and 0% or
100% of fewer than 100. Whatever is hidden stays hidden: its complement goes too, and a second
group, when the total would give the first away.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW

KEYS = ["wave", "indicator", "breakdown", "group"]
NUMBERS = [
    "estimate",
    "standard_error",
    "lower",
    "upper",
    "base",
    "effective_base",
    "design_effect",
]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Policy:
    """A council's thresholds, and which indicators need them.

    `complements` are pairs of indicators of which one is all that the other is not.
    """

    smallest_base: int = 30
    low_base: int = 100
    smallest_side: int = 10
    sensitive: frozenset[str] = frozenset()
    complements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: its people, and those of them in the numerator (None for means)."""

    base: int
    yes: int | None


def suppress(tidy: pd.DataFrame, *, numerators: pd.Series, policy: Policy) -> pd.DataFrame:
    """The tidy table as it may be shown.

    `numerators` has, row by row, the people in the numerator counted without weights. Rows of
    one group agree by every estimator and method, so they are hidden together; a hidden row
    loses every number, its base included.
    """
    cells = _cells(tidy, numerators)
    hidden = {key for key, cell in cells.items() if _unsafe(key[1], cell, policy)}
    while more := _complements(cells, hidden, policy) | _second(cells, hidden):
        hidden |= more
    return _marked(tidy, hidden, policy)


def _cells(tidy: pd.DataFrame, numerators: pd.Series) -> dict[Key, Cell]:
    keys = zip(*(tidy[column].astype(str) for column in KEYS), strict=True)
    bases = tidy["base"].fillna(0).astype(int)
    return {
        key: Cell(base, None if np.isnan(yes) else int(yes))
        for key, base, yes in zip(keys, bases, numerators.astype(float), strict=True)
    }


def _unsafe(indicator: str, cell: Cell, policy: Policy) -> bool:
    """Whether a cell must be hidden for its own sake."""
    if cell.base == 0:
        return False
    if cell.base < policy.smallest_base:
        return True
    if indicator not in policy.sensitive or cell.yes is None:
        return False
    sides = (cell.yes, cell.base - cell.yes)
    few = any(0 < side < policy.smallest_side for side in sides)
    return few or (0 in sides and cell.base < policy.low_base)


def _complements(cells: dict[Key, Cell], hidden: set[Key], policy: Policy) -> set[Key]:
    """The other half of each pair of which one half is hidden."""
    other = dict(policy.complements) | {b: a for a, b in policy.complements}
    pairs = {(w, other[i], b, g) for w, i, b, g in hidden if i in other}
    return {key for key in pairs - hidden if key in cells and cells[key].base}


def _second(cells: dict[Key, Cell], hidden: set[Key]) -> set[Key]:
    """The next smallest group of each breakdown in which the total would give a hidden one away.

    That is, exactly one group is hidden and the total is not. A total that is missing from the
    table may stand in another, so it counts as shown.
    """
    groups: dict[tuple[str, str, str], list[Key]] = {}
    for key, cell in cells.items():
        if key[2] != "overall" and cell.base:
            groups.setdefault(key[:3], []).append(key)
    chosen = set()
    for (wave, indicator, _breakdown), keys in groups.items():
        shown = [key for key in keys if key not in hidden]
        total_hidden = (wave, indicator, "overall", "all") in hidden
        if len(keys) - len(shown) == 1 and shown and not total_hidden:
            chosen.add(min(shown, key=lambda key: (cells[key].base, key[3])))
    return chosen


def _marked(tidy: pd.DataFrame, hidden: Iterable[Key], policy: Policy) -> pd.DataFrame:
    shown = tidy.copy()
    index = pd.MultiIndex.from_frame(tidy[KEYS].astype(str))
    covered = index.isin(list(hidden))
    empty = (tidy["flag"] == EMPTY).to_numpy(dtype=bool)
    few = ((tidy["base"] < policy.low_base).fillna(value=False)).to_numpy(dtype=bool)
    flags = tidy["flag"].astype(str)
    shown["flag"] = np.select(
        [covered, empty, few],
        [HIDDEN, EMPTY, (flags + " " + LOW).str.strip()],
        default=flags,
    )
    shown.loc[covered, NUMBERS] = pd.NA
    return shown
