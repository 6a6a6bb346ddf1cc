"""Who did not answer, so that nobody can be counted out of it."""

import math
from collections.abc import Mapping

import pandas as pd

from engage.core.disclosure.policy import Policy
from engage.core.indicators.unanswered import Unanswered
from engage.core.statistics.estimate import EMPTY, HIDDEN


def told(found: Mapping[str, Unanswered], tidy: pd.DataFrame) -> dict[str, Unanswered]:
    """Those of the indicators whose overall figure is shown, by a suppressed table.

    Of how many were asked the nearest ten is told, and shares in whole percent, halves upwards:
    the base is shown to the person, and would else tell how many are not in it.
    """
    overall = tidy[(tidy["breakdown"] == "overall") & (tidy["base"] >= Policy().smallest_base)]
    flags = dict(zip(overall["indicator"], overall["flag"].astype(str), strict=True))
    return {
        name: Unanswered(
            asked=_nearest(each.asked / 10) * 10,
            dont_know=_nearest(each.dont_know * 100) / 100,
            missing=_nearest(each.missing * 100) / 100,
        )
        for name, each in found.items()
        if name in flags and not {HIDDEN, EMPTY} & set(flags[name].split())
    }


def _nearest(number: float) -> int:
    return math.floor(number + 0.5)
