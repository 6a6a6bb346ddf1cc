"""One wave of microdata made into a sample: labels, margins, groups and design weights."""

from collections.abc import Sequence

import pandas as pd

from engage.core.statistics.arrays import FloatArray
from engage.core.statistics.factor import Factor, cross, factor_of, name_missing
from engage.core.statistics.margins import Margin, share_outside
from engage.core.statistics.sample import Sample, take_sample
from engage.microdata.faults import InputError
from engage.microdata.margins import columns_of

OVERALL = "overall"
UNKNOWN = "unknown"


def default_breakdowns(table: pd.DataFrame, margins: Sequence[Margin]) -> list[str]:
    """Everybody, then every column that a margin is made of."""
    columns = [name for margin in margins for name in columns_of(margin, table)]
    return [OVERALL, *dict.fromkeys(columns)]


def groups(table: pd.DataFrame, name: str, margins: Sequence[Margin]) -> Factor:
    """The groups of a breakdown: the values of a column, or the categories of a margin."""
    if name in table.columns:
        return factor_of(name, table[name])
    margin = next((each for each in margins if each.name == name), None)
    if margin is None:
        known = ", ".join(dict.fromkeys([OVERALL, *(each.name for each in margins)]))
        raise InputError(
            f"There is no breakdown {name!r}: it is neither a margin nor a column of the "
            f"microdata. Use {known}, or a column."
        )
    return _labels(table, margin)


def sample_of(
    table: pd.DataFrame,
    weights: FloatArray,
    margins: Sequence[Margin],
    breakdowns: Sequence[str],
    arms: Sequence[Factor] = (),
) -> tuple[Sample, list[str]]:
    """The sample of a wave's rows, and what a reader should know about it.

    Columns are categorical, with the categories of every wave; `arms` are breakdowns that no
    column holds. People of no category in a margin
    become a category `unknown`, with its design-weighted share of the residents. Raises
    MarginError and InputError.
    """
    fitted, labels, notes = [], {}, []
    for margin in margins:
        factor = name_missing(_labels(table, margin), UNKNOWN)
        sizes = dict(zip(factor.categories, factor.sizes.tolist(), strict=True))
        if sizes.get(UNKNOWN) and UNKNOWN not in margin.population:
            notes.append(
                f"{sizes[UNKNOWN]} people have no category in the margin {margin.name}: they "
                f"became {UNKNOWN}, with their share of the design weights as residents."
            )
            margin = share_outside(margin, factor, weights, {UNKNOWN})  # noqa: PLW2901  the same margin
        fitted.append(margin)
        labels[margin.name] = factor
    sample = take_sample(
        len(weights),
        margins=fitted,
        labels=labels,
        breakdowns=[
            *(groups(table, name, margins) for name in breakdowns if name != OVERALL),
            *arms,
        ],
        design_weights=weights,
    )
    return sample, [*notes, *sample.warnings]


def _labels(table: pd.DataFrame, margin: Margin) -> Factor:
    parts = [factor_of(name, table[name]) for name in columns_of(margin, table)]
    return cross(margin.name, parts)
