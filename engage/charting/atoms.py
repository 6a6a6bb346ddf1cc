"""Which wards a new grouping would single out, beside all groupings that were shown before."""

from collections.abc import Iterable, Mapping


def too_small(
    people: Mapping[str, int],
    shown: Iterable[frozenset[str]],
    new: Iterable[frozenset[str]],
    few: int,
) -> list[list[str]]:
    """Sets of wards with some people but fewer than `few` that lie apart once all is shown.

    `people` are those who answered, by ward; the borough as a whole is always shown. Two wards lie
    together as long as every grouping has both or neither: only then can no subtraction of what is
    shown part them. What had fewer people before the new grouping is not its doing, and left out.
    """
    before = _atoms(people, shown)
    after = _atoms(people, [*shown, *new])
    small = [
        sorted(wards)
        for wards in after
        if 0 < sum(people[ward] for ward in wards) < few and wards not in before
    ]
    return sorted(small)


def _atoms(people: Mapping[str, int], groupings: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """The wards in the finest sets that the groupings tell apart."""
    sets = list(dict.fromkeys(groupings))
    together: dict[tuple[bool, ...], set[str]] = {}
    for ward in people:
        together.setdefault(tuple(ward in each for each in sets), set()).add(ward)
    return {frozenset(each) for each in together.values()}
