"""One figure held to a target."""

import math
from dataclasses import dataclass

from engage.core.indicators.model import Better
from engage.core.indicators.reasons import Reason, withheld
from engage.core.statistics.detectable import smallest_change
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.target import Target, Verdict, judge, less


@dataclass(frozen=True, slots=True)
class Held:
    """What a figure says about a target, or the `reason` why it says nothing.

    `distance` is the figure less the target, `lower` and `upper` the limits of the figure less it,
    all in the unit of the figure. `detectable` is the smallest change that a next wave as precise
    as this one would show. What is absent is not a number.
    """

    verdict: Verdict | None = None
    distance: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    detectable: float = math.nan
    reason: Reason | None = None


def hold(target: Target, figure: Estimate | None, better: Better) -> Held:
    """A suppressed figure held to a target by its own interval, the one that is printed with it.

    So nobody reads "met" beside an interval that reaches below the target. For shares that is
    `xlogit`, and Clopper and Pearson's at 0% and 100%. Give None for a figure that is not there.
    """
    if figure is None:
        return Held(reason=Reason.GONE)
    if reason := withheld(figure):
        return Held(reason=reason)
    higher = better is Better.HIGHER
    return Held(
        judge(target, figure.value, figure.lower, figure.upper, higher_is_better=higher),
        less(figure.value, target),
        less(figure.lower, target),
        less(figure.upper, target),
        smallest_change(figure.standard_error),
    )
