"""Indicators of a coded table: every one in every group, by every estimator and method."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd

from engage.core.indicators.counting import Counted, Line, count_indicators
from engage.core.indicators.model import Indicator
from engage.core.statistics.composite import mean_of_proportions
from engage.core.statistics.counts import Moments
from engage.core.statistics.estimate import TIDY_COLUMNS
from engage.core.statistics.finish import Raw, finish
from engage.core.statistics.groups import Groups, group
from engage.core.statistics.intervals import METHODS
from engage.core.statistics.ratios import ratios, variance
from engage.core.statistics.sample import Sample
from engage.core.statistics.schemes import schemes

Row = tuple[object, ...]


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
    cells = counted.sample.cells
    lines = [line for line in counted.lines if means or line.indicator.kind.is_share]
    rows: list[Row] = []
    for scheme in schemes(counted.sample, estimators):
        for factor in cells.groups:
            groups = group(cells, factor, scheme)
            for line, raw in _raw(groups, lines, counted.held):
                start = (wave, line.indicator.id, factor.name)
                for method in methods if line.indicator.kind.is_share else ("mean",):
                    rows += _rows(start, groups, raw, method)
    frame = pd.DataFrame(rows, columns=[*TIDY_COLUMNS, "numerator"])
    frame["base"] = frame["base"].astype("Int64")
    return Table(frame[list(TIDY_COLUMNS)], frame["numerator"].astype(float))


def _raw(groups: Groups, lines: Sequence[Line], held: Moments) -> Iterator[tuple[Line, Raw]]:
    """Every indicator in every group of one breakdown, by one estimator."""
    made = ratios(groups, held)
    spread = variance(groups, made.sums)
    gone = np.full(len(groups.names), np.nan)
    for line in lines:
        at = line.items[0]
        if line.pairs is None:
            base = made.base[:, at]
            everybody = np.full(len(base), float(groups.cells.people))
            yield (
                line,
                Raw(
                    value=made.value[:, at],
                    variance=spread[:, at],
                    base=base,
                    kish_base=made.kish_base[:, at],
                    spread=made.spread[:, at],
                    yes=made.yes[:, at] if line.indicator.kind.is_share else gone,
                    people=everybody if groups.scheme.calibrated else base,
                ),
            )
            continue
        mean = mean_of_proportions(groups, made, line.items, line.pairs)
        # Items that are all at 0% or all at 100% have no variance, and need the exact limits.
        ends = np.where(mean.value == 0, 0.0, np.where(mean.value == 1, mean.base, gone))
        yield line, Raw(mean.value, mean.variance, mean.base, mean.kish_base, gone, ends, mean.base)


def _rows(start: Row, groups: Groups, raw: Raw, method: str) -> Iterator[Row]:
    estimates = finish(raw, method)
    for name, estimate, yes in zip(groups.names, estimates, raw.yes, strict=True):
        yield (*start, name, groups.scheme.name, method, *astuple(estimate), yes)
