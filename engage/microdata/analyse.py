"""Coded microdata, margins and indicators to one tidy table, wave by wave."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from engage.core.indicators.compute import compute
from engage.core.indicators.disclosure import disclosure
from engage.core.indicators.load import load_indicators
from engage.core.indicators.model import Indicator
from engage.core.statistics.margins import Margin, MarginError
from engage.core.statistics.suppress import suppress
from engage.microdata.codes import refuse_unknown
from engage.microdata.faults import InputError
from engage.microdata.margins import read_margins
from engage.microdata.read import numbers, read_columns
from engage.microdata.wave import default_breakdowns, sample_of

WEIGHT = "design_weight"
_REMEDY = (
    "Microdata have a row a respondent, with the columns wave and design_weight (1 for all where "
    "everyone had the same chance to be asked)."
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the bench; no breakdowns stand for overall and every margin's columns."""

    microdata: Path
    margins: Path
    indicators: Path
    estimators: Sequence[str]
    methods: Sequence[str]
    breakdowns: Sequence[str] = ()
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Bench:
    """The tidy table, and what its reader should know about it."""

    tidy: pd.DataFrame
    notes: tuple[str, ...]


def run(request: Request) -> Bench:
    """The tidy table of every wave in the microdata; raises InputError and DefinitionError."""
    indicators = load_indicators(request.indicators).indicators
    table = _microdata(request.microdata, indicators)
    margins = read_margins(request.margins)
    weights = numbers(table, WEIGHT, request.microdata)
    columns = table.astype("category")
    tables, notes = [], _left_out(request, indicators)
    # Shorter names first, so that wave 10 comes after wave 9.
    for wave in sorted(table["wave"].unique(), key=lambda name: (len(name), name)):
        if wave not in margins:
            raise InputError(
                f"{request.margins} has no margins for wave {wave}, only for "
                f"{', '.join(margins)}. Add them, or take the wave out of the microdata."
            )
        here = (table["wave"] == wave).to_numpy()
        try:
            tidy, told = _wave(columns[here], weights[here], margins[wave], indicators, request)
        except MarginError as error:
            raise InputError(f"Wave {wave}: {error}") from error
        tables.append(tidy.assign(wave=wave))
        notes += [f"Wave {wave}: {note}" for note in told]
    return Bench(pd.concat(tables, ignore_index=True), tuple(notes))


def _microdata(path: Path, indicators: Sequence[Indicator]) -> pd.DataFrame:
    table = read_columns(path, ("wave", WEIGHT), _REMEDY)
    if table["wave"].isna().any():
        line = int(table["wave"].isna().to_numpy().argmax()) + 2
        raise InputError(f"{path}, line {line}: wave is empty. {_REMEDY}")
    refuse_unknown(table, indicators)
    return table


def _wave(
    table: pd.DataFrame,
    weights: pd.Series,
    margins: Sequence[Margin],
    indicators: Sequence[Indicator],
    request: Request,
) -> tuple[pd.DataFrame, list[str]]:
    names = list(request.breakdowns) or default_breakdowns(table, margins)
    sample, notes = sample_of(table, weights.to_numpy(dtype=float), margins, names)
    made = compute(
        table,
        indicators,
        sample,
        wave="",
        estimators=request.estimators,
        methods=request.methods,
        means="mean" in request.methods,
    )
    tidy = made.tidy
    if request.suppressed:
        tidy = suppress(tidy, numerators=made.numerators, policy=disclosure(indicators))
    # The total is always computed, since suppression looks at it; it is shown if asked for.
    return tidy[tidy["breakdown"].isin(names)], notes


def _left_out(request: Request, indicators: Sequence[Indicator]) -> list[str]:
    """A note on means where the method that they need was not asked for."""
    means = [each.id for each in indicators if not each.kind.is_share]
    if "mean" in request.methods or not means:
        return []
    return [f"Left out, because means need --method mean: {', '.join(means)}."]
