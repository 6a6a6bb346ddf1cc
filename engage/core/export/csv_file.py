"""CSV as spreadsheets and statistics programs both read it: RFC 4180, UTF-8 with its mark."""

import csv
import io
import math
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Signs at the start of a text that make a spreadsheet take it for a formula."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file with one row of headers; absent values (None, not a number) are empty.

    Numbers are written in full. A text that a spreadsheet would run as a formula is given an
    apostrophe in front; numbers never are, negative ones included. Raises ValueError when a row
    has another length than the header, or when two columns have one name.
    """
    if len(set(columns)) < len(columns):
        twice = sorted({name for name in columns if list(columns).count(name) > 1})
        raise ValueError(f"Two columns are called {', '.join(twice)}: rename one.")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_written(column) for column in columns])
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(
                f"Row {number} has {len(row)} cells for {len(columns)} columns: give a row of the "
                "header's length."
            )
        writer.writerow([_written(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return "" if isinstance(cell, float) and math.isnan(cell) else cell
