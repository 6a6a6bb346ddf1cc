"""CSV as spreadsheets and statistics programs both read it: RFC 4180, UTF-8 with its mark."""

import csv
import io
import math
import unicodedata
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Signs at the start of a text that make a spreadsheet take it for a formula."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that nobody sees and that turn the order in which other letters are shown."""


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file with one row of headers; absent values (None, not a number) are empty.

    Numbers are written in full. A text that a spreadsheet would run as a formula is given an
    apostrophe in front; numbers never are, negative ones included. Raises ValueError when a row
    has another length than the header, or when two columns have one name. Control characters and
    those that turn the direction of writing are replaced by a mark that can be seen.
    """
    if len(set(columns)) < len(columns):
        twice = sorted({name for name in columns if list(columns).count(name) > 1})
        raise ValueError(f"Two columns are called {', '.join(twice)}: rename one.")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([written(column) for column in columns])
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(
                f"Row {number} has {len(row)} cells for {len(columns)} columns: give a row of the "
                "header's length."
            )
        writer.writerow([written(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def visible(text: str) -> str:
    """The text with a mark for each character that cannot be seen and could mislead.

    Those are control characters except tabs and ends of lines, and the signs that turn the
    direction of writing, by which one name can be made to look like another.
    """
    if text.isprintable():
        return text
    return "".join(REPLACEMENT if _misleading(letter) else letter for letter in text)


def _misleading(letter: str) -> bool:
    return letter in TURNING or (unicodedata.category(letter) == "Cc" and letter not in "\t\r\n")


def harmless(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would take it for a formula.

    The sign = alone is none; it is how a target is set.
    """
    return f"'{text}" if text.startswith(FORMULA) and text != "=" else text


def written(cell: Cell) -> str | int | float:
    """A cell as it stands in the file, before commas and quotation marks are seen to."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(visible(cell))
    return "" if isinstance(cell, float) and math.isnan(cell) else cell
