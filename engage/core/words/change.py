"""A change since another wave in words, and the smallest change that the next wave could show."""

import math
from dataclasses import dataclass
from typing import Protocol

from engage.core.indicators.model import Better, Indicator
from engage.core.indicators.reasons import NO_CHANGE, Reason
from engage.core.statistics.estimate import Estimate
from engage.core.statistics.sampling import SampleType
from engage.core.words.figure import scale_words
from engage.core.words.rounding import (
    places_of,
    points,
    points_up,
    printed,
    rounded,
    rounded_up,
)

CLEAR = 0.05
"""A change is clear if its p-value, adjusted for the tests of its table, is below this."""

BEFORE_ROUNDING = (
    "The change is worked out before rounding, so it is not quite the difference of the two "
    "printed figures."
)
OTHER_PEOPLE = (
    "People were asked in another way in each of the two waves, so this may tell of who answered "
    "and not of a change."
)
AMONG: dict[SampleType, str] = {
    SampleType.OPEN_LINK: (
        "A change is among those who answered; in both waves people chose for themselves whether "
        "to."
    ),
    SampleType.PANEL: "A change is among the members of the panel who answered.",
    SampleType.RANDOM: "",
}
"""Of whom a change is, where both waves asked people in the same way."""


class Changed(Protocol):
    """A figure less that of the wave before, in the figure's unit, or the reason why not.

    `p_adjusted` is adjusted within `tests` tests; a `reason` goes with what it `says`. Numbers that
    are absent are not a number.
    """

    @property
    def value(self) -> float: ...
    @property
    def lower(self) -> float: ...
    @property
    def upper(self) -> float: ...
    @property
    def p_adjusted(self) -> float: ...
    @property
    def tests(self) -> int: ...
    @property
    def reason(self) -> Reason | None: ...
    @property
    def says(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Between:
    """The two waves of a change: the figure in each where it is known, and who was asked."""

    since: str
    asked_then: SampleType
    asked_now: SampleType
    then: Estimate | None = None
    now: Estimate | None = None

    def base(self) -> float:
        """The smaller effective base; not a number where one is not known."""
        bases = [each.effective_base for each in (self.then, self.now) if each]
        known = len(bases) == 2 and not any(map(math.isnan, bases))
        return min(bases) if known else math.nan


def change_words(
    indicator: Indicator, change: Changed, between: Between, *, among: bool = True
) -> str:
    """A change in words: clear or not, by how much, better or worse, and among whom.

    Such as: Up 6 points since 2024 (2 to 10 points), which is better. Without `among` whom, which
    a page may say once for all its changes; that people were asked in another way is always said.
    """
    if change.reason is Reason.HIDDEN:
        return "Not compared, to keep people private."
    if change.reason or math.isnan(change.value):
        return f"Not compared with {between.since}: {_why(change)}"
    if math.isnan(change.p_adjusted):
        return f"Not tested against {between.since}: in each wave all answers were alike."
    if is_clear(change):
        told = [_clear(indicator, change, between), _before_rounding(indicator, change, between)]
    else:
        told = [_unclear(indicator, change, between)]
    if between.asked_then is not between.asked_now:
        told.append(OTHER_PEOPLE)
    elif among:
        told.append(AMONG[between.asked_now])
    return " ".join(filter(None, told))


def is_clear(change: Changed) -> bool:
    """Whether chance is no good explanation of a change; never where it has no number or test."""
    return change.p_adjusted < CLEAR and not change.lower <= 0 <= change.upper


def detectable_words(indicator: Indicator, change: float) -> str:
    """The smallest change that a next wave as precise would show; empty if that is not known.

    Rounded up: what is printed can be shown.
    """
    if math.isnan(change):
        return ""
    if indicator.kind.is_percentage:
        size = points_up(change)
        told = f"{size} {_unit(size)}"
    else:
        told = f"{rounded_up(change, 1)} on {scale_words(indicator)}"
    return f"The next wave, if as many answer, could show a change of {told} or more."


def _why(change: Changed) -> str:
    known = NO_CHANGE.get(change.reason) if change.reason else None
    said = change.says or known or "There is no number."
    return f"{said[:1].lower()}{said[1:].removesuffix('.')}."


def _clear(indicator: Indicator, change: Changed, between: Between) -> str:
    up = change.value > 0
    size, spread = _Size(indicator, between), sorted((abs(change.lower), abs(change.upper)))
    told = (
        f"{'Up' if up else 'Down'} {size.short(change.value)} since {between.since} "
        f"({size.number(spread[0])} to {size.full(spread[1])})"
    )
    if indicator.better is Better.NEITHER:
        return f"{told}."
    better = up is (indicator.better is Better.HIGHER)
    return f"{told}, which is {'better' if better else 'worse'}."


def _unclear(indicator: Indicator, change: Changed, between: Between) -> str:
    size, told = _Size(indicator, between), f"No clear change since {between.since}"
    if change.lower <= 0 <= change.upper:
        least = f"a fall of {size.short(change.lower)}" if change.lower else "no change"
        most = f"a rise of {size.full(change.upper)}" if change.upper else "no change"
        return f"{told}: it may be anything from {least} to {most}."
    spread = sorted((abs(change.lower), abs(change.upper)))
    return (
        f"{told}. On its own this would be a {'rise' if change.value > 0 else 'fall'} of "
        f"{size.number(spread[0])} to {size.full(spread[1])}, but of {change.tests} changes tested "
        "together some this size come by chance."
    )


def _before_rounding(indicator: Indicator, change: Changed, between: Between) -> str:
    """That a reader who subtracts the printed figures gets something else, if so."""
    if not (between.then and between.now):
        return ""
    percentage, size = indicator.kind.is_percentage, _Size(indicator, between)
    then, now = (
        float(printed(each.value, each.effective_base, percentage=percentage).removesuffix("%"))
        for each in (between.then, between.now)
    )
    by_hand = (now - then) / (100 if percentage else 1)
    return "" if size.number(by_hand) == size.number(change.value) else BEFORE_ROUNDING


@dataclass(frozen=True, slots=True)
class _Size:
    """How the size of a change is written: percentage points, or steps of a score."""

    indicator: Indicator
    between: Between

    def number(self, value: float) -> str:
        """The bare number without its sign; one above 0 is not rounded to it."""
        percentage = self.indicator.kind.is_percentage
        places = places_of(self.between.base(), percentage=percentage)
        shown = (points if percentage else rounded)(abs(value), places)
        if value and not float(shown):
            return f"less than {rounded(10**-places, places)}"
        return shown

    def short(self, value: float) -> str:
        """With its unit where that is points: 6 points, or 0.3."""
        number = self.number(value)
        return f"{number} {_unit(number)}" if self.indicator.kind.is_percentage else number

    def full(self, value: float) -> str:
        """With its unit or its scale: 10 points, or 0.4 on a scale from 1 to 5."""
        if self.indicator.kind.is_percentage:
            return self.short(value)
        return f"{self.number(value)} on {scale_words(self.indicator)}"


def _unit(number: str) -> str:
    return "point" if number in {"1", "less than 1"} else "points"
