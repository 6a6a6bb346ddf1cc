"""What suppression must know about a set of indicators."""

from collections.abc import Sequence
from itertools import combinations

from engage.core.indicators.model import Indicator
from engage.core.statistics.suppress import Policy


def disclosure(indicators: Sequence[Indicator]) -> Policy:
    """The default policy, with these indicators' sensitive ones and complementary pairs."""
    return Policy(
        sensitive=frozenset(each.id for each in indicators if each.sensitive),
        complements=tuple(
            (a.id, b.id) for a, b in combinations(indicators, 2) if _complementary(a, b)
        ),
    )


def _complementary(a: Indicator, b: Indicator) -> bool:
    """Whether everybody in the base is in exactly one of the two numerators."""
    same = (a.kind, a.variables, set(a.base)) == (b.kind, b.variables, set(b.base))
    return (
        same
        and len(a.variables) == 1
        and bool(a.base)
        and set(a.numerator).isdisjoint(b.numerator)
        and set(a.numerator) | set(b.numerator) == set(a.base)
    )
