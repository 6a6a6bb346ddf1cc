"""Who did not answer, so that nobody can be counted out of it."""

import math
from collections.abc import Mapping

import pandas as pd

from engage.core.disclosure.policy import Policy
from engage.core.indicators.unanswered import Unanswered
from engage.core.statistics.estimate import EMPTY, HIDDEN

FEW = 5
"""People whom a step of the shares stands for at least, so that nobody can be counted."""
STEPS = (0.01, 0.05)


def told(found: Mapping[str, Unanswered], tidy: pd.DataFrame) -> dict[str, Unanswered]:
    """Those of the indicators whose overall figure is shown, by a suppressed table.

    Of how many were asked the nearest ten is told, and shares in whole percent or, where one
    percent is fewer than 5 people, to the nearest 5 percent; halves upwards. Where that is fewer
    too, nothing. The base is shown to the person, and would else tell how many are not in it.
    """
    overall = tidy[(tidy["breakdown"] == "overall") & (tidy["base"] >= Policy().smallest_base)]
    flags = dict(zip(overall["indicator"], overall["flag"].astype(str), strict=True))
    made = {}
    for name, each in found.items():
        step = next((step for step in STEPS if step * each.asked >= FEW), None)
        if step and name in flags and not {HIDDEN, EMPTY} & set(flags[name].split()):
            made[name] = Unanswered(
                asked=_nearest(each.asked / 10) * 10,
                dont_know=_rounded(each.dont_know, step),
                missing=_rounded(each.missing, step),
                nearest=step,
            )
    return made


def _rounded(share: float, step: float) -> float:
    return round(_nearest(share / step) * step, 2)


def _nearest(number: float) -> int:
    return math.floor(number + 0.5)
