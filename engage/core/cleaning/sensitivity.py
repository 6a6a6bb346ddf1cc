"""Whether cleaning moved the figures: headlines with and without the responses taken out."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from engage.core.cleaning.log import Cleaned

Headline = Callable[[pd.DataFrame], Mapping[str, float]]
"""Works out headline figures, by name, over a coded table; not a number where there is none."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One headline figure over what is used, over all that came, and the first less the second.

    In the figure's own unit (a share of 0 to 1, a mean). None where there is none.
    """

    name: str
    used: float | None
    received: float | None
    difference: float | None


def sensitivity(received: pd.DataFrame, cleaned: Cleaned, headline: Headline) -> tuple[Moved, ...]:
    """Each headline figure with and without what cleaning removed and cleared.

    `received` is the raw coded table and `cleaned` what was made of it; `headline` is called
    twice and must do for both what it does for one: the same weighting, the same bases. The
    figures come in the order in which it gives them, those of what is used first.
    """
    used, everything = headline(cleaned.table), headline(received)
    return tuple(
        _moved(name, _number(used.get(name)), _number(everything.get(name)))
        for name in dict.fromkeys((*used, *everything))
    )


def _moved(name: str, used: float | None, received: float | None) -> Moved:
    if used is None or received is None:
        return Moved(name, used, received, None)
    return Moved(name, used, received, used - received)


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
