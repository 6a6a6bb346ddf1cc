"""Weights that tell of nobody, with which the leading figures come out as they are published.

A raked weight belongs to one ward, sex and age: it would undo what the recoding hides. So people
who are alike in the file get one weight, the mean of theirs to two figures. What that loses is put
right by answers that the file shows and figures that are published, and by nothing else: each
weight is multiplied by what the answers to the leading questions call for (exponential tilting,
the raking of Deville, Särndal and Sautory, 1993).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.export.responses import WEIGHT
from engage.core.indicators.answers import SCORED, points_of
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.arrays import FloatArray

STEPS = 50
NEAR = 1e-9
MISSED = 1e-12
"""How much of all weights a sum may be off."""


@dataclass(frozen=True, slots=True)
class Leading:
    """A leading figure that is published, of everybody."""

    indicator: Indicator
    published: float


def alike(table: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The mean weight of those who share all these columns, to two figures."""
    if not len(table):
        return table[WEIGHT]
    by = table.groupby(list(columns), observed=True)[WEIGHT] if columns else None
    means = table[WEIGHT].mean() if by is None else by.transform("mean")
    rough = np.array([float(f"{mean:.1e}") for mean in np.broadcast_to(means, len(table))])
    return pd.Series(rough, index=table.index)


def adjusted(
    table: pd.DataFrame, leading: Sequence[Leading]
) -> tuple[FloatArray, tuple[Leading, ...]]:
    """The weights of a table of responses with which these figures come out, and which of them do.

    A figure does not where its columns are not in the table, or nobody gave its answers.
    """
    weights = table[WEIGHT].to_numpy(dtype=np.float64)
    wanted = [each for each in leading if set(each.indicator.variables) <= set(table.columns)]
    values = [values_of(each.indicator, table) for each in wanted]
    tilted = _tilted(weights, wanted, values)
    pairs = zip(wanted, values, strict=True)
    return tilted, tuple(
        each for each, items in pairs if abs(figure_of(items, tilted) - each.published) < NEAR
    )


def values_of(indicator: Indicator, table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """What each person's answers are worth, a column for each item; none outside the base."""
    points = points_of(indicator)
    items = np.column_stack([_points(table[name], points) for name in indicator.variables])
    if indicator.kind is Kind.ANY:
        return np.asarray(np.max(items, axis=1, keepdims=True))
    if indicator.kind in SCORED - {Kind.MEAN}:
        items = np.sum(items, axis=1, keepdims=True)
    if indicator.kind is Kind.SUM_THRESHOLD:
        high = (items >= (indicator.threshold or 0)).astype(np.float64)
        return np.where(np.isnan(items), np.nan, high)
    return items


def figure_of(values: npt.NDArray[np.float64], weights: FloatArray) -> float:
    """The weighted mean of each item, and of those their mean; not a number without anybody."""
    return float(np.mean(_means(values, weights)))


def _means(values: npt.NDArray[np.float64], weights: FloatArray) -> FloatArray:
    inside = ~np.isnan(values)
    base = weights @ inside
    if not (base > 0).all():
        return np.full(values.shape[1], np.nan)
    return np.asarray(weights @ np.where(inside, values, 0.0) / base)


def _points(column: pd.Series, points: Mapping[str, float]) -> FloatArray:
    lookup = [points.get(str(code), np.nan) for code in column.cat.categories]
    return np.array([*lookup, np.nan])[column.cat.codes.to_numpy()]


def _tilted(
    start: FloatArray, wanted: Sequence[Leading], values: Sequence[npt.NDArray[np.float64]]
) -> FloatArray:
    """Newton's way to the weights nearest to those given; where it leads nowhere, those given."""
    tilt = start.copy()
    total = start.sum()
    if not total > 0:
        return start
    for _step in range(STEPS):
        gaps = [np.ones((len(start), 1))]
        for each, columns in zip(wanted, values, strict=True):
            means = _means(columns, tilt)
            if not np.isfinite(means).all() or not _between(each):
                continue
            aims = means + (each.published - means.mean())
            gaps.append(np.where(np.isnan(columns), 0.0, columns - aims))
        design = np.hstack(gaps)
        missed = tilt @ design
        missed[0] -= total
        if np.abs(missed).max() < MISSED * total:
            return tilt
        curve = design.T @ (tilt[:, None] * design)
        step = np.linalg.lstsq(curve, missed, rcond=1e-12)[0]
        tilt = tilt * np.exp(np.clip(-(design @ step), -1, 1))
    return start


def _between(leading: Leading) -> bool:
    """Whether a figure can be moved to: nothing moves a share to 0% or 100%."""
    most = 1.0 if leading.indicator.kind.is_percentage else np.inf
    return 0 < leading.published < most
