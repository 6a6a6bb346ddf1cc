"""Figures in honest words: what was found, how sure we are, and of whom."""

from decimal import ROUND_HALF_UP, Decimal

from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import Estimate

OPEN_LINK = (
    "Anyone with the link could answer, so this is not a random sample. The interval allows for "
    "chance only. It cannot allow for people who chose not to answer."
)


def rounded(value: float, places: int = 0) -> str:
    """A number rounded half away from zero, as people do by hand: 0.5 is 1 and -0.5 is -1."""
    step = Decimal(1).scaleb(-places)
    number = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return f"{abs(number) if number == 0 else number:f}"


def percent(proportion: float, places: int = 0) -> str:
    """A proportion as a percentage, rounded half away from zero: 0.725 is 73%."""
    # Shifted as a decimal: 0.145 times 100 is 14.499999999999998 in binary.
    return f"{rounded(float(Decimal(repr(float(proportion))).scaleb(2)), places)}%"


def sentence(indicator: Indicator, estimate: Estimate) -> str:
    """One figure as a sentence or two, with its interval and base, or why it is not shown."""
    if estimate.hidden:
        return f"{indicator.name}: not shown, to keep the people who answered private."
    if estimate.empty:
        return f"{indicator.name}: nobody answered."
    told = [
        f"{indicator.name}: {_figure(indicator, estimate.value)}{_interval(indicator, estimate)}."
    ]
    told.append(_people(estimate.base or 0))
    if estimate.low:
        told.append("So few people answered that this figure needs care.")
    return " ".join(told)


def _figure(indicator: Indicator, value: float) -> str:
    if indicator.kind.is_percentage:
        return percent(value)
    return f"a mean score of {rounded(value, 2)}"


def _interval(indicator: Indicator, estimate: Estimate) -> str:
    if estimate.lower != estimate.lower:  # not a number: one person has no interval
        return ""
    show = percent if indicator.kind.is_percentage else _score
    return f" (95% interval {show(estimate.lower)} to {show(estimate.upper)})"


def _score(value: float) -> str:
    return rounded(value, 2)


def _people(base: int) -> str:
    return "1 person answered." if base == 1 else f"{base:,} people answered."
