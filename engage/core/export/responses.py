"""A file of responses: a table of codes, the columns that explain them, both as files."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from engage.core.export.codebook import Column
from engage.core.export.csv_file import Cell, csv_bytes


@dataclass(frozen=True, slots=True)
class Areas:
    """The names of wards and of their groups by code, and the group of each ward that has one."""

    wards: Mapping[str, str]
    groups: Mapping[str, str]
    group_of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResponsesFile:
    """The columns in order, a table that has them, and sentences on what was done to it."""

    columns: tuple[Column, ...]
    table: pd.DataFrame
    log: tuple[str, ...] = ()

    def coded(self) -> bytes:
        """The file as CSV, with codes."""
        return self._csv([_cells(self.table[each.name], each.written) for each in self.columns])

    def labelled(self) -> bytes:
        """The file as CSV, with what the codes mean."""
        return self._csv([_cells(self.table[each.name], each.meaning) for each in self.columns])

    def _csv(self, cells: list[list[Any]]) -> bytes:
        return csv_bytes([each.heading for each in self.columns], zip(*cells, strict=True))


def _cells(column: pd.Series, written: Callable[[str], Cell]) -> list[Any]:
    """A column as cells: categories as `written`, whole numbers without a point, absent empty."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = [written(str(code)) for code in column.cat.categories]
        lookup = np.array([*codes, None], dtype=object)  # the last stands for no category, -1
        return list(lookup[column.cat.codes.to_numpy()])
    if pd.api.types.is_float_dtype(column.dtype):
        return [None if math.isnan(value) else _number(value) for value in column.tolist()]
    return [None if pd.isna(value) else value for value in column.tolist()]


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def recoded(column: pd.Series, into: Mapping[str, str]) -> pd.Series:
    """A categorical column with some of its codes changed for others."""
    targets = [into.get(str(code), str(code)) for code in column.cat.categories]
    codes = list(dict.fromkeys(targets))
    lookup = np.array([*(codes.index(target) for target in targets), -1])
    places = lookup[column.cat.codes.to_numpy()]
    made = pd.Categorical.from_codes(places, categories=pd.Index(codes, dtype=object))
    return pd.Series(made, index=column.index)
