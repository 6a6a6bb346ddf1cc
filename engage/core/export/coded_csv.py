"""A long table of codes as CSV, written some rows at a time.

Every text is made ready for the file once for each category, not once for each person.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from engage.core.export.csv_file import Cell, csv_bytes, written
from engage.core.export.spans import Progress, spans, untold

Named = tuple[str, pd.Series, Callable[[str], Cell]]
"""A column: its heading, its values, and how its categories are written."""
Cells = Callable[[slice], list[str]]


def csv_parts(columns: Sequence[Named], told: Progress = untold) -> Iterator[bytes]:
    """The bytes that `csv_bytes` makes of the same cells, part by part.

    Categories are as they are written, whole numbers without a point, absent cells empty. Raises
    ValueError when two columns have one name.
    """
    yield csv_bytes([heading for heading, _values, _written in columns], [])
    takers = [_taker(values, how) for _heading, values, how in columns]
    rows = len(columns[0][1]) if columns else 0
    empty = '""' if len(columns) == 1 else ""  # a line without anything would be no row
    for span in spans(rows, told):
        cells = zip(*(taker(span) for taker in takers), strict=True)
        yield "".join(f"{','.join(row) or empty}\r\n" for row in cells).encode()


def _taker(values: pd.Series, how: Callable[[str], Cell]) -> Cells:
    if isinstance(values.dtype, pd.CategoricalDtype):
        ready = [_quoted(how(str(code))) for code in values.cat.categories]
        lookup = np.array([*ready, ""], dtype=object)  # the last stands for no category, -1
        codes = values.cat.codes.to_numpy()
        return lambda span: list(lookup[codes[span]])
    if pd.api.types.is_float_dtype(values.dtype):
        numbers = values.to_numpy()
        return lambda span: _numbers(numbers[span])
    cells = values.astype(object)
    return lambda span: [_quoted(None if pd.isna(each) else each) for each in cells.iloc[span]]


def _numbers(values: Any) -> list[str]:
    found, places = np.unique(values, return_inverse=True)
    ready = np.array([_number(value) for value in found.tolist()], dtype=object)
    return list(ready[places])


def _number(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def _quoted(cell: Cell) -> str:
    text = str(written(cell))
    if not any(sign in text for sign in ',"\r\n'):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
