"""A table of themes that tells on nobody: how many of those who wrote named what.

It has no breakdown. A text may have several codes, so shares add up to more than all and no code
can be worked out from the others.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engage.core.disclosure.policy import Policy

NEAREST = 10
"""Numbers of people are told to the nearest ten, so that no table beside a later one, when a few
texts more are coded, tells what those few wrote."""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """How many people named a theme, to the nearest ten, and their share in whole percent.

    Both are None where that would tell on a few. `code` is None for texts that fit no code.
    """

    code: int | None
    people: int | None
    share: int | None


@dataclass(frozen=True, slots=True)
class Themes:
    """The rows in the order of the codes, and of how many people, to the nearest ten.

    Without rows too few people wrote.
    """

    people: int | None
    rows: tuple[ThemeRow, ...] = ()


def themes(
    given: Mapping[str, Collection[int]],
    weights: Mapping[str, float],
    codes: Sequence[int],
    policy: Policy | None = None,
) -> Themes:
    """The suppressed table of the codes that texts were given, by response.

    `weights` has the weight of each response that counts; those of nobody else are looked at. A
    row is hidden where fewer than `smallest_side` people named the theme or did not, and where
    nobody or everybody did and fewer than `low_base` wrote; if it is the only one that is hidden,
    the next smallest is too. Without `smallest_base` people there is no table.
    """
    policy = policy or Policy()
    texts = {one: set(found) for one, found in given.items() if weights.get(one, 0) > 0}
    if len(texts) < policy.smallest_base:
        return Themes(None)
    having: dict[int | None, list[str]] = {
        code: [one for one, found in texts.items() if code in found] for code in codes
    }
    having[None] = [one for one, found in texts.items() if not found]
    hidden = {code for code, some in having.items() if _few(len(some), len(texts), policy)}
    if len(hidden) == 1:
        left = [code for code in having if code not in hidden]
        hidden |= {min(left, key=lambda code: len(having[code]))} if left else set()
    total = sum(weights[one] for one in texts)
    rows = tuple(
        ThemeRow(code, None, None)
        if code in hidden
        else ThemeRow(
            code, _rounded(len(some)), round(100 * sum(weights[one] for one in some) / total)
        )
        for code, some in having.items()
    )
    return Themes(_rounded(len(texts)), rows)


def _few(yes: int, people: int, policy: Policy) -> bool:
    if yes in {0, people}:
        return people < policy.low_base
    return min(yes, people - yes) < policy.smallest_side


def _rounded(count: int) -> int:
    return math.floor(count / NEAREST + 0.5) * NEAREST
