"""The value of a target, as people write it."""

import re
from decimal import Decimal

from engage.core.files.faults import Faults
from engage.core.indicators.model import Indicator
from engage.core.words.figure import scale_ends

_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)) ?(%?)")


def value_of(text: str, indicator: Indicator, where: str, faults: Faults) -> float | None:
    """The value in the unit of the figure: 0.72 for 72% and for 0.72, points for a score.

    Notes a fault for anything that is no such value; only a number is given back.
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        faults.add(f"{where}: the value {text[:20]!r} is not a number like 72%, 0.72 or 3.4.")
        return None
    value = Decimal(found[1]).scaleb(-2 if found[2] else 0)
    if indicator.kind.is_percentage:
        if not 0 <= value <= 1:
            faults.add(f"{where}: {text} is not from 0% to 100%. Write 72% or 0.72.")
    elif found[2]:
        faults.add(f"{where}: {indicator.id} is a score, not a percentage, so {text} is no target.")
    else:
        lowest, highest = scale_ends(indicator)
        if not lowest <= value <= highest:
            faults.add(
                f"{where}: {indicator.id} goes from {lowest:g} to {highest:g}, so {text} is no "
                "target."
            )
    return float(value)
