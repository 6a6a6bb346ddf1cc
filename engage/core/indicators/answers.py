"""What each person said, as an engine counts it, and later what each answer is worth.

Where one question decides an indicator, its answers are counted as they are, once for all the
indicators that it makes. Only what needs several questions at once is put together person by
person: a score, any of several, a pair of the parts of a mean.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.factor import Factor, factor_of

NO_YES = ("0", "1")
PAIRS = ("0|0", "0|1", "1|0", "1|1")
SCORED = {Kind.MEAN, Kind.SUM_MEAN, Kind.SUM_THRESHOLD}


class UnknownVariableError(LookupError):
    """An indicator that is made from a column which the table does not have."""


def answers(table: pd.DataFrame, indicators: Sequence[Indicator]) -> tuple[Factor, ...]:
    """Everything that must be counted for the indicators, each thing once.

    Answers of one question have its name; what is put together has a name with `@` (see
    `joined` and `paired`). Raises UnknownVariableError naming the indicator and every column
    that is not there.
    """
    read: dict[str, Factor] = {}
    made: dict[str, Factor] = {}
    for indicator in indicators:
        missing = [name for name in indicator.variables if name not in table.columns]
        if missing:
            raise UnknownVariableError(
                f"The indicator {indicator.id} needs the column {', '.join(missing)}, which the "
                "table does not have. Add the column, or take the indicator out of its file."
            )
        for name in indicator.variables:
            if name not in read:
                read[name] = factor_of(name, table[name])
        parts = [read[name] for name in indicator.variables]
        made |= {factor.name: factor for factor in KINDS[indicator.kind](indicator, parts)}
    return tuple(made.values())


def joined(indicator: Indicator) -> str:
    """The name of what is put together from all the questions of an indicator."""
    return f"@{indicator.id}"


def paired(indicator: Indicator, first: str, second: str) -> str:
    """The name of two questions of an indicator together."""
    return f"@{indicator.id}:{first}:{second}"


def points_of(indicator: Indicator) -> Mapping[str, float]:
    """What each answer code counts for: 1 in the numerator and 0 in the rest of the base."""
    if indicator.kind in SCORED:
        return indicator.scores
    return {code: float(code in indicator.numerator) for code in indicator.base}


def _single(_indicator: Indicator, parts: list[Factor]) -> Iterator[Factor]:
    yield from parts


def _any(indicator: Indicator, parts: list[Factor]) -> Iterator[Factor]:
    marks = [_marks(indicator, part) for part in parts]
    inside = np.minimum.reduce(marks) >= 0
    codes = np.where(inside, np.maximum.reduce(marks), np.int8(-1))
    yield Factor(joined(indicator), NO_YES, codes)


def _score(indicator: Indicator, parts: list[Factor]) -> Iterator[Factor]:
    """The sum of each person's points, who must have some for every answer.

    Person by person only the place of the sum so far among all possible ones is looked up.
    """
    points = points_of(indicator)
    sums, codes = np.zeros(1), np.zeros(len(parts[0].codes), dtype=np.int64)
    for part in parts:
        each = np.array([*(points.get(code, np.nan) for code in part.categories), np.nan])
        reached = sums[:, None] + each
        known = np.unique(reached[~np.isnan(reached)])
        place = np.where(np.isnan(reached), -1, np.searchsorted(known, reached))
        # The last row is for those who were outside before, the last column for those of now.
        steps = np.vstack([place, np.full(place.shape[1], -1)])
        codes = steps[codes, part.codes]
        sums = known
    narrow = np.min_scalar_type(-len(sums) - 1)
    yield Factor(joined(indicator), tuple(map(repr, sums.tolist())), codes.astype(narrow))


def _threshold(indicator: Indicator, parts: list[Factor]) -> Iterator[Factor]:
    (score,) = _score(indicator, parts)
    high = [float(points) >= (indicator.threshold or 0) for points in score.categories]
    lookup = np.array([*high, -1], dtype=np.int8)
    yield Factor(score.name, NO_YES, lookup[score.codes])


def _each_and_pairs(indicator: Indicator, parts: list[Factor]) -> Iterator[Factor]:
    yield from parts
    marks = [_marks(indicator, part) for part in parts]
    for (one, first), (two, second) in combinations(zip(parts, marks, strict=True), 2):
        both = np.where(np.minimum(first, second) >= 0, 2 * first + second, np.int8(-1))
        yield Factor(paired(indicator, one.name, two.name), PAIRS, both)


def _marks(indicator: Indicator, part: Factor) -> npt.NDArray[np.int8]:
    """1 in the numerator, 0 in the rest of the base, -1 outside."""
    points = points_of(indicator)
    lookup = [int(points.get(code, -1)) for code in part.categories]
    marks: npt.NDArray[np.int8] = np.array([*lookup, -1], dtype=np.int8)[part.codes]
    return marks


KINDS = {
    Kind.PROPORTION: _single,
    Kind.MEAN: _single,
    Kind.ANY: _any,
    Kind.SUM_MEAN: _score,
    Kind.SUM_THRESHOLD: _threshold,
    Kind.MEAN_OF_PROPORTIONS: _each_and_pairs,
}
