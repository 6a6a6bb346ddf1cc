"""Comma-separated files to columns of labels, with every unreadable file told apart."""

import csv
import re
from pathlib import Path

import pandas as pd

from engage.microdata.faults import InputError

# Beyond these the sums of weights no longer fit into a number.
SMALLEST, LARGEST = 1e-12, 1e12
# Other programs write whole numbers that share a column with gaps as 1.0: the code is 1.
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "|"}
_WHOLE = re.compile(r"^(-?\d+)\.0+$")


def read_columns(path: Path, required: tuple[str, ...], remedy: str) -> pd.DataFrame:
    """The file as text columns, empty cells missing, with each row's line; raises InputError.

    Lines without anything are passed over. `required` columns must be there; `remedy` says what
    the file is meant to be.
    """
    header, lines, rows = _rows(path)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(f"{path} has the column {twice[0]!r} twice. Rename one of them.")
    missing = [name for name in required if name not in header]
    if missing and len(header) == 1 and (mark := _separator(header[0])):
        raise InputError(
            f"{path} has one column, of which the cells look separated by {mark}. Save it as CSV, "
            "with commas."
        )
    if missing:
        raise InputError(
            f"{path} has no column {', '.join(map(repr, missing))}; it has "
            f"{', '.join(header[:12])}{', ...' if len(header) > 12 else ''}. {remedy}"
        )
    if not rows:
        raise InputError(f"{path} has a header and no rows. {remedy}")
    table = pd.DataFrame(rows, columns=header, index=lines, dtype=str)
    return table.mask(table == "").replace(_WHOLE, r"\1", regex=True)


def numbers(table: pd.DataFrame, column: str, path: Path, *, above_zero: bool = False) -> pd.Series:
    """A column as numbers of 0 or more, or above it; raises InputError naming the first bad cell.

    Numbers so small or so large that sums of them would be lost are refused as well.
    """
    values = pd.to_numeric(table[column], errors="coerce")
    zero = values.eq(0) & (not above_zero)
    bad = ~(zero | values.between(SMALLEST, LARGEST))
    if bad.any():
        row = int(bad.to_numpy().argmax())
        told = "empty" if pd.isna(table[column].iloc[row]) else repr(table[column].iloc[row])
        least = "above 0" if above_zero else "of 0 or more"
        if values.iloc[row] > 0:
            least += f" that can be reckoned with (from {SMALLEST:g} to {LARGEST:g})"
        raise InputError(
            f"{path}, line {table.index[row]}: {column} is {told}, which is not a number {least} "
            f"({int(bad.sum())} such cells). Correct it."
        )
    return values.astype(float)


def _separator(header: str) -> str | None:
    """What else than a comma seems to separate the names in a header."""
    return next((name for mark, name in _SEPARATORS.items() if mark in header), None)


def _rows(path: Path) -> tuple[list[str], list[int], list[list[str]]]:
    """The header, and the lines and cells of the rows under it, all of one length."""
    header: list[str] = []
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            end = 0
            for row in reader:
                line, end = end + 1, reader.line_num
                if not any(cell.strip() for cell in row):
                    continue
                if not header:
                    header = [name.strip() for name in row]
                    continue
                if fault := _fault(row, header):
                    raise InputError(f"{path}, line {line}: {fault}")
                lines.append(line)
                rows.append(row)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8. Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise InputError(f"{path} is not a table: {error}. Save it as CSV, with commas.") from error
    if not header:
        raise InputError(f"{path} is empty. Give a CSV file with a header line.")
    return header, lines, rows


def _fault(row: list[str], header: list[str]) -> str | None:
    """What is wrong with a row, as far as can be seen without knowing what it is for."""
    if len(row) != len(header):
        return (
            f"there are {len(row)} cells, but the header has {len(header)}. Correct the line; "
            "quote cells with commas."
        )
    if [cell.strip() for cell in row] == header:
        return "the header is there a second time. Take the line out."
    if any("\0" in cell for cell in row):
        return "there is a character of no text (NUL). Save the file anew as CSV in UTF-8."
    return None
