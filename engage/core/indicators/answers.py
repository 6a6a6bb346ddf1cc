"""What each person's answers say about an indicator: in the base or not, and with what value."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.counts import Answers

NO_YES = np.array([0.0, 1.0])


class UnknownVariableError(LookupError):
    """An indicator that is made from a column which the table does not have."""


def answers(table: pd.DataFrame, indicator: Indicator) -> list[Answers]:
    """One item for an indicator, or one for each of the parts of a mean of proportions.

    Raises UnknownVariableError naming the indicator and every column that is not there.
    """
    missing = [name for name in indicator.variables if name not in table.columns]
    if missing:
        raise UnknownVariableError(
            f"The indicator {indicator.id} needs the column {', '.join(missing)}, which the "
            "table does not have. Add the column, or take the indicator out of its file."
        )
    return KINDS[indicator.kind](table, indicator)


def _looked_up(column: pd.Series, points: Mapping[str, float]) -> FloatArray:
    """The points of each person's answer, not a number for answers outside the base."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    lookup = [points.get(str(code), np.nan) for code in column.cat.categories]
    points_of = np.array([*lookup, np.nan], dtype=np.float64)
    codes = np.asarray(column.cat.codes, dtype=np.int64)
    chosen: FloatArray = np.take(points_of, codes)
    return chosen


def _marks(table: pd.DataFrame, indicator: Indicator) -> FloatArray:
    """1 in the numerator, 0 in the rest of the base: a row a person, a column a variable."""
    points = {code: float(code in indicator.numerator) for code in indicator.base}
    return np.column_stack([_looked_up(table[name], points) for name in indicator.variables])


def _score(table: pd.DataFrame, indicator: Indicator) -> FloatArray:
    """The sum of each person's points, not a number unless every answer has some."""
    columns = [_looked_up(table[name], indicator.scores) for name in indicator.variables]
    return np.asarray(np.sum(columns, axis=0))


def _yes_no(marks: FloatArray) -> Answers:
    return Answers(np.nan_to_num(marks, nan=-1.0).astype(np.int64), NO_YES)


def _proportion(table: pd.DataFrame, indicator: Indicator) -> list[Answers]:
    return [_yes_no(_marks(table, indicator)[:, 0])]


def _any(table: pd.DataFrame, indicator: Indicator) -> list[Answers]:
    # The maximum of a row with a gap is not a number: the base is who answered all of them.
    return [_yes_no(_marks(table, indicator).max(axis=1))]


def _each(table: pd.DataFrame, indicator: Indicator) -> list[Answers]:
    return [_yes_no(column) for column in _marks(table, indicator).T]


def _threshold(table: pd.DataFrame, indicator: Indicator) -> list[Answers]:
    score = _score(table, indicator)
    high = (score >= (indicator.threshold or 0)).astype(np.float64)
    return [_yes_no(np.where(np.isnan(score), np.nan, high))]


def _mean(table: pd.DataFrame, indicator: Indicator) -> list[Answers]:
    score = _score(table, indicator)
    inside = ~np.isnan(score)
    codes = np.full(len(score), -1, dtype=np.int64)
    values, codes[inside] = np.unique(score[inside], return_inverse=True)
    return [Answers(codes, values)]


KINDS: dict[Kind, Callable[[pd.DataFrame, Indicator], list[Answers]]] = {
    Kind.PROPORTION: _proportion,
    Kind.ANY: _any,
    Kind.MEAN: _mean,
    Kind.SUM_MEAN: _mean,
    Kind.SUM_THRESHOLD: _threshold,
    Kind.MEAN_OF_PROPORTIONS: _each,
}
