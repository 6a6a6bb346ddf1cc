"""The rows of a CSV file, read as a stream, with a file that is none reported plainly."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from engage.core.files.faults import Faults
from engage.core.files.text import spoken

Columns = Mapping[str, str]
"""What a column is for -> a regular expression for its heading; case does not matter."""


class Row(NamedTuple):
    """A row: its line in the file, and its values by what their columns are for."""

    line: int
    values: dict[str, str]


def csv_rows(
    lines: Iterable[str], faults: Faults, needed: Columns, optional: Columns | None = None
) -> Iterator[Row]:
    """The rows of a CSV file that has the `needed` columns; an absent optional one is empty.

    `lines` are decoded without their newlines changed. Blank rows are skipped; rows of another
    length than the heading are faults. Raises RefusedFileError where there is nothing to read.
    """
    reader = csv.reader(lines, strict=True)
    try:
        heading = next(reader, None)
        if not heading or not any(cell.strip() for cell in heading):
            raise faults.stop("It is empty. It needs a line of column headings, then its rows.")
        places = _places([cell.strip() for cell in heading], faults, needed, optional or {})
        for cells in reader:
            if len(cells) == len(heading):
                values = {name: cells[at].strip() for name, at in places.items() if at >= 0}
                values |= {name: "" for name, at in places.items() if at < 0}
                yield Row(reader.line_num, values)
            elif any(cell.strip() for cell in cells):
                faults.add(
                    f"Line {reader.line_num} has {len(cells)} values where the heading has "
                    f"{len(heading)}."
                )
    except UnicodeDecodeError as error:
        raise faults.stop("It is not UTF-8. Save it as UTF-8, then try again.") from error
    except csv.Error as error:
        raise faults.stop(f"Line {reader.line_num} is not CSV: {error}.") from error


def _places(
    heading: list[str], faults: Faults, needed: Columns, optional: Columns
) -> dict[str, int]:
    """Where each column stands, -1 for an optional one that is absent."""
    places: dict[str, int] = {}
    wrong = False
    for name, pattern in {**needed, **optional}.items():
        found = [
            at for at, cell in enumerate(heading) if re.fullmatch(pattern, cell, re.IGNORECASE)
        ]
        if len(found) > 1:
            wrong = True
            named = ", ".join(heading[at] for at in found)
            faults.add(f"It has several columns for the {name}: {named}. Keep one.")
        elif not found and name in needed:
            wrong = True
            faults.add(f"It has no column for the {name} ({spoken(pattern)}).")
        places[name] = found[0] if found else -1
    if wrong:
        seen = ", ".join(heading)[:300]
        raise faults.stop(f"The headings it has are: {seen}.")
    return places
