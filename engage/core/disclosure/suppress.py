"""Suppression: the last step before anything is shown, so that no table tells on anybody.

What must be hidden for its own sake goes first. Then whatever a sum would give away is covered by
hiding the next smallest part, to a fixed point. Then an attacker is let loose on what is left,
and as long as they come too close to something hidden, the smallest figure that helps them goes
too.

The attacker reads everything that is shown and no more. They are taken to know of every shown
figure the base and the numerator to the person, which is true where everybody counts once and
the worst case where people are weighted; to know of every breakdown how many people it leaves
out, but not what those said; and to know which figures are made of the same answers.
`docs/disclosure.md` says what they are not taken to know.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from engage.core.disclosure.attack import Exposed, Seen, attack
from engage.core.disclosure.closing import close
from engage.core.disclosure.counts import Counts, counts_of, with_rests
from engage.core.disclosure.equations import Cell
from engage.core.disclosure.policy import Policy
from engage.core.disclosure.primary import unsafe
from engage.core.disclosure.rounding import ROUNDED, round_counts
from engage.core.disclosure.sums import Group, Rest, Sum, sums_of
from engage.core.statistics.arrays import BoolArray
from engage.core.statistics.estimate import EMPTY, ESTIMATE_COLUMNS, HIDDEN, LOW

NUMBERS = [name for name in ESTIMATE_COLUMNS if name != "flag"]


def suppress(
    tidy: pd.DataFrame,
    *,
    numerators: pd.Series,
    policy: Policy,
    within: Iterable[tuple[Group, Group]] = (),
    pooled: Mapping[str, Sequence[str]] | None = None,
    rests: Iterable[Rest] = (),
) -> pd.DataFrame:
    """The tidy table as it may be shown.

    `numerators` has, row by row, the people in the numerator counted without weights. `within`
    has pairs of a group and the group of another breakdown that it is part of, and `rests` what
    can be subtracted (`ties` finds both); `pooled` has the waves that a wave is made of. Rows of
    one group agree by every estimator and method, so they are hidden together; a hidden row loses
    every number, its base included. Bases are rounded last, where the policy says so. A table of
    which something is hidden or rounded already has been through this and is given back as it
    is; ValueError if a row in it is hidden and still has a number.
    """
    before = tidy["flag"].astype(str).str.contains(HIDDEN, regex=False)
    if before.any():
        if tidy.loc[before, NUMBERS].notna().any(axis=None):
            raise ValueError(
                f"A row is marked {HIDDEN} but has numbers. Suppress the whole table at once, as "
                "it was computed."
            )
        return tidy.copy()
    if tidy.empty or ROUNDED in tidy.attrs:
        return tidy.copy()
    rests = list(rests)
    counts = with_rests(counts_of(tidy, numerators), rests)
    sums = sums_of(counts.places, within, pooled, rests)
    hidden = protect(counts, sums, unsafe(counts, policy), policy)
    hidden |= empty_that_tells(counts, hidden, policy)
    return round_counts(_marked(tidy, counts.mark(hidden), policy), policy.round_counts_to)


def protect(counts: Counts, sums: Sequence[Sum], start: BoolArray, policy: Policy) -> BoolArray:
    """All that must be hidden so that nothing tells too much of what is hidden at the start."""
    hidden = close(counts, sums, start, policy)
    seen: Seen = {}
    while exposed := attack(counts, sums, hidden, policy, seen):
        more = {cell for each in exposed for cell in _next(counts, hidden, each)}
        if not more:
            return hidden
        for cell in more:
            hidden[cell] = True
        hidden = close(counts, sums, hidden, policy)
    return hidden


def empty_that_tells(counts: Counts, hidden: BoolArray, policy: Policy) -> BoolArray:
    """Figures of nobody that would tell how a hidden figure came out.

    Why somebody would not report a crime is asked of those who would not: "nobody answered" says
    that all the others would. So it is hidden too, where that which it goes with is.
    """
    made = np.zeros_like(hidden)
    for name, others in policy.goes_with.items():
        rows = [counts.row_of[other] for other in others if other in counts.row_of]
        if rows and name in counts.row_of:
            row = counts.row_of[name]
            made[row] = (counts.base[row] == 0) & hidden[rows].any(axis=0)
    return made


def _next(counts: Counts, hidden: BoolArray, exposed: Exposed) -> frozenset[Cell]:
    """The smallest of the figures that tell too much, and all that tell the same count."""
    left = [
        each
        for each in exposed.telling
        if each and all(counts.base[cell] > 0 and not hidden[cell] for cell in each)
    ]
    if not left:
        return frozenset()
    return min(left, key=lambda each: (max(counts.base[cell] for cell in each), sorted(each)))


def _marked(tidy: pd.DataFrame, hidden: BoolArray, policy: Policy) -> pd.DataFrame:
    shown = tidy.copy()
    flags = tidy["flag"].astype(str)
    empty = flags.str.contains(EMPTY, regex=False).to_numpy(dtype=bool)
    few = (tidy["base"] < policy.low_base).fillna(value=False).to_numpy(dtype=bool)
    low = flags.str.replace(LOW, "", regex=False).str.strip()
    shown["flag"] = np.select(
        [hidden, empty, few], [HIDDEN, flags, (low + " " + LOW).str.strip()], default=flags
    )
    shown.loc[hidden, NUMBERS] = pd.NA
    return shown
