"""Indicators of a coded table: every one in every group, by every estimator and method."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.indicators.counting import Counted, Held, Line, count_indicators
from engage.core.indicators.model import Indicator
from engage.core.statistics.composite import mean_of_proportions
from engage.core.statistics.estimate import ESTIMATE_COLUMNS, TIDY_COLUMNS
from engage.core.statistics.finish import Raw, finished
from engage.core.statistics.groups import Groups, group
from engage.core.statistics.intervals import METHODS
from engage.core.statistics.ratios import Ratios, ratios, variance
from engage.core.statistics.sample import Sample
from engage.core.statistics.schemes import schemes

Column = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A tidy table, and row by row the people in the numerator, which suppression needs."""

    tidy: pd.DataFrame
    numerators: pd.Series


def compute(
    table: pd.DataFrame,
    indicators: Sequence[Indicator],
    sample: Sample,
    *,
    wave: str,
    estimators: Sequence[str] = ("rake",),
    methods: Sequence[str] = ("xlogit",),
    means: bool = True,
) -> Table:
    """The tidy table of a wave's indicators, not yet suppressed.

    `table` has a row for each person of `sample`, in the same order. Proportions get every one
    of `methods`; means have no other method than `mean` and are left out unless `means`.
    Raises UnknownVariableError, MarginError, and ValueError for an unknown estimator or method.
    """
    counted = count_indicators(table, indicators, sample)
    return tabulate(counted, wave=wave, estimators=estimators, methods=methods, means=means)


def tabulate(
    counted: Counted,
    *,
    wave: str,
    estimators: Sequence[str],
    methods: Sequence[str],
    means: bool = True,
) -> Table:
    """The same from counts that were made before."""
    unknown = [method for method in methods if method not in METHODS]
    if unknown:
        raise ValueError(f"Unknown method {unknown[0]!r}: use one of {', '.join(METHODS)}.")
    lines = [line for line in counted.lines if means or line.indicator.kind.is_share]
    parts = [
        _part(groups, lines, held, methods)
        for scheme in schemes(counted.sample, estimators)
        for held in counted.held
        for groups in (group(counted.sample.cells, held.split, scheme),)
    ]
    names = [*TIDY_COLUMNS[1:], "numerator"]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in names}
    frame = pd.DataFrame({"wave": wave, **columns})
    frame["base"] = frame["base"].astype("Int64")
    return Table(frame[list(TIDY_COLUMNS)], frame["numerator"].astype(float))


def _part(
    groups: Groups, lines: Sequence[Line], held: Held, methods: Sequence[str]
) -> dict[str, Column]:
    """The columns of one breakdown by one estimator: indicators, then methods, then groups."""
    raw = _raw(groups, lines, held)
    shares = np.array([line.indicator.kind.is_share for line in lines], dtype=np.bool_)
    made = [*((method, np.flatnonzero(shares)) for method in methods)]
    made.append(("mean", np.flatnonzero(~shares)))
    # Figures are made method by method; this puts them indicator by indicator.
    places = np.concatenate([rows for _method, rows in made])
    order = np.argsort(places, kind="stable")
    names = np.array([line.indicator.id for line in lines], dtype=object)
    used = np.concatenate([np.full(len(rows), method, object) for method, rows in made])
    figures = [finished(raw.only(rows), method) for method, rows in made]
    count = len(groups.names)
    columns: dict[str, Column] = {
        "indicator": np.repeat(names[places[order]], count),
        "breakdown": np.full(len(order) * count, groups.split.name, object),
        "group": np.tile(np.array(groups.names, dtype=object), len(order)),
        "estimator": np.full(len(order) * count, groups.scheme.name, object),
        "method": np.repeat(used[order], count),
    }
    for at, name in enumerate(ESTIMATE_COLUMNS):
        columns[name] = np.concatenate([each[at] for each in figures])[order].ravel()
    columns["numerator"] = raw.yes[places[order]].ravel()
    return columns


def _raw(groups: Groups, lines: Sequence[Line], held: Held) -> Raw:
    """Every indicator (rows) in every group (columns) of one breakdown, by one estimator."""
    made = ratios(groups, held.moments)
    at = [line.items[0] for line in lines]
    base = made.base[:, at].T
    calibrated = groups.scheme.calibrated
    raw = Raw(
        value=made.value[:, at].T,
        variance=variance(groups, made.sums)[:, at].T,
        base=base,
        kish_base=made.kish_base[:, at].T,
        spread=made.spread[:, at].T,
        yes=made.yes[:, at].T,
        people=np.full(base.shape, float(groups.cells.people)) if calibrated else base.copy(),
    )
    raw.yes[[not line.indicator.kind.is_share for line in lines]] = np.nan
    for row, line in enumerate(lines):
        if line.joint:
            raw.put(row, _mean(groups, made, line, held))
    return raw


def _mean(groups: Groups, made: Ratios, line: Line, held: Held) -> Raw:
    """One indicator that is the mean of several items."""
    counts = held.pairs[line.indicator.id]
    mean = mean_of_proportions(groups, made, line.items, line.pairs, counts)
    gone = np.full(len(groups.names), np.nan)
    # Items that are all at 0% or all at 100% have no variance, and need the exact limits.
    ends = np.where(mean.value == 0, 0.0, np.where(mean.value == 1, mean.base, gone))
    return Raw(mean.value, mean.variance, mean.base, mean.kish_base, gone, ends, mean.base)
