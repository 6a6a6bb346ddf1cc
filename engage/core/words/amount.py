"""How many: a share and its interval as a fraction that people use, where one is true enough.

The rule table is in `docs/methods.md`, under “How a figure is put into words”.
"""

import math

from engage.core.words.rounding import percent

FRACTIONS: tuple[tuple[str, float], ...] = (
    ("1 in 10", 0.1),
    ("1 in 5", 0.2),
    ("3 in 10", 0.3),
    ("4 in 10", 0.4),
    ("half", 0.5),
    ("6 in 10", 0.6),
    ("7 in 10", 0.7),
    ("8 in 10", 0.8),
    ("9 in 10", 0.9),
    ("1 in 4", 1 / 4),
    ("1 in 3", 1 / 3),
    ("2 in 3", 2 / 3),
    ("3 in 4", 3 / 4),
)
"""The fractions that there are words for; of two that are equally near the first is taken."""

NEAR = 0.02
"""A fraction is said of an estimate at most so far away, whatever its interval."""

NEAR_INSIDE = 0.03
"""Or so far, if the fraction is inside the interval."""

WIDEST = 0.2
"""An interval from end to end beyond which no fraction is said: 10 points on either side."""

FEW, FEW_AT_MOST = 0.05, 0.1
"""Hardly any: the estimate and the end of its interval are at most so much; nearly all mirrors it.
"""

_DIGITS = 9  # differences of binary numbers are compared to so many


def amount(value: float, lower: float, upper: float, *, places: int, plain: bool = False) -> str:
    """A share from 0 to 1 with its 95% interval, such as: about 7 in 10 (69% to 75%).

    Without an interval (not a number) the percentage stands alone. Nobody and everybody are never
    said: a sample cannot tell. `plain` says "fewer than 1 in 10" for "hardly any", of harm.
    """
    if math.isnan(lower) or math.isnan(upper):
        return _share(value, places)
    ends = percent(lower, places), percent(upper, places)
    few = value <= FEW and upper <= FEW_AT_MOST
    nearly_all = value >= 1 - FEW and lower >= 1 - FEW_AT_MOST
    if _beyond(upper - lower, WIDEST) or (value in {0, 1} and not (few or nearly_all)):
        return f"somewhere between {ends[0]} and {ends[1]}"
    if few:
        words = "fewer than 1 in 10" if plain else "hardly any"
    elif nearly_all:
        words = "nearly all"
    elif fraction := nearest(value, lower, upper):
        words = f"about {fraction[0]}"
    else:
        words = _share(value, places)
    return f"{words} ({ends[0]} to {ends[1]})"


def nearest(value: float, lower: float, upper: float) -> tuple[str, float] | None:
    """The fraction nearest to a share, if it is near enough to be said of it."""
    name, fraction = min(FRACTIONS, key=lambda each: round(abs(each[1] - value), _DIGITS))
    inside = lower <= fraction <= upper
    if _beyond(abs(fraction - value), NEAR_INSIDE if inside else NEAR):
        return None
    return name, fraction


def _beyond(size: float, limit: float) -> bool:
    return round(size - limit, _DIGITS) > 0


def _share(value: float, places: int) -> str:
    """The percentage itself; one that is not 0% or 100% is not rounded to it."""
    step, shown = percent(10 ** -(places + 2), places), percent(value, places)
    if shown == percent(0, places) and value > 0:
        return f"under {step}"
    if shown == percent(1, places) and value < 1:
        return f"over {percent(1 - 10 ** -(places + 2), places)}"
    return shown
