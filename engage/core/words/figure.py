"""One figure in words: how many, how sure we are, and of whom."""

import math

from engage.core.indicators.model import Indicator
from engage.core.statistics.estimate import Estimate
from engage.core.words.amount import amount
from engage.core.words.rounding import places_of, printed
from engage.core.words.whom import Whom, those

ROUGH = "Few people answered, so this is a rough guide."
PRIVATE = "not shown, to keep the people who answered private"


def figure_words(indicator: Indicator, estimate: Estimate) -> str:
    """A figure with its 95% interval, such as: About 7 in 10 (69% to 75%).

    A score is never called a percentage, nor is a mean of percentages a share of people. What is
    not shown, or that nobody answered, is said instead.
    """
    return capital(_told(indicator, estimate))


def sentence(indicator: Indicator, estimate: Estimate, whom: Whom) -> str:
    """A figure as a sentence or more: what, how many, of whom, and how many people answered."""
    told = f"{indicator.name}: {of_whom(indicator, estimate, whom)}"
    if estimate.hidden or estimate.empty:
        return told
    said = [told, _people(estimate.base or 0)]
    return " ".join([*said, ROUGH] if estimate.low else said)


def of_whom(indicator: Indicator, estimate: Estimate, whom: Whom) -> str:
    """How many of whom, to stand after a name: about 7 in 10 (69% to 75%) of residents."""
    told = _told(indicator, estimate)
    if estimate.hidden or estimate.empty:
        return f"{told}."
    return f"{told} {'of' if indicator.kind.is_share else 'among'} {those(whom)}."


def scale_ends(indicator: Indicator) -> tuple[float, float]:
    """The least and the most that a score can be."""
    points, count = indicator.scores.values(), len(indicator.variables)
    return count * min(points), count * max(points)


def scale_words(indicator: Indicator) -> str:
    """The scale of a score, such as: a scale from 1 to 5."""
    lowest, highest = scale_ends(indicator)
    return f"a scale from {lowest:g} to {highest:g}"


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _told(indicator: Indicator, estimate: Estimate) -> str:
    if estimate.hidden:
        return PRIVATE
    if estimate.empty:
        return "nobody answered"
    percentage = indicator.kind.is_percentage
    if indicator.kind.is_share:
        return amount(
            estimate.value,
            estimate.lower,
            estimate.upper,
            places=places_of(estimate.effective_base, percentage=True),
            plain=indicator.sensitive,
        )
    value = printed(estimate.value, estimate.effective_base, percentage=percentage)
    if percentage:
        return f"a mean of {value}{_spread(estimate)} over {len(indicator.variables)} measures"
    scale = scale_words(indicator)
    return f"a mean score of {value}{_spread(estimate, percentage=False)} on {scale}"


def _spread(estimate: Estimate, *, percentage: bool = True) -> str:
    if math.isnan(estimate.lower) or math.isnan(estimate.upper):
        return ""
    lower, upper = (
        printed(limit, estimate.effective_base, percentage=percentage)
        for limit in (estimate.lower, estimate.upper)
    )
    return f" ({lower} to {upper})"


def _people(base: int) -> str:
    return "1 person answered." if base == 1 else f"{base:,} people answered."
