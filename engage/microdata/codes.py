"""Whether the answers in the microdata are those that the indicators know."""

from collections.abc import Sequence

import pandas as pd

from engage.core.indicators.model import Indicator
from engage.microdata.faults import InputError


def refuse_unknown(table: pd.DataFrame, indicators: Sequence[Indicator]) -> None:
    """Raise InputError for a column that is not there, or an answer code that no indicator knows.

    A code is known when an indicator of its column counts it, scores it or lists it under
    `outside`; a column without any `outside` may hold other codes, which are outside the base.
    """
    needed = dict.fromkeys(name for each in indicators for name in each.variables)
    missing = [name for name in needed if name not in table.columns]
    if missing:
        users = [each.id for each in indicators if missing[0] in each.variables]
        raise InputError(
            f"The microdata have no column {', '.join(map(repr, missing))}; the indicator "
            f"{users[0]} needs {missing[0]!r}. Add the column, or take the indicator out."
        )
    faults = [fault for name in needed if (fault := _fault(table, name, indicators))]
    if faults:
        raise InputError("\n".join(faults))


def told_outside(table: pd.DataFrame, indicators: Sequence[Indicator]) -> list[str]:
    """A note on each column with answers that count in no indicator, where any code may occur."""
    notes = []
    for name in dict.fromkeys(name for each in indicators for name in each.variables):
        users = [each for each in indicators if name in each.variables]
        counted = {code for each in users for code in each.codes}
        stray = table[name][table[name].notna() & ~table[name].isin(list(counted))]
        if len(stray) and all(each.outside is None for each in users):
            codes = ", ".join(map(repr, sorted(stray.unique())[:5]))
            notes.append(f"{len(stray):,} answers in the column {name} are outside: {codes}.")
    return notes


def _fault(table: pd.DataFrame, name: str, indicators: Sequence[Indicator]) -> str | None:
    users = [each for each in indicators if name in each.variables]
    if all(each.outside is None for each in users):
        return None
    known = {code for each in users for code in (*each.codes, *(each.outside or ()))}
    stray = table[name].notna() & ~table[name].isin(list(known))
    if not stray.any():
        return None
    row = int(stray.to_numpy().argmax())
    return (
        f"Line {table.index[row]} of the microdata has {table[name].iloc[row]!r} in the column "
        f"{name}; the indicators know {', '.join(sorted(known))} ({int(stray.sum())} such cells). "
        "Correct the cell, or list the code under outside in the indicator file."
    )
