"""A long table of codes as CSV, written some rows at a time.

Every text is made ready for the file once for each category, not once for each person.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from engage.core.export.csv_file import Cell, csv_bytes, written
from engage.core.export.spans import Progress, spans, untold

Named = tuple[str, pd.Series, Callable[[str], Cell]]
"""A column: its heading, its values, and how its categories are written."""
Cells = Callable[[slice], list[str]]
Said = Callable[[slice], Mapping[str, Sequence[str | None]]]
"""Long texts of some rows by heading, read as these are written; None where there is none."""


def silent(_span: slice) -> Mapping[str, Sequence[str | None]]:
    """Nobody said anything."""
    return {}


def csv_parts(
    columns: Sequence[Named], told: Progress = untold, said: Said = silent
) -> Iterator[bytes]:
    """The bytes that `csv_bytes` makes of the same cells, part by part.

    Categories are as they are written, whole numbers without a point, absent cells empty; a text
    that is `said` stands in the place of its cell. Raises ValueError when two columns have one
    name.
    """
    yield csv_bytes([heading for heading, _values, _written in columns], [])
    takers = {heading: _taker(values, how) for heading, values, how in columns}
    rows = len(columns[0][1]) if columns else 0
    empty = '""' if len(columns) == 1 else ""  # a line without anything would be no row
    for span in spans(rows, told):
        texts = said(span)
        cells = zip(
            *(_over(taker(span), texts.get(heading)) for heading, taker in takers.items()),
            strict=True,
        )
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


def _over(cells: list[str], texts: Sequence[str | None] | None) -> list[str]:
    if texts is None:
        return cells
    pairs = zip(cells, texts, strict=True)
    return [cell if text is None else _quoted(text) for cell, text in pairs]


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
