"""The rounding rule, in one place: how many decimals a printed figure has, and where halves go."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

PRECISE = 1000
"""From this effective base on, one more decimal is more than noise."""


def rounded(value: float, places: int = 0) -> str:
    """A number rounded half away from zero, as people do by hand: 0.5 is 1 and -0.5 is -1."""
    return _written(Decimal(repr(float(value))), places, ROUND_HALF_UP)


def percent(proportion: float, places: int = 0) -> str:
    """A proportion as a percentage, rounded half away from zero: 0.725 is 73%."""
    return f"{_written(_hundredfold(proportion), places, ROUND_HALF_UP)}%"


def points(proportion: float, places: int = 0) -> str:
    """A difference of two proportions in percentage points: 0.064 is 6."""
    return _written(_hundredfold(proportion), places, ROUND_HALF_UP)


def points_up(proportion: float) -> str:
    """The same in whole points, and no less than it is: 0.043 is 5."""
    return _written(_hundredfold(proportion), 0, ROUND_CEILING)


def rounded_up(value: float, places: int) -> str:
    """A number with so many decimals, and no less than it is: 0.21 is 0.3 with one."""
    return _written(Decimal(repr(float(value))), places, ROUND_CEILING)


def exact_percent(proportion: float) -> str:
    """A proportion as a percentage with the decimals that somebody gave it: 0.725 is 72.5%."""
    # 0.57 was meant where the computer has 0.5699999999999999.
    return f"{round(_hundredfold(proportion), 6).normalize():f}%"


def places_of(effective_base: float, *, percentage: bool) -> int:
    """The decimals of a printed figure with that effective base.

    A percentage has none, or one from an effective base of 1,000 on; a score has one, or two.
    An effective base that is absent, not a number, earns no decimal.
    """
    return int(effective_base >= PRECISE) + int(not percentage)


def printed(value: float, effective_base: float, *, percentage: bool) -> str:
    """A figure or a limit of its interval as it is printed, such as 73%, 72.5% or 2.9."""
    places = places_of(effective_base, percentage=percentage)
    return percent(value, places) if percentage else rounded(value, places)


def _hundredfold(proportion: float) -> Decimal:
    """A proportion in percent, moved as a decimal: in binary 0.145 times 100 is below 14.5."""
    return Decimal(repr(float(proportion))).scaleb(2)


def _written(number: Decimal, places: int, rule: str) -> str:
    step = Decimal(1).scaleb(-places)
    shown = number.quantize(step, rounding=rule)
    return f"{abs(shown) if shown == 0 else shown:f}"
