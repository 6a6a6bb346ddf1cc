"""Codes as numbers, names and labels as SPSS takes them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from engage.core.export.codebook import KINDS_OF_MISSING, Column
from engage.core.export.csv_file import Cell, csv_bytes
from engage.core.export.metadata import Columns

LONGEST_NAME, LONGEST_LABEL, LONGEST_MEANING = 64, 256, 120
"""Bytes that SPSS keeps of a name, of a variable's label and of a value's label."""
RESERVED = {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}
CODEBOOK: Columns = {
    "variable": ("string", "The column in the CSV and Parquet files."),
    "label": ("string", "What it holds."),
    "question": ("string", "The question that it comes from."),
    "kind": ("string", "How the question is answered."),
    "code": ("string", "A code that may stand in it."),
    "spss_variable": ("string", "The same column in the SPSS file."),
    "spss_value": ("integer", "The number that stands there for the code."),
    "meaning": ("string", "What the code means."),
    "note": ("string", "What was done to the column."),
}


def numbers_of(column: Column, found: Iterable[str] = ()) -> dict[str, int]:
    """The number of each code of a column, and of codes found that it does not explain.

    A code that is a number keeps it, kinds of missing are the negative ones, the rest go on from
    the highest, in the order of the codebook.
    """
    codes = list(dict.fromkeys((*column.meanings, *found)))
    numbers = {code: KINDS_OF_MISSING[code][0] for code in codes if code in KINDS_OF_MISSING}
    numbers |= {code: int(code) for code in codes if re.fullmatch(r"0|[1-9][0-9]{0,8}", code)}
    following = max((0, *numbers.values())) + 1
    left = [code for code in codes if code not in numbers]
    numbers |= {code: number for number, code in enumerate(left, following)}
    return {code: numbers[code] for code in codes}


def names_of(columns: Sequence[Column]) -> dict[str, str]:
    """The name in SPSS of each column: letters, figures, underscores, and no two alike."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        name = re.sub(r"[^A-Za-z0-9_]", "_", column.heading)
        name = name if name[:1].isalpha() and name.upper() not in RESERVED else f"q_{name}"
        name = plain = name[: LONGEST_NAME - 4]
        number = 2
        while name.lower() in taken:
            name, number = f"{plain}_{number}", number + 1
        taken.add(name.lower())
        names[column.name] = name
    return names


def cut(text: str, most: int) -> str:
    """The text, shortened to so many bytes with an ellipsis."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode(errors="ignore").rstrip() + "…"


def numbered_codebook(columns: Sequence[Column], numbers: Mapping[str, Mapping[str, int]]) -> bytes:
    """The codebook as CSV, with the names and numbers that the SPSS file has."""
    names, rows = names_of(columns), list[Sequence[Cell]]()
    for column in columns:
        about = (column.heading, column.label, column.question, column.kind)
        codes = numbers.get(column.name, {})
        name, note = names[column.name], column.note
        rows += [
            (*about, column.written(code), name, number, column.meaning(code), note)
            for code, number in codes.items()
        ] or [(*about, "", name, "", "", note)]
    return csv_bytes(tuple(CODEBOOK), rows)
