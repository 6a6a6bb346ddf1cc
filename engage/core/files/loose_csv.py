"""The rows of a CSV file that may be broken: a row that cannot be read does not take others along.

`csv_rows` refuses a file at its first broken row, which is right for a file that we publish a form
for. An older list of people is what it is, and its owner needs to know of all its broken rows.
"""

import csv
import io
from collections.abc import Iterator

DELIMITERS = ",;\t|"
MOST_LINES = 20
"""Lines that one row may take; a quotation mark that is still open then was never closed."""
LONGEST = 20_000
"""Letters of a row that is still looked at."""

Cells = list[str] | None
"""The cells of a row; None for one that cannot be read."""


def loose_rows(text: str) -> Iterator[Cells]:
    """The rows of a CSV text, empty ones included, so that their numbers are a spreadsheet's.

    What stands between the cells (comma, semicolon, tab or bar) is what the first row has most of.
    """
    lines = list(io.StringIO(text, newline=""))
    delimiter = max(DELIMITERS, key=lines[0].count) if lines else ","
    at = 0
    while at < len(lines):
        cells, used = _row(lines, at, delimiter)
        yield cells
        at += used


def _row(lines: list[str], at: int, delimiter: str) -> tuple[Cells, int]:
    """The row that starts at a line, and how many lines it takes."""
    for used in range(1, min(MOST_LINES, len(lines) - at) + 1):
        written = lines[at : at + used]
        if sum(map(len, written)) > LONGEST:
            break
        if used > 1 and not _open(written):
            break
        try:
            return next(csv.reader(written, delimiter=delimiter, strict=True), []), used
        except csv.Error:
            continue  # the row may go on: a cell in quotation marks can hold an end of line
    return None, 1


def _open(written: list[str]) -> bool:
    """Whether the lines before the last leave a quotation mark open, so that the row goes on."""
    return sum(line.count('"') for line in written[:-1]) % 2 == 1
