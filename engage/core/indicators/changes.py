"""Changes from one suppressed table to the next: nothing is used that they do not show.

The waves are taken to share nobody. Then their errors add up, and the tables are all that it takes:
for the same data the numbers are those of `compare`, which looks at the answers.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from engage.core.indicators.model import Key
from engage.core.indicators.reasons import Reason, withheld
from engage.core.indicators.series import Break
from engage.core.statistics.detectable import smallest_change
from engage.core.statistics.difference import Difference, Gap, differences
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.families import adjust_family

UNWEIGHTED = "unweighted"
HEADLINES = "@headlines"
"""The family of the headlines; no breakdown can have this name."""


class Row(Protocol):
    """One row of a suppressed table."""

    @property
    def indicator(self) -> str: ...
    @property
    def breakdown(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def estimator(self) -> str: ...
    @property
    def estimate(self) -> Estimate: ...


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the later table less that of the earlier, or the `reason` why there is none.

    `p_adjusted` is among all `tests` of its family: the headlines are one, and what else each
    breakdown has is one. `detectable` is the smallest change that a next wave as precise as the
    later one would show. With a `reason` there is no number at
    all; `breaks` are those of a series that is broken.
    """

    indicator: str
    breakdown: str
    group: str
    difference: Difference | None = None
    p_adjusted: float = math.nan
    tests: int = 0
    detectable: float = math.nan
    reason: Reason | None = None
    breaks: tuple[Break, ...] = ()


def changes(
    before: Sequence[Row],
    after: Sequence[Row],
    broken: Mapping[str, tuple[Break, ...]],
    headlines: Collection[Key] = (),
    *,
    alike: bool = True,
    copies: Mapping[tuple[str, str], tuple[str, str]] | None = None,
) -> list[Change]:
    """The change of every row of the later table, in its order.

    Rows are matched by indicator, breakdown and group, and must be compared by one estimator;
    `broken` are the breaks of each indicator's series that has any. Standard error, interval and
    test are those of two independent samples (see `change` and `differences`). `headlines` were
    named before the answers came in; they are read together, and so are tested as one family.
    Unless the waves are weighted `alike`, weighted figures are not compared. `copies` are groups
    (of a breakdown) that are another under a second name: they are tested once.
    """
    same = copies or {}
    earlier = {(row.indicator, row.breakdown, row.group): row for row in before}
    pairs = [(earlier.get((row.indicator, row.breakdown, row.group)), row) for row in after]
    made = [
        _without(first, row, broken.get(row.indicator, ()), alike=alike) for first, row in pairs
    ]
    shown = [
        (place, first.estimate, row.estimate)
        for place, (first, row) in enumerate(pairs)
        if first is not None and made[place].reason is None
    ]
    gaps = differences(_gap([(first, second) for _place, first, second in shown]))
    for (place, _first, second), gap in zip(shown, gaps, strict=True):
        detectable = smallest_change(second.standard_error)
        made[place] = replace(made[place], difference=gap, detectable=detectable)
    return _copied(_adjusted(made, frozenset(headlines), same), same)


def _without(first: Row | None, row: Row, breaks: tuple[Break, ...], *, alike: bool) -> Change:
    """The change without its numbers, and why it will have none."""
    reason = _reason(first, row, breaks, alike=alike)
    said = breaks if reason is Reason.BROKEN else ()
    return Change(row.indicator, row.breakdown, row.group, reason=reason, breaks=said)


def _reason(
    first: Row | None, row: Row, breaks: tuple[Break, ...], *, alike: bool
) -> Reason | None:
    if reason := withheld(row.estimate):
        return reason
    if first is None:
        return Reason.NEW
    if breaks:
        return Reason.BROKEN
    if reason := withheld(first.estimate):
        return reason
    if first.estimator != row.estimator or (row.estimator != UNWEIGHTED and not alike):
        return Reason.WEIGHTING
    # No error where all answered alike, which is not certainty: a few people often do.
    certain = 0 in {first.estimate.standard_error, row.estimate.standard_error}
    return Reason.ALIKE if certain else None


def _gap(pairs: Sequence[tuple[Estimate, Estimate]]) -> Gap:
    columns = [
        (
            second.value - first.value,
            first.standard_error**2 + second.standard_error**2,
            first.base or 0,
            second.base or 0,
        )
        for first, second in pairs
    ]
    value, variance, people, later = np.array(columns, dtype=np.float64).reshape(-1, 4).T
    return Gap(value, variance, variance, people, later)


def _adjusted(
    made: list[Change],
    headlines: frozenset[Key],
    copies: Mapping[tuple[str, str], tuple[str, str]],
) -> list[Change]:
    """The changes with their p-values adjusted within the headlines and within each breakdown."""
    families: dict[str, list[tuple[int, float]]] = {}
    for place, each in enumerate(made):
        if each.difference is not None and (each.breakdown, each.group) not in copies:
            leads = (each.indicator, each.breakdown, each.group) in headlines
            family = HEADLINES if leads else each.breakdown
            families.setdefault(family, []).append((place, each.difference.p_t))
    for tests in families.values():
        together = adjust_family([p for _place, p in tests])
        for (place, _p), adjusted in zip(tests, together.p_adjusted, strict=True):
            made[place] = replace(made[place], p_adjusted=adjusted, tests=together.tests)
    return made


def _copied(made: list[Change], copies: Mapping[tuple[str, str], tuple[str, str]]) -> list[Change]:
    """The changes, with what was found of a group said of its copies too."""
    found = {(each.indicator, each.breakdown, each.group): each for each in made}
    return [
        replace(each, p_adjusted=first.p_adjusted, tests=first.tests)
        if (original := copies.get((each.breakdown, each.group)))
        and (first := found.get((each.indicator, *original)))
        else each
        for each in made
    ]
