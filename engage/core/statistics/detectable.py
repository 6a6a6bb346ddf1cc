"""The smallest change that a next wave could show, so that nobody waits for less."""

import math

from scipy import special

LEVEL = 0.05
POWER = 0.8


def smallest_change(
    standard_error: float,
    next_error: float | None = None,
    *,
    power: float = POWER,
    level: float = LEVEL,
) -> float:
    """The change, in the unit of the figure, that a two-sided test finds with this power.

    (z(1 - level/2) + z(power)) * sqrt(error now squared + error next squared): 2.8 times the
    error of the change at 5% and 80% (Cohen 1988, chapter 2). Without `next_error` the next wave
    is taken to be as precise as this one. Not a number without an error above 0.
    """
    after = standard_error if next_error is None else next_error
    if not (standard_error > 0 and after > 0):
        return math.nan
    reach = float(special.ndtri(1 - level / 2) + special.ndtri(power))
    return reach * math.hypot(standard_error, after)


def error_of_next(standard_error: float, base: int, next_base: int) -> float:
    """The standard error to expect from `next_base` people, with the same design effect.

    Raises ValueError for a base of nobody.
    """
    if base < 1 or next_base < 1:
        raise ValueError(f"A wave of {min(base, next_base)} people has no error to expect.")
    return standard_error * math.sqrt(base / next_base)
