"""A target, and whether a figure meets it beyond what chance could have done.

Read by pages with their indicators, so without numpy.
"""

from dataclasses import dataclass
from enum import StrEnum

SAME = 1e-6
"""Weights are found by iteration: a figure that is a millionth short of a target has reached it.

So 0.7199999 reaches a target of 0.72, and 0.7199 does not.
"""


class Operator(StrEnum):
    """How a target is set: hold, or move to at least or at most its value."""

    AT_LEAST = ">="
    AT_MOST = "<="
    HOLD = "="


class Verdict(StrEnum):
    """What a figure and its interval say about a target."""

    MET = "met"
    MET_WITHIN = "met within sampling error"
    NOT_MET_WITHIN = "not met within sampling error"
    NOT_MET = "not met"


@dataclass(frozen=True, slots=True)
class Target:
    """A target, which is known without error; `value` is in the unit of its indicator.

    `year` and `source` say for when it was set and where it is written down.
    """

    operator: Operator
    value: float
    year: str = ""
    source: str = ""


def less(value: float, target: Target) -> float:
    """A figure less its target, in its unit; nought where only the computer tells them apart."""
    gap = value - target.value
    return 0.0 if abs(gap) <= SAME else gap


def judge(
    target: Target, value: float, lower: float, upper: float, *, higher_is_better: bool
) -> Verdict:
    """Whether a figure with this interval meets the target, by the direction that is better.

    Met only if the whole interval is at or beyond the target on the better side, not met only if
    all of it is on the other; in between the figure is met or not within sampling error. A target
    to hold a figure ("= 20%") is met by anything at least as good. Raises ValueError for a figure
    that is absent.
    """
    if any(each != each for each in (value, lower, upper)):  # noqa: PLR0124  not a number
        raise ValueError("A figure without a value and an interval cannot be held to a target.")
    upwards = {
        Operator.AT_LEAST: True,
        Operator.AT_MOST: False,
        Operator.HOLD: higher_is_better,
    }[target.operator]
    sign = 1 if upwards else -1
    worst, best = (lower, upper) if upwards else (upper, lower)
    if sign * less(worst, target) >= 0:
        return Verdict.MET
    if sign * less(best, target) < 0:
        return Verdict.NOT_MET
    reached = sign * less(value, target) >= 0
    return Verdict.MET_WITHIN if reached else Verdict.NOT_MET_WITHIN
