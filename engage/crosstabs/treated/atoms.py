"""Which wards a new grouping would single out, beside all groupings that were shown before."""

from collections.abc import Iterable, Mapping


def too_small(people: Mapping[str, int], shown: Iterable[frozenset[str]], few: int) -> bool:
    """Whether wards with some people but fewer than `few` lie apart once all of this is shown.

    `people` are those who are counted, by ward; all of them together are always shown. Two wards
    lie together as long as every grouping has both or neither: only then can no subtraction of
    what is shown part them.
    """
    groupings = list(dict.fromkeys(shown))
    together: dict[tuple[bool, ...], int] = {}
    for ward, number in people.items():
        place = tuple(ward in each for each in groupings)
        together[place] = together.get(place, 0) + number
    return any(0 < number < few for number in together.values())
