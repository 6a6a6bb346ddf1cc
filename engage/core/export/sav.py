"""Responses as an SPSS file: variable and value labels, user-missing values, and the weight on.

pyreadstat can only write a table that is whole in memory. So it writes the dictionary of a file
without rows, and the rows follow in the same plain form: numbers of eight bytes, some at a time.
"""

import struct
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyreadstat

from engage.core.export.about import About
from engage.core.export.codebook import KINDS_OF_MISSING, Column
from engage.core.export.responses import WEIGHT, ResponsesFile
from engage.core.export.sav_codes import (
    LONGEST_LABEL,
    LONGEST_MEANING,
    cut,
    names_of,
    numbers_of,
)
from engage.core.export.spans import Progress, spans, untold

ABSENT = -np.finfo(np.float64).max
"""SPSS's own missing value, which stands for no number."""
MISSING = {"lo": min(code for code, _said in KINDS_OF_MISSING.values()), "hi": -1}
"""Every negative code is user-missing."""
CASE_SIZE, PACKED, WEIGHT_AT, COUNT_AT, DATE_AT, TIME_AT = 68, 72, 76, 80, 92, 101
"""Places in the heading of a file: see the PSPP manual, "System File Format"."""
LONG_COUNT = struct.pack("<iiiiq", 7, 16, 8, 2, 1)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Floats = npt.NDArray[np.float64]


def numbers_in(file: ResponsesFile) -> dict[str, dict[str, int]]:
    """The number of each code, by column; columns of numbers have none."""
    return {
        column.name: numbers_of(column, map(str, values.cat.categories))
        for column in file.columns
        for values in (file.table[column.name],)
        if isinstance(values.dtype, pd.CategoricalDtype)
    }


def write_sav(out: BinaryIO, file: ResponsesFile, about: About, told: Progress = untold) -> None:
    """Write the responses; the same ones give the same bytes."""
    numbers, rows = numbers_in(file), len(file.table)
    out.write(_dictionary(file, about, numbers, rows))
    columns = [_values(file.table[each.name], numbers.get(each.name)) for each in file.columns]
    for span in spans(rows, told):
        part = np.empty((span.stop - span.start, len(columns)), dtype="<f8")
        for at, (lookup, values) in enumerate(columns):
            part[:, at] = values[span] if lookup is None else lookup[values[span]]
        part[np.isnan(part)] = ABSENT
        out.write(part.tobytes())


def _values(
    column: pd.Series, numbers: dict[str, int] | None
) -> tuple[Floats | None, npt.NDArray[np.generic]]:
    if numbers is None:
        return None, column.to_numpy(dtype=np.float64)
    codes = [numbers[str(code)] for code in column.cat.categories]
    return np.array([*codes, np.nan], dtype=np.float64), column.cat.codes.to_numpy()


def _dictionary(
    file: ResponsesFile, about: About, numbers: dict[str, dict[str, int]], rows: int
) -> bytes:
    """All that stands before the rows, with their number, the weight and the time of the wave."""
    made = bytearray(_written(file, about, numbers))
    size, packed = struct.unpack_from("<ii", made, CASE_SIZE)
    place = made.find(LONG_COUNT) + len(LONG_COUNT)
    if (size, packed) != (len(file.columns), 0) or place < len(LONG_COUNT):
        raise ValueError("pyreadstat writes another form of .sav than rows can be added to.")
    at = [column.name for column in file.columns]
    struct.pack_into("<ii", made, WEIGHT_AT, at.index(WEIGHT) + 1 if WEIGHT in at else 0, rows)
    struct.pack_into("<q", made, place, rows)
    moment = about.made_at
    day = f"{moment:%d} {MONTHS[moment.month - 1]} {moment:%y}"
    made[DATE_AT:TIME_AT] = day.encode()
    made[TIME_AT : TIME_AT + 8] = f"{moment:%H:%M:%S}".encode()
    return bytes(made)


def _written(file: ResponsesFile, about: About, numbers: dict[str, dict[str, int]]) -> bytes:
    """What pyreadstat writes of the same columns without rows."""
    names = names_of(file.columns)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "empty.sav"
        pyreadstat.write_sav(
            pd.DataFrame({name: np.zeros(0) for name in names.values()}),
            str(place),
            file_label=cut(f"{about.title} {about.wave}", 64),
            **spss_labels(file.columns, names, numbers),
        )
        return place.read_bytes()


def spss_labels(
    columns: tuple[Column, ...], names: dict[str, str], numbers: dict[str, dict[str, int]]
) -> dict[str, Any]:
    """What pyreadstat is told of the columns: labels, missing values, measures and formats."""
    coded = [column for column in columns if column.name in numbers]
    return {
        "column_labels": {names[each.name]: cut(each.label, LONGEST_LABEL) for each in columns},
        "variable_value_labels": {
            names[each.name]: {
                float(number): cut(each.meaning(code), LONGEST_MEANING)
                for code, number in numbers[each.name].items()
            }
            for each in coded
        },
        "missing_ranges": {names[each.name]: [MISSING] for each in coded},
        "variable_measure": {
            names[each.name]: "nominal" if each.name in numbers else "scale" for each in columns
        },
        "variable_format": {
            names[each.name]: "F12.6" if each.name == WEIGHT else "F8.0" for each in columns
        },
    }
