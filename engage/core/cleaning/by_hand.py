"""What a person decided about responses that the rules marked: it goes before what the rules say.

That is no rule of a version: it holds under each of them, after those that remove.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from engage.core.cleaning.flow import Flow

Marks = npt.NDArray[np.bool_]

REVIEWED = "@reviewed"
"""The column of the coded table that says what was decided; a table without one has none."""
BY_HAND = "reviewed"
"""The name of it among the rules, in the flow and in the log."""
KEEP, LEAVE_OUT = "keep", "leave_out"


def with_decisions(table: pd.DataFrame, decided: Mapping[str, str]) -> pd.DataFrame:
    """The table with a column of what was decided, by response; unchanged where nobody has."""
    return table.assign(**{REVIEWED: table["@id"].map(dict(decided))}) if decided else table


def said(table: pd.DataFrame, what: str) -> Marks:
    """Which responses somebody decided so about."""
    if REVIEWED not in table:
        return np.zeros(len(table), dtype=bool)
    return np.asarray((table[REVIEWED] == what).to_numpy(), dtype=bool)


def by_hand(flow: Flow) -> tuple[str, ...]:
    """What people decided in one sentence, for the file of what was done; none if they did not."""
    out, kept = flow.removed.get(BY_HAND, 0), flow.flagged.get(BY_HAND, 0)
    if not (out or kept):
        return ()
    looked = f"Of the responses that the rules marked, people looked at {out + kept:,}"
    return (f"{looked}: {out:,} are left out, and {kept:,} are used.",)
