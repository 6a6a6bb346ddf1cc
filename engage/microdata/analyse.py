"""Coded microdata, margins and indicators to one tidy table, wave by wave, and to comparisons."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from engage.core.disclosure.suppress import suppress
from engage.core.disclosure.ties import ties
from engage.core.indicators.compare import Wave
from engage.core.indicators.compute import tabulate
from engage.core.indicators.counting import count_indicators
from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.load import load_indicators
from engage.core.indicators.model import Indicator, IndicatorFile
from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.margins import Margin, MarginError
from engage.microdata.changes import (
    Changes,
    area_factor,
    asked,
    change_table,
    columns_needed,
    compared,
    linked,
    safe,
    test_table,
    usable,
)
from engage.microdata.codes import refuse_unknown, told_outside
from engage.microdata.faults import InputError
from engage.microdata.margins import read_margins
from engage.microdata.read import numbers, read_columns
from engage.microdata.wave import default_breakdowns, sample_of

WEIGHT = "design_weight"
ID = "id"
_REMEDY = (
    "Microdata have a row a respondent, with the columns wave and design_weight (1 for all where "
    "everyone had the same chance to be asked)."
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the bench; no breakdowns stand for overall and every margin's columns.

    Comparisons are made when `changes` are given.
    """

    microdata: Path
    margins: Path
    indicators: Path
    estimators: Sequence[str]
    methods: Sequence[str]
    breakdowns: Sequence[str] = ()
    suppressed: bool = False
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """The tidy table, the comparisons and their tests, and what a reader should know of them."""

    tidy: pd.DataFrame
    notes: tuple[str, ...]
    changes: pd.DataFrame | None = None
    tests: pd.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class _Counted:
    """One wave counted, with the breakdowns that are printed of it and its rows."""

    wave: Wave
    names: list[str]
    rows: pd.DataFrame


def run(request: Request) -> Bench:
    """The tidy table of every wave in the microdata; raises InputError and DefinitionError."""
    file = load_indicators(request.indicators)
    if request.changes:
        file = asked(file, request.changes)
    table = _microdata(request.microdata, file.indicators)
    margins = read_margins(request.margins)
    weights = numbers(table, WEIGHT, request.microdata, above_zero=True)
    columns = table.astype("category")
    counted, tables = [], []
    notes = [*_left_out(request, file.indicators), *told_outside(table, file.indicators)]
    # Shorter names first, so that wave 10 comes after wave 9.
    waves = sorted(table["wave"].unique(), key=lambda name: (len(name), name))
    notes += [
        f"Wave {wave} has margins and nobody in the microdata, so it has no figures."
        for wave in margins
        if wave not in waves
    ]
    for wave in waves:
        if wave not in margins:
            raise InputError(
                f"{request.margins} has no margins for wave {wave}, only for "
                f"{', '.join(margins)}. Add them, or take the wave out of the microdata."
            )
        here = (table["wave"] == wave).to_numpy()
        try:
            rows = columns[here], weights[here].to_numpy(dtype=float)
            made, told = _count(wave, rows, margins[wave], file, request)
            tables.append(_table(made, file.indicators, request))
        except MarginError as error:
            raise InputError(f"Wave {wave}: {error}") from error
        counted.append(made)
        notes += [f"Wave {wave}: {note}" for note in told]
    tidy = pd.concat(tables, ignore_index=True)
    bench = Bench(_printed(tidy, counted), tuple(notes))
    return _compared(bench, tidy, counted, file, request) if request.changes else bench


def _microdata(path: Path, indicators: Sequence[Indicator]) -> pd.DataFrame:
    table = read_columns(path, ("wave", WEIGHT), _REMEDY)
    if table["wave"].isna().any():
        line = table.index[int(table["wave"].isna().to_numpy().argmax())]
        raise InputError(f"{path}, line {line}: wave is empty. {_REMEDY}")
    if ID in table.columns:
        _refuse_repeated(table, path)
    refuse_unknown(table, indicators)
    return table


def _refuse_repeated(table: pd.DataFrame, path: Path) -> None:
    """Raise InputError for a respondent who is in one wave twice, and would count twice."""
    twice = table[ID].notna() & table.duplicated([ID, "wave"])
    if twice.any():
        row = int(twice.to_numpy().argmax())
        raise InputError(
            f"{path}, line {table.index[row]}: the id {table[ID].iloc[row]!r} is in wave "
            f"{table['wave'].iloc[row]} before ({int(twice.sum())} such rows). Keep one row of "
            "each respondent, or leave the column id out."
        )


def _count(
    wave: str,
    rows: tuple[pd.DataFrame, FloatArray],
    margins: Sequence[Margin],
    file: IndicatorFile,
    request: Request,
) -> tuple[_Counted, list[str]]:
    """A wave's rows and their design weights, counted, and what a reader should know."""
    table, weights = rows
    names = list(request.breakdowns) or default_breakdowns(table, margins)
    extra = columns_needed(file.comparisons) if request.changes else []
    arms = area_factor(table, file.comparisons) if request.changes else []
    breakdowns = list(dict.fromkeys([*names, *extra]))
    sample, notes = sample_of(table, weights, margins, breakdowns, arms)
    counted = count_indicators(table, file.indicators, sample)
    return _Counted(Wave(wave, counted), names, table), notes


def _table(made: _Counted, indicators: Sequence[Indicator], request: Request) -> pd.DataFrame:
    """A wave's figures in every breakdown, also in those that only suppression looks at."""
    table = tabulate(
        made.wave.counted,
        wave=made.wave.name,
        estimators=request.estimators,
        methods=request.methods,
        means="mean" in request.methods,
    )
    if request.suppressed:
        tied = ties(made.wave.counted.sample.joint())
        return suppress(
            table.tidy,
            numerators=table.numerators,
            policy=disclosure(indicators),
            within=tied.within,
            rests=tied.rests,
        )
    return table.tidy


def _printed(tidy: pd.DataFrame, counted: Sequence[_Counted]) -> pd.DataFrame:
    """The rows that were asked for: the total and what comparisons need are always computed."""
    asked_for = {(made.wave.name, name) for made in counted for name in made.names}
    keys = zip(tidy["wave"], tidy["breakdown"], strict=True)
    return tidy[[key in asked_for for key in keys]].reset_index(drop=True)


def _compared(
    bench: Bench,
    tidy: pd.DataFrame,
    counted: Sequence[_Counted],
    file: IndicatorFile,
    request: Request,
) -> Bench:
    panel = request.changes.panel if request.changes else None
    links = linked(counted[-2].rows, counted[-1].rows, panel) if len(counted) > 1 else None
    # A margin that is new in the later wave has nothing to be compared with.
    names = [name for name in counted[-1].names if all(name in each.names for each in counted[-2:])]
    made = compared([each.wave for each in counted], names, file, request.estimators, links)
    made, notes = usable(made)
    if request.suppressed:
        made, told = safe(made, tidy, file.comparisons.areas)
        notes += told
    if links is not None:
        notes.append(f"{len(links.first):,} respondents are in both waves.")
    return Bench(bench.tidy, (*bench.notes, *notes), change_table(made), test_table(made))


def _left_out(request: Request, indicators: Sequence[Indicator]) -> list[str]:
    """A note on means where the method that they need was not asked for."""
    means = [each.id for each in indicators if not each.kind.is_share]
    if "mean" in request.methods or not means:
        return []
    return [f"Left out, because means need --method mean: {', '.join(means)}."]
