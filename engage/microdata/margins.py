"""Margins from a file, and the columns of the microdata that each of them counts.

A margin is matched to columns by the first of these rules that fits:
1. the column of the margin's own name (`ward`);
2. where the categories are values joined by `|` (`16-24|F`), columns named in the margin's name:
   `age_sex` is the columns `age` and `sex`, or the only ones that begin with `age_` and `sex_`,
   so `age_band` and `sex`; a name of columns joined by `|` (`age_band|sex`) is taken as it is;
3. failing that, for each part the only column all of whose values are among the part's values.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pandas as pd

from engage.core.statistics.margins import Margin
from engage.microdata.faults import InputError
from engage.microdata.read import numbers, read_columns

COLUMNS = ("wave", "margin", "category", "population")
_REMEDY = "A margins file has the columns wave, margin, category, population."


def read_margins(path: Path) -> dict[str, list[Margin]]:
    """The margins of each wave, in the order of the file; raises InputError."""
    table = read_columns(path, COLUMNS, _REMEDY)
    gaps = table[list(COLUMNS)].isna().any(axis=1)
    if gaps.any():
        line = table.index[int(gaps.to_numpy().argmax())]
        raise InputError(f"{path}, line {line}: a cell is empty. {_REMEDY}")
    twice = table.duplicated(["wave", "margin", "category"])
    if twice.any():
        row = table[twice].iloc[0]
        raise InputError(
            f"{path} has the category {row['category']!r} of the margin {row['margin']} twice in "
            f"wave {row['wave']}. Keep one."
        )
    table["population"] = numbers(table, "population", path)
    waves: dict[str, list[Margin]] = {}
    for (wave, name), rows in table.groupby(["wave", "margin"], sort=False):
        population = dict(zip(rows["category"], rows["population"], strict=True))
        if not any(population.values()):
            raise InputError(
                f"{path}: the margin {name} of wave {wave} has no residents in any category, not "
                f"in {', '.join(population)}. Give their populations, or leave the margin out."
            )
        waves.setdefault(str(wave), []).append(Margin(str(name), population))
    return waves


def columns_of(margin: Margin, table: pd.DataFrame) -> tuple[str, ...]:
    """The columns of the microdata that a margin counts, by the rules above."""
    if margin.name in table.columns:
        return (margin.name,)
    parts = [category.split("|") for category in margin.population]
    count = len(parts[0])
    if count > 1 and all(len(part) == count for part in parts):
        named = list(_by_name(margin.name, count, [str(name) for name in table.columns]))
        if len(named) == 1:
            return named[0]
        found = tuple(_by_values(table, set(values)) for values in zip(*parts, strict=True))
        if all(found):
            return tuple(str(name) for name in found)
    raise InputError(
        f"No columns of the microdata match the margin {margin.name!r} with categories such as "
        f"{next(iter(margin.population))!r}. Name the margin after a column, or after columns "
        "joined by |, such as age_band|sex."
    )


def _by_name(name: str, count: int, columns: list[str]) -> Iterator[tuple[str, ...]]:
    """Every way to read a margin's name as the names of `count` columns."""
    if name.count("|") == count - 1 and set(name.split("|")) <= set(columns):
        yield tuple(name.split("|"))
        return
    words = name.split("_")
    for cuts in combinations(range(1, len(words)), count - 1):
        ends = [0, *cuts, len(words)]
        parts = ["_".join(words[a:b]) for a, b in pairwise(ends)]
        found = [_column(part, columns) for part in parts]
        if all(found):
            yield tuple(str(each) for each in found)


def _column(part: str, columns: list[str]) -> str | None:
    if part in columns:
        return part
    longer = [name for name in columns if name.startswith(f"{part}_")]
    return longer[0] if len(longer) == 1 else None


def _by_values(table: pd.DataFrame, values: set[str]) -> str | None:
    fitting = [
        str(name)
        for name in table.columns
        if (own := set(table[name].dropna().unique())) and own <= values
    ]
    return fitting[0] if len(fitting) == 1 else None
