"""A file of responses: a table of codes, the columns that explain them, both as files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from engage.core.export.codebook import Column
from engage.core.export.coded_csv import Named, Said, csv_parts, silent
from engage.core.export.csv_file import Cell
from engage.core.export.spans import Progress, untold

WEIGHT = "@weight"


@dataclass(frozen=True, slots=True)
class Areas:
    """The names of wards and of their groups by code, and the group of each ward that has one."""

    wards: Mapping[str, str]
    groups: Mapping[str, str]
    group_of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResponsesFile:
    """The columns in order, a table that has them, and sentences on what was done to it.

    What people wrote is `said` as it is written out: texts are no part of the table, which would
    have to hold them all.
    """

    columns: tuple[Column, ...]
    table: pd.DataFrame
    log: tuple[str, ...] = ()
    said: Said = silent

    def coded(self) -> bytes:
        """The file as CSV, with codes."""
        return b"".join(self.coded_parts())

    def coded_parts(self, told: Progress = untold) -> Iterator[bytes]:
        """The same part by part."""
        return csv_parts(
            [self._named(each, each.written) for each in self.columns], told, self.said
        )

    def labelled(self) -> bytes:
        """The file as CSV, with what the codes mean."""
        return b"".join(self.labelled_parts())

    def labelled_parts(self) -> Iterator[bytes]:
        """The same part by part."""
        return csv_parts([self._named(each, each.meaning) for each in self.columns], said=self.said)

    def _named(self, column: Column, written: Callable[[str], Cell]) -> Named:
        return column.heading, self.table[column.name], written


def recoded(column: pd.Series, into: Mapping[str, str]) -> pd.Series:
    """A categorical column with some of its codes changed for others."""
    targets = [into.get(str(code), str(code)) for code in column.cat.categories]
    codes = list(dict.fromkeys(targets))
    lookup = np.array([*(codes.index(target) for target in targets), -1])
    places = lookup[column.cat.codes.to_numpy()]
    made = pd.Categorical.from_codes(places, categories=pd.Index(codes, dtype=object))
    return pd.Series(made, index=column.index)
