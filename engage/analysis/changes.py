"""The table of changes since the wave before and of targets, worded before the template."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engage.core.indicators.model import Indicator, Key, at_version
from engage.core.statistics.estimate import Estimate
from engage.core.words.change import is_clear
from engage.core.words.figure import capital
from engage.core.words.rounding import (
    places_of,
    points,
    points_up,
    printed,
    rounded,
    rounded_up,
)
from engage.core.words.target import aim_words
from engage.figures.comparisons.store import StoredChange, StoredVerdict
from engage.figures.told import Told

NONE = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in both waves, its change and its test, and how it stands to its target.

    `figure` is the indicator that can be seen by group; empty where it is.
    """

    label: str
    figure: str
    then: str
    now: str
    change: str
    spread: str
    clear: str
    p: str
    adjusted: str
    targets: Sequence[str]
    reach: str


def rows(
    told: Told, indicators: Mapping[str, Indicator], breakdown: str, *, by_group: bool
) -> list[Row]:
    """A row a figure of one breakdown; `by_group` names the groups instead of the indicators."""
    version = told.definition.version
    return [
        _row(told, key, at_version(indicators[key[0]], version), figure.label if by_group else "")
        for key, figure in told.figures.items()
        if key[0] in indicators and key[1] == breakdown
    ]


def _row(told: Told, key: Key, indicator: Indicator, label: str) -> Row:
    estimate, change = told.figures[key].estimate, told.changes.get(key)
    (size, spread), (p, adjusted) = _size(indicator, estimate, change), _p(change)
    return Row(
        label=label or indicator.name,
        figure="" if label else indicator.id,
        then=_figure(indicator, told.before.get(key)),
        now=_figure(indicator, estimate),
        change=size,
        spread=spread,
        clear=_clear(change),
        p=p,
        adjusted=adjusted,
        targets=[_target(indicator, each) for each in told.verdicts.get(key, ())],
        reach=_reach(indicator, told.reach(key)),
    )


def _figure(indicator: Indicator, estimate: Estimate | None) -> str:
    if estimate is None:
        return NONE
    if estimate.hidden or estimate.empty:
        return estimate.flag
    percentage = indicator.kind.is_percentage
    return printed(estimate.value, estimate.effective_base, percentage=percentage)


def _size(indicator: Indicator, estimate: Estimate, change: StoredChange | None) -> tuple[str, str]:
    if change is None or math.isnan(change.value):
        return NONE, ""
    places = places_of(estimate.effective_base, percentage=indicator.kind.is_percentage)
    write = points if indicator.kind.is_percentage else rounded
    ends = f"{_signed(write(change.lower, places))} to {_signed(write(change.upper, places))}"
    return _signed(write(change.value, places)), ends


def _signed(number: str) -> str:
    """A number with its sign, the minus as it is printed."""
    if not float(number):
        return number
    return f"−{number[1:]}" if number.startswith("-") else f"+{number}"


def _clear(change: StoredChange | None) -> str:
    if change is None:
        return NONE
    if change.reason or math.isnan(change.p_adjusted):
        return change.says or "Not tested"
    if not is_clear(change):
        return "No clear change"
    return "Up" if change.value > 0 else "Down"


def _p(change: StoredChange | None) -> tuple[str, str]:
    """The p-value by itself, and the one adjusted for all tests of its family."""
    if change is None or math.isnan(change.p_adjusted):
        return NONE, NONE
    return _probability(change.p), _probability(change.p_adjusted)


def _probability(p: float) -> str:
    return "under 0.001" if p < 0.001 else rounded(p, 3)


def _target(indicator: Indicator, verdict: StoredVerdict) -> str:
    year = f" in {verdict.target.year}" if verdict.target.year else ""
    return f"{capital(aim_words(indicator, verdict.target))}{year}: {_state(verdict)}"


def _state(verdict: StoredVerdict) -> str:
    if verdict.verdict is None:
        return verdict.says
    return f"{verdict.verdict}{' so far' if verdict.ahead else ''}"


def _reach(indicator: Indicator, size: float) -> str:
    if math.isnan(size):
        return NONE
    return points_up(size) if indicator.kind.is_percentage else rounded_up(size, 1)
