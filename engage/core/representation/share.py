"""Each group's share of those who answered beside its share of the residents."""

import math
from collections.abc import Sequence

from engage.core.representation.representation import Gap, Group, State

Z = 1.959963984540054
LEAST_EXPECTED = 5
Counts = Sequence[tuple[str, int, float]]
"""Groups of one margin: the name, the people who answered, and the residents."""


def wilson(count: int, size: int) -> tuple[float, float]:
    """Wilson's 95% score interval (1927) for `count` of `size` people, as shares of 0 to 1.

    p = count / size; middle (p + z^2 / 2n) / (1 + z^2 / n), reach
    z sqrt(p (1 - p) / n + z^2 / 4n^2) / (1 + z^2 / n). Raises ValueError for a size below 1 or a
    count that is not between 0 and the size.
    """
    if size < 1 or not 0 <= count <= size:
        raise ValueError(f"{count} of {size} people is no share: give 0 to {size} of 1 or more.")
    p, square = count / size, Z**2 / size
    middle = (p + square / 2) / (1 + square)
    reach = Z * math.sqrt(p * (1 - p) / size + square / (4 * size)) / (1 + square)
    lower = 0.0 if count == 0 else max(0.0, middle - reach)
    upper = 1.0 if count == size else min(1.0, middle + reach)
    return lower, upper


def groups_of(margin: str, counts: Counts) -> tuple[Group, ...]:
    """Each group of a margin with its ratio of shares and what that says.

    The interval of the ratio is Wilson's for the share of those who answered, divided by the
    share of the residents, which is fixed: it is counted, not sampled. Where shares alone make
    fewer than 5 people be expected of a group, any number of them is too few to say.
    """
    known = sum(people for _name, people, _residents in counts)
    total = sum(residents for _name, _people, residents in counts)
    return tuple(_group(margin, *each, known=known, total=total) for each in counts)


def gap_of(margin: str, counts: Counts, unknown: int = 0) -> Gap:
    """The dissimilarity of a whole margin, and the group furthest from its share.

    Dissimilarity D = half the sum of |p - q| over the groups, p of those who answered and q of
    the residents (Duncan and Duncan 1955): 0 when all shares agree, 1 when nobody who answered
    is of a group that lives here. 1 - D is the proportional similarity of other tools. The
    standardised gap of a group is (p - q) / sqrt(q (1 - q)), the difference in standard
    deviations, which does not grow with the number of answers; 0.1 is often called small. Both
    are None where nobody answered or nobody lives here.

    By hand: 30, 70 people for 50, 50 residents: D = (0.2 + 0.2) / 2 = 0.2, and the gaps are
    -0.2 / 0.5 = -0.4 and 0.4, of which the first is told.
    """
    known = sum(people for _name, people, _residents in counts)
    total = sum(residents for _name, _people, residents in counts)
    if not known or not total > 0:
        return Gap(margin, known, unknown, None, None, None)
    pairs = [(name, people / known, held / total) for name, people, held in counts]
    gaps = {name: (p - q) / math.sqrt(q * (1 - q)) for name, p, q in pairs if 0 < q < 1}
    widest = max(gaps, key=lambda name: abs(gaps[name]), default=None)
    return Gap(
        margin,
        known,
        unknown,
        min(1.0, sum(abs(p - q) for _name, p, q in pairs) / 2),
        widest,
        None if widest is None else gaps[widest],
    )


def _group(
    margin: str, name: str, people: int, residents: float, *, known: int, total: float
) -> Group:
    share = people / known if known else None
    held = residents / total if total > 0 else None
    if not held:
        return Group(margin, name, people, residents, share, held, None, None, None, State.NOBODY)
    if share is None:
        return Group(margin, name, 0, residents, None, held, None, None, None, State.TOO_FEW)
    lower, upper = (limit / held for limit in wilson(people, known))
    state = State.LEVEL
    if known * held < LEAST_EXPECTED:
        state = State.TOO_FEW
    elif upper < 1:
        state = State.UNDER
    elif lower > 1:
        state = State.OVER
    return Group(margin, name, people, residents, share, held, share / held, lower, upper, state)
