"""The table as it is stored and shown: nothing stands behind what is hidden."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from engage.core.statistics.arrays import BoolArray, FloatArray
from engage.core.statistics.difference import Gap, differences
from engage.core.statistics.families import adjust_family
from engage.core.statistics.finish import finish
from engage.core.statistics.independence import independence
from engage.core.statistics.two_way import TwoWay, against_rest, shares_within
from engage.core.words.change import CLEAR

METHOD = "xlogit"
BANDS = (0.001, 0.01, 0.05)
"""With something hidden, the test tells only below which of these p is: more would add it up."""


def content_of(
    table: TwoWay, hidden: BoolArray, *, rounded_to: int, smallest_base: int, low_base: int
) -> dict[str, Any]:
    """The suppressed table as plain data; `hidden` is by sum: cells, rows, columns, everybody."""
    high, wide = table.shape
    cells, rows = hidden[: high * wide], hidden[high * wide : high * (wide + 1)]
    columns, whole = hidden[high * (wide + 1) : -1], bool(hidden[-1])
    counts = table.people.reshape(high, wide)
    return {
        "rows": _bases(counts.sum(axis=1), rows, rounded_to),
        "columns": _bases(counts.sum(axis=0), columns, rounded_to),
        "people": None if whole else _near(int(counts.sum()), rounded_to),
        "cells": _cells(table, cells, rows, columns, (smallest_base, low_base)),
        "test": _test(table, exact=not (cells.any() or rows.any() or columns.any())),
        "rounded_to": rounded_to,
    }


def _bases(people: Sequence[int], hidden: BoolArray, to: int) -> list[int | None]:
    return [
        None if gone else _near(int(each), to) for each, gone in zip(people, hidden, strict=True)
    ]


def _near(people: int, to: int) -> int:
    """A count at the nearest multiple, halves up."""
    return int(math.floor(people / to + 0.5) * to)


def _cells(
    table: TwoWay, cells: BoolArray, rows: BoolArray, columns: BoolArray, bases: tuple[int, int]
) -> list[dict[str, Any]]:
    of_rows, _gradients = shares_within(table)
    of_columns, _gradients = shares_within(table, of_columns=True)
    shares, downs = finish(of_rows, METHOD), finish(of_columns, METHOD)
    high, wide = table.shape
    value, spread, rest = against_rest(table)
    known = ~cells & ~rows.repeat(wide) & ~np.tile(columns, high) & (rest >= bases[0])
    own = of_rows.base
    gaps = differences(Gap(*(_only(each, known) for each in (value, spread, spread, own, rest))))
    adjusted = adjust_family([each.p_t if each.tested else math.nan for each in gaps]).p_adjusted
    told: list[dict[str, Any]] = []
    for at in range(high * wide):
        row, column = divmod(at, wide)
        if cells[at] or rows[row]:
            told.append({"hidden": True})
            continue
        one, down, gap, p = shares[at], downs[at], gaps[at], adjusted[at]
        clear = known[at] and p < CLEAR
        told.append(
            {
                "share": _number(one.value), "low": _number(one.lower), "high": _number(one.upper),
                "effective": _number(one.effective_base), "few": (one.base or 0) < bases[1],
                "gap": _number(gap.value) if known[at] else None,
                "gap_low": _number(gap.lower) if known[at] else None,
                "gap_high": _number(gap.upper) if known[at] else None,
                "p": _number(p) if known[at] else None,
                "way": ("up" if gap.value > 0 else "down") if clear else "",
            }
            | (
                {"down": None}
                if columns[column] or (down.base or 0) < bases[0]
                else {
                    "down": _number(down.value), "down_low": _number(down.lower),
                    "down_high": _number(down.upper),
                    "down_effective": _number(down.effective_base),
                }
            )
        )  # fmt: skip
    return told


def _only(values: FloatArray, known: BoolArray) -> FloatArray:
    return np.where(known, values, 0.0 if values.dtype.kind == "i" else np.nan_to_num(values))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _test(table: TwoWay, *, exact: bool) -> dict[str, Any] | None:
    made = independence(table)
    if not made.tested:
        return None
    if not exact:
        below = next((band for band in BANDS if made.p < band), None)
        return {"below": below, "clear": made.p < CLEAR}
    return {
        "f": made.f, "first": made.first_degrees, "second": made.second_degrees, "p": made.p,
        "clear": made.p < CLEAR,
    }  # fmt: skip
