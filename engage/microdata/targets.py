"""Targets from a file: what the council set out to reach, put in place of the indicators' own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from engage.core.indicators.model import Better, Indicator
from engage.core.statistics.target import Operator, Target
from engage.microdata.faults import InputError
from engage.microdata.read import numbers, read_columns

COLUMNS = ("indicator", "operator", "value")
_REMEDY = (
    "A targets file has the columns indicator, operator (>=, <= or =) and value (0.72 for 72%), "
    "and may have year and source."
)


def with_targets(indicators: Sequence[Indicator], path: Path | None) -> tuple[Indicator, ...]:
    """The indicators with the targets of the file; without a file, as they are.

    Raises InputError for an indicator that is not there or twice, an operator that is unknown or
    against what is better, and a share that is not from 0 to 1.
    """
    if path is None:
        return tuple(indicators)
    table = read_columns(path, COLUMNS, _REMEDY)
    values = numbers(table, "value", path)
    known = {each.id: each for each in indicators}
    found: dict[str, Target] = {}
    rows = zip(table.index, table.to_dict("records"), values, strict=True)
    for line, row, value in rows:
        name = row["indicator"]
        if name not in known or name in found:
            what = "twice" if name in found else "not in the indicator file"
            raise InputError(f"{path}, line {line}: the indicator {name!r} is {what}. Correct it.")
        found[name] = _target(row, float(value), known[name], f"{path}, line {line}")
    return tuple(replace(each, target=found.get(each.id, each.target)) for each in indicators)


def _target(row: Mapping[Any, Any], value: float, indicator: Indicator, where: str) -> Target:
    try:
        operator = Operator(row["operator"])
    except ValueError as error:
        raise InputError(f"{where}: {row['operator']!r} is no operator. {_REMEDY}") from error
    against = {Operator.AT_LEAST: Better.LOWER, Operator.AT_MOST: Better.HIGHER}.get(operator)
    if indicator.better in {Better.NEITHER, against}:
        raise InputError(
            f"{where}: {operator.value} does not fit {indicator.id}, of which {indicator.better} "
            "is better. Correct the operator, or better in the indicator file."
        )
    if indicator.kind.is_percentage and not 0 <= value <= 1:
        raise InputError(f"{where}: {value:g} is not a share from 0 to 1. {_REMEDY}")
    year, source = ("" if pd.isna(row.get(key)) else str(row[key]) for key in ("year", "source"))
    return Target(operator, value, year, source)
