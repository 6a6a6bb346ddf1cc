"""Comma-separated files to columns of labels, with every unreadable file told apart."""

import csv
import re
from pathlib import Path

import pandas as pd

from engage.microdata.faults import InputError

# Other programs write whole numbers that share a column with gaps as 1.0: the code is 1.
_WHOLE = re.compile(r"^(-?\d+)\.0+$")


def read_columns(path: Path, required: tuple[str, ...], remedy: str) -> pd.DataFrame:
    """The file as text columns, empty cells missing; raises InputError.

    `required` columns must be there; `remedy` says what the file is meant to be.
    """
    header, *rows = _rows(path)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(f"{path} has the column {twice[0]!r} twice. Rename one of them.")
    missing = [name for name in required if name not in header]
    if missing:
        raise InputError(
            f"{path} has no column {', '.join(map(repr, missing))}; it has "
            f"{', '.join(header[:12])}{', ...' if len(header) > 12 else ''}. {remedy}"
        )
    if not rows:
        raise InputError(f"{path} has a header and no rows. {remedy}")
    table = pd.DataFrame(rows, columns=header, dtype=str)
    return table.mask(table == "").replace(_WHOLE, r"\1", regex=True)


def numbers(table: pd.DataFrame, column: str, path: Path) -> pd.Series:
    """A column as numbers of 0 or more; raises InputError naming the first cell that is not."""
    values = pd.to_numeric(table[column], errors="coerce")
    bad = values.isna() | (values < 0) | values.abs().eq(float("inf"))
    if bad.any():
        row = int(bad.to_numpy().argmax())
        told = "empty" if pd.isna(table[column].iloc[row]) else repr(table[column].iloc[row])
        raise InputError(
            f"{path}, line {row + 2}: {column} is {told}, which is not a number of 0 or more. "
            "Correct it."
        )
    return values.astype(float)


def _rows(path: Path) -> list[list[str]]:
    """The header and the rows under it, all of one length."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            rows: list[list[str]] = []
            for row in reader:
                if row and rows and len(row) != len(rows[0]):
                    raise InputError(
                        f"{path}, line {reader.line_num}: there are {len(row)} cells, but the "
                        f"header has {len(rows[0])}. Correct the line; quote cells with commas."
                    )
                if row:
                    rows.append(row)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8. Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise InputError(f"{path} is not a table: {error}. Save it as CSV, with commas.") from error
    if not rows:
        raise InputError(f"{path} is empty. Give a CSV file with a header line.")
    return rows
