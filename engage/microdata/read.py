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
    try:
        header = _header(path)
        table = pd.read_csv(
            path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig"
        )
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8. Save it as CSV in UTF-8.") from error
    except (pd.errors.ParserError, csv.Error) as error:
        raise InputError(f"{path} is not a table: {error}. Save it as CSV, with commas.") from error
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise InputError(f"{path} has the column {twice[0]!r} twice. Rename one of them.")
    missing = [name for name in required if name not in header]
    if missing:
        raise InputError(
            f"{path} has no column {', '.join(map(repr, missing))}; it has "
            f"{', '.join(header[:12])}{', ...' if len(header) > 12 else ''}. {remedy}"
        )
    if table.empty:
        raise InputError(f"{path} has a header and no rows. {remedy}")
    return table.replace(_WHOLE, r"\1", regex=True)


def numbers(table: pd.DataFrame, column: str, path: Path) -> pd.Series:
    """A column as numbers, all of them above 0 or 0; raises InputError naming the first bad row."""
    values = pd.to_numeric(table[column], errors="coerce")
    bad = values.isna() | (values < 0) | values.abs().eq(float("inf"))
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise InputError(
            f"{path}, line {row + 2}: {column} is {table[column].iloc[row]!r}, which is not a "
            "number of 0 or more. Correct it."
        )
    return values.astype(float)


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines), [])
    if not header:
        raise InputError(f"{path} is empty. Give a CSV file with a header line.")
    return header
