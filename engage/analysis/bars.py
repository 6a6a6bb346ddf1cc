"""A figure as a page draws it: words for people, and lengths in percent for the bar beside them."""

import math
from dataclasses import dataclass
from functools import partial

from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import EMPTY, HIDDEN, LOW, Estimate
from engage.core.words.figure import scale_ends
from engage.core.words.rounding import printed

MARKS: dict[str, str] = {
    HIDDEN: "Not shown, so that nobody can be recognised: too few people answered, or the figure "
    "would give away another one that is not shown.",
    LOW: "Fewer than 100 people answered. Read it with care.",
    EMPTY: "Nobody answered.",
}
"""What the marks beside figures stand for, in the order of the key."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where a figure can go, and how it is written."""

    lowest: float
    highest: float
    share: bool

    def words(self, value: float, effective_base: float) -> str:
        """The value as it is printed, by the rounding rule."""
        return printed(value, effective_base, percentage=self.share)

    def length(self, value: float) -> str:
        """How far along the bar the value is, in percent."""
        reach = (value - self.lowest) / (self.highest - self.lowest)
        return f"{100 * min(max(reach, 0.0), 1.0):.1f}%"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its figure, interval and people in words; lengths for the bar, if there is one."""

    label: str
    figure: str
    interval: str = ""
    people: str = ""
    mark: str = ""
    value: str = ""
    lower: str = ""
    upper: str = ""
    href: str = ""


def scale_of(indicator: Indicator) -> Scale:
    """The scale of an indicator: 0 to 1 for percentages, else the least and the most points."""
    if indicator.kind.is_percentage:
        return Scale(0.0, 1.0, share=True)
    return Scale(*scale_ends(indicator), share=False)


def bar(label: str, indicator: Indicator, estimate: Estimate, href: str = "") -> Bar:
    """The row of one figure."""
    scale = scale_of(indicator)
    if estimate.hidden or estimate.empty:
        return Bar(label, estimate.flag, mark=estimate.flag, href=href)
    spread = not (math.isnan(estimate.lower) or math.isnan(estimate.upper))
    words = partial(scale.words, effective_base=estimate.effective_base)
    return Bar(
        label=label,
        figure=words(estimate.value),
        interval=f"{words(estimate.lower)} to {words(estimate.upper)}" if spread else "",
        people="1 person" if estimate.base == 1 else f"{estimate.base:,} people",
        mark=LOW if estimate.low else "",
        value=scale.length(estimate.value),
        lower=scale.length(estimate.lower) if spread else "",
        upper=scale.length(estimate.upper) if spread else "",
        href=href,
    )


def unit_of(indicator: Indicator) -> str:
    """What the numbers of an indicator are."""
    scale = scale_of(indicator)
    if scale.share:
        return "Percentages of people" if indicator.kind.is_share else "Mean of percentages"
    return f"Mean score from {scale.lowest:g} to {scale.highest:g}"


def key_of(bars: list[Bar]) -> list[tuple[str, str]]:
    """The marks that occur, each with its meaning."""
    used = {each.mark for each in bars}
    return [(mark, says) for mark, says in MARKS.items() if mark in used]
