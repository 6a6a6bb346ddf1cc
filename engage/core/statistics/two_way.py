"""Two questions in one table: weighted proportions of its cells with their joint covariance.

The proportions are linearised as `ratios` does for one figure: u = w (y - p) / sum(w) for people in
the table and 0 for everybody else, less what the margins explain. The table is so part of the whole
sample, and its cells' covariances are known, from which percentages of rows and columns and their
differences follow (Lumley, Complex Surveys, 2010, chapters 2 and 7).
"""

from dataclasses import dataclass

import numpy as np

from engage.core.statistics.arrays import FloatArray, IntArray, divide
from engage.core.statistics.factor import Factor
from engage.core.statistics.finish import Raw
from engage.core.statistics.sample import Sample
from engage.core.statistics.schemes import Scheme


@dataclass(frozen=True, slots=True)
class TwoWay:
    """A table of `rows` by `columns`; all else is by cell, the rows one after another.

    `people` are unweighted, `proportion` of everybody in the table, `covariance` of those. `sizes`
    and `squares` are sums of weights and of their squares. `sample` is how many people the whole
    sample has, in the table or not.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    people: IntArray
    proportion: FloatArray
    covariance: FloatArray
    sizes: FloatArray
    squares: FloatArray
    sample: int

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self.rows), len(self.columns)

    def variance(self, gradients: FloatArray) -> FloatArray:
        """The variance of linear combinations of the cells, one a row of `gradients`."""
        spread = np.einsum("ij,jk,ik->i", gradients, self.covariance, gradients)
        return np.asarray(np.maximum(spread, 0.0))


def two_way(
    sample: Sample, scheme: Scheme, rows: Factor, columns: Factor, inside: IntArray | None = None
) -> TwoWay:
    """The table of those who are in a category of both factors, and `inside` where given (1 or 0).

    Factors have an entry a person of the sample.
    """
    wide, count = len(columns.categories), len(rows.categories) * len(columns.categories)
    place = rows.codes.astype(np.int64) * wide + columns.codes
    held = (rows.codes >= 0) & (columns.codes >= 0)
    if inside is not None:
        held &= inside > 0
    place = np.where(held, place, count)
    cells = sample.cells
    keys = cells.rows * (count + 1) + place
    known = len(cells.sizes) * (count + 1)
    people = np.bincount(keys, minlength=known).reshape(-1, count + 1)[:, :count].astype(np.float64)
    weights = scheme.weights
    sizes, squares = weights @ people, weights**2 @ people
    proportion = np.nan_to_num(divide(sizes, np.full(count, sizes.sum())))
    return TwoWay(
        rows.categories,
        columns.categories,
        np.rint(people.sum(axis=0)).astype(np.int64),
        proportion,
        _covariance(sample, scheme, people, proportion),
        sizes,
        squares,
        cells.people,
    )


def _covariance(
    sample: Sample, scheme: Scheme, people: FloatArray, proportion: FloatArray
) -> FloatArray:
    """The covariance of the cells' proportions; `people` has a row a weighting cell."""
    cells, w, n = sample.cells, scheme.weights, sample.cells.people
    size = float(w @ people.sum(axis=1))
    if size <= 0 or n < 2:
        return np.full((len(proportion), len(proportion)), np.nan)
    z = (np.eye(len(proportion)) - proportion) / size
    total = z.T @ ((w**2 @ people)[:, None] * z)
    if scheme.projection is not None:
        made, scale = scheme.projection, scheme.scale
        pull = (made.importance * w / scale)[:, None] * (people @ z)
        effects = made.effects(np.asarray(made.members.T @ pull))
        fitted = np.asarray(made.members @ effects)
        crossed = ((w * scale)[:, None] * (people @ z)).T @ fitted
        drift = made.sums @ effects
        shared = fitted.T @ ((scale**2 * cells.sizes)[:, None] * fitted)
        total = total - crossed - crossed.T + shared - np.outer(drift, drift) / n
    return np.asarray(total * n / (n - 1) * scheme.unsampled)


def shares_within(table: TwoWay, *, of_columns: bool = False) -> tuple[Raw, FloatArray]:
    """The percentages of each row (or column), cell by cell, and their gradients by cell.

    A ratio p_cell / p_row has the linearised value (u_cell - share u_row) / p_row.
    """
    lines = _lines(table, of_columns=of_columns)
    whole = lines.T @ table.proportion
    value = divide(table.proportion, whole)
    share = np.nan_to_num(value)
    gradients = np.nan_to_num(
        divide(
            np.eye(len(share)) - share[:, None] * lines.T,
            np.broadcast_to(whole[:, None], lines.shape),
        )
    )
    base = lines.T @ table.people.astype(np.float64)
    raw = Raw(
        value=value,
        variance=table.variance(gradients),
        base=base,
        kish_base=divide((lines.T @ table.sizes) ** 2, lines.T @ table.squares),
        spread=value * (1 - value),
        yes=table.people.astype(np.float64),
        people=base,
    )
    return raw, gradients


def against_rest(table: TwoWay) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Each cell's share of its row less that of all other rows together: value, variance, people.

    The last is how many people the other rows have.
    """
    raw, gradients = shares_within(table)
    rows, wide = table.shape
    column = np.tile(np.eye(wide), (rows, rows))
    same = _lines(table, of_columns=False).T
    rest = 1.0 - same
    whole = rest @ table.proportion
    other = np.nan_to_num(divide((rest * column) @ table.proportion, whole))
    less = np.nan_to_num(
        divide(rest * column - other[:, None] * rest, np.broadcast_to(whole[:, None], rest.shape))
    )
    value = np.where(whole > 0, raw.value - other, np.nan)
    return value, table.variance(gradients - less), rest @ table.people.astype(np.float64)


def _lines(table: TwoWay, *, of_columns: bool) -> FloatArray:
    """Which cells (rows) are in the row, or column, of which cell (columns): 1 or 0."""
    rows, wide = table.shape
    if of_columns:
        return np.tile(np.eye(wide), (rows, rows))
    return np.asarray(np.kron(np.eye(rows), np.ones((wide, wide))), dtype=np.float64)
