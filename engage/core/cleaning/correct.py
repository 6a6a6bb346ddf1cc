"""Doubtful answers set to missing in the table that is used; the raw one stays as it is."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.definition.codebook import NOT_ANSWERED, SOMEWHERE, Storage, Variable, variables
from engage.core.definition.model import Definition

Marks = npt.NDArray[np.bool_]
Doubtful = Iterable[tuple[str, Marks]]
"""Columns and the rows in which they are doubtful; a column may come more than once."""


def cleared(definition: Definition, table: pd.DataFrame, doubtful: Doubtful) -> pd.DataFrame:
    """A new table in which the doubtful cells are not answered, and empty where it is a number.

    A number that is worked out from a doubtful answer is doubtful too.
    """
    known = {variable.name: variable for variable in variables(definition)}
    marks: dict[str, Marks] = {}
    for name, some in doubtful:
        source = known[name].question if name in known else ""
        made = (each.id for each in definition.calculated if source in each.questions())
        for column in (name, *made):
            marks[column] = marks[column] | some if column in marks else some
    return table.assign(
        **{name: _without(table[name], some, known.get(name)) for name, some in marks.items()}
    )


def rows_of(size: int, doubtful: Doubtful) -> Marks:
    """Which rows have a doubtful cell in any column."""
    found = np.zeros(size, dtype=bool)
    for _name, some in doubtful:
        found |= some
    return found


def _without(column: pd.Series, doubtful: Marks, variable: Variable | None) -> pd.Series:
    if variable is None:  # the ward beside the answers
        return column.mask(doubtful)
    if variable.storage is Storage.NUMBER:
        return column.mask(doubtful).astype(np.float64)
    left = column.mask(doubtful, NOT_ANSWERED)
    if SOMEWHERE in variable.categories:
        return left
    # Codes that the question does not have go with the cells that held them.
    return left.astype(pd.CategoricalDtype(list(variable.categories)))
