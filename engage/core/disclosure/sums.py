"""Which places add up to which: groups to the total, wards to their area, waves to all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engage.core.disclosure.counts import Place
from engage.core.statistics.arrays import FloatArray, IntArray

Group = tuple[str, str]
"""A breakdown and one of its groups, in any wave."""
TOTAL: Group = ("overall", "all")


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
) -> list[Sum]:
    """Every sum that holds among the places.

    Each breakdown adds up to the total of its wave. `within` has pairs of a part and its whole in
    another breakdown, and `pooled` the waves that a wave is made of.
    """
    column_of = {place: column for column, place in enumerate(places)}
    families: dict[tuple[Place, str], list[int]] = {}
    wholes_of: dict[Group, list[Group]] = {}
    for part, whole in sorted(set(within)):
        wholes_of.setdefault(part, []).append(whole)
    waves_of: dict[str, list[str]] = {}
    for pool, waves in sorted((pooled or {}).items()):
        for wave in waves:
            waves_of.setdefault(wave, []).append(pool)
    for (wave, breakdown, group), column in column_of.items():
        if (breakdown, group) != TOTAL:
            families.setdefault(((wave, *TOTAL), breakdown), []).append(column)
        for whole in wholes_of.get((breakdown, group), ()):
            if (wave, *whole) in column_of:
                families.setdefault(((wave, *whole), breakdown), []).append(column)
        for pool in waves_of.get(wave, ()):
            if (pool, breakdown, group) in column_of:
                families.setdefault(((pool, breakdown, group), "wave"), []).append(column)
    return [
        Sum(column_of.get(whole), np.array(parts, dtype=np.int64))
        for (whole, _breakdown), parts in families.items()
    ]


def left_out(side: FloatArray | IntArray, each: Sum) -> FloatArray:
    """How many of a count are in the whole and in none of the parts, for each indicator."""
    if each.whole is None:
        return np.zeros(len(side))
    return np.asarray(side[:, each.whole] - side[:, each.parts].sum(axis=1), dtype=np.float64)
