"""Which places add up to which: groups to the total, wards to their area, waves to all of them."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from engage.core.statistics.arrays import FloatArray, IntArray

Place = tuple[str, str, str]
"""A wave, a breakdown and one of its groups."""
Group = tuple[str, str]
"""A breakdown and one of its groups, in any wave."""
TOTAL: Group = ("overall", "all")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rest:
    """The people of a group who are in none of some of its parts.

    Nobody prints them, but whoever has the others can subtract: they are a group like any other.
    """

    name: Group
    whole: Group
    parts: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and its parts, as columns of the counts.

    Without a column for the whole it may stand in another table, so it counts as shown. Parts may
    leave people out, those who did not say to which they belong.
    """

    whole: int | None
    parts: IntArray


def sums_of(
    places: Sequence[Place],
    within: Iterable[tuple[Group, Group]] = (),
    pooled: Mapping[str, Sequence[str]] | None = None,
    rests: Sequence[Rest] = (),
) -> list[Sum]:
    """Every sum that holds among the places.

    Each breakdown adds up to the total of its wave. `within` has pairs of a part and its whole in
    another breakdown, and `pooled` the waves that a wave is made of. `rests` are among the places.
    """
    column_of = {place: column for column, place in enumerate(places)}
    wholes_of = _gathered(sorted(set(within)))
    pools_of = _gathered((wave, pool) for pool, ws in sorted((pooled or {}).items()) for wave in ws)
    rest_of = {rest.name: rest for rest in rests}
    families: dict[tuple[Place, str], list[int]] = {}
    for place, column in column_of.items():
        wave, (breakdown, group) = place[0], place[1:]
        if rest := rest_of.get((breakdown, group)):
            # What is left is a part like the others, so that nobody is left out.
            wholes = [((wave, *rest.whole), rest.parts[0][0])]
        else:
            wholes = [((wave, *TOTAL), breakdown)] if (breakdown, group) != TOTAL else []
        near = [((wave, *whole), breakdown) for whole in wholes_of.get((breakdown, group), ())]
        near += [((pool, breakdown, group), "wave") for pool in pools_of.get(wave, ())]
        for key in [*wholes, *(each for each in near if each[0] in column_of)]:
            families.setdefault(key, []).append(column)
    return [
        Sum(column_of.get(whole), np.array(parts, dtype=np.int64))
        for (whole, _breakdown), parts in families.items()
    ]


def _gathered(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, list[Key]]:
    """The second of each pair under the first."""
    found: dict[Key, list[Key]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found


def left_out(side: FloatArray | IntArray, each: Sum) -> FloatArray:
    """How many of a count are in the whole and in none of the parts, for each indicator."""
    if each.whole is None:
        return np.zeros(len(side))
    return np.asarray(side[:, each.whole] - side[:, each.parts].sum(axis=1), dtype=np.float64)
