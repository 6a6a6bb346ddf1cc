"""Who is still needed during fieldwork: how many more of each group, for its share of answers."""

import math
from collections.abc import Sequence

from engage.core.representation.representation import Need, Needed

LEAST_A_GROUP = 5
PLURAL = {"female": ("woman", "women"), "male": ("man", "men"), "": ("person", "people")}


def targets(residents: Sequence[float], total: int) -> tuple[int, ...]:
    """`total` people shared out by residents, in whole people that add up to it.

    Everybody gets the whole part of their share, and the people left over go to the largest
    remainders (Hamilton's method), the first of equal ones. Raises ValueError for a total below
    0, and where nobody lives here.
    """
    held = math.fsum(residents)
    if total < 0 or not held > 0:
        raise ValueError(
            f"{total} people cannot be shared out over {held:g} residents: give a target of 0 or "
            "more, and residents."
        )
    exact = [total * each / held for each in residents]
    whole = [math.floor(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: total - sum(whole)]:
        whole[place] += 1
    return tuple(whole)


def needed(by: str, groups: Sequence[tuple[str, str, str, int, float]], total: int) -> Needed:
    """The groups that are short of their share of `total` responses, the shortest first.

    Each group is its sex (`female`, `male` or nothing), age and ward in words (nothing where the
    classification has none), the people who answered, and its residents. A group that has more
    than its share needs nobody and takes nothing away from others, so the numbers still needed
    add up to at least `total` less those who answered.
    """
    if not groups:
        return Needed(by, total, ())
    wanted = targets([residents for *_words, residents in groups], total)
    rows = [
        Need(in_words(target - people, sex, age, ward), target - people, people, target)
        for (sex, age, ward, people, _residents), target in zip(groups, wanted, strict=True)
        if target > people
    ]
    return Needed(by, total, tuple(sorted(rows, key=lambda row: -row.more)))


def in_words(more: int, sex: str = "", age: str = "", ward: str = "") -> str:
    """A number of people of a group in words: 23 men aged 16 to 24 in Abbey."""
    one, many = PLURAL[sex]
    words = f"{more:,} {one if more == 1 else many}"
    words += f" aged {age}" if age else ""
    return f"{words} in {ward}" if ward else words


def fine_enough(groups: int, total: int, least: int = LEAST_A_GROUP) -> bool:
    """Whether the groups get so many people each on average; a finer one would be noise."""
    return total >= least * groups
