"""Boundaries as small SVG paths: projected, and simplified so that neighbours still touch.

The projection is equirectangular about the middle of the borough: longitudes shrink by the cosine
of the middle latitude. Over the 60 km of a large district that bends no line by more than a dot.
Lines are simplified as Douglas and Peucker (1973) do, each stretch between two places where three
lines meet by itself and in one direction, so that two wards keep one border.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from engage.core.geometry.inside import label_place
from engage.core.geometry.simplify import simplified

Place = tuple[float, float]
Dot = tuple[int, int]

ACROSS = 2000
"""Dots across the longer side of the borough."""

TOLERANCE = 3.0
"""A place so many dots off the line may go: a third of a dot of a map 360 dots wide is 2."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A ward's path in dots, y downwards, and a place inside for its number."""

    path: str
    label: Dot


def outlines(boundaries: Mapping[str, Sequence[Sequence[Sequence[float]]]]) -> dict[str, Outline]:
    """The outline of each ward from its rings of longitude and latitude, all in one drawing."""
    dots = _projected(boundaries)
    joints = _joints(ring for rings in dots.values() for ring in rings)
    made = {}
    for code, rings in dots.items():
        kept = [small for ring in rings if len(small := _ring(ring, joints)) >= 3]
        kept = kept or [max(rings, key=len)]  # an area of a few dots stays as it is
        path = "".join(f"M{'L'.join(f'{x} {y}' for x, y in ring)}Z" for ring in kept)
        made[code] = Outline(path, label_place(kept))
    return made


def _projected(
    boundaries: Mapping[str, Sequence[Sequence[Sequence[float]]]],
) -> dict[str, list[list[Dot]]]:
    """Rings in dots without their closing place, places that fall together made one."""
    places = [place for rings in boundaries.values() for ring in rings for place in ring]
    west, east = min(p[0] for p in places), max(p[0] for p in places)
    south, north = min(p[1] for p in places), max(p[1] for p in places)
    shrink = cos(radians((south + north) / 2))
    scale = ACROSS / (max((east - west) * shrink, north - south) or 1.0)

    def dot(place: Sequence[float]) -> Dot:
        return round((place[0] - west) * shrink * scale), round((north - place[1]) * scale)

    return {
        code: [_apart([dot(place) for place in ring]) for ring in rings]
        for code, rings in boundaries.items()
    }


def _apart(ring: list[Dot]) -> list[Dot]:
    kept = [dot for index, dot in enumerate(ring) if not index or dot != ring[index - 1]]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _joints(rings: Iterable[Sequence[Dot]]) -> set[Dot]:
    """The places where lines meet: those with more or fewer than two different neighbours."""
    neighbours: defaultdict[Dot, set[Dot]] = defaultdict(set)
    for ring in rings:
        for index, dot in enumerate(ring):
            neighbours[dot].update((ring[index - 1], ring[(index + 1) % len(ring)]))
    return {dot for dot, beside in neighbours.items() if len(beside - {dot}) != 2}


def _ring(ring: Sequence[Dot], joints: set[Dot]) -> list[Dot]:
    """A ring with each stretch between two joints simplified."""
    at = [index for index, dot in enumerate(ring) if dot in joints]
    if len(at) < 2:
        at = _anchors(ring, at)
    turned = [*ring[at[0] :], *ring[: at[0]]]
    cuts = [index - at[0] for index in at] + [len(ring)]
    made: list[Dot] = []
    for start, end in pairwise(cuts):
        stretch = [*turned[start : end + 1], *([turned[0]] if end == len(ring) else [])]
        backwards = stretch > stretch[::-1]
        small = simplified(stretch[::-1] if backwards else stretch, TOLERANCE)
        made += (small[::-1] if backwards else small)[:-1]
    return made


def _anchors(ring: Sequence[Dot], at: list[int]) -> list[int]:
    """Two places to hold a ring by that has no two joints: the same whoever draws it."""
    first = at[0] if at else min(range(len(ring)), key=lambda index: ring[index])
    x, y = ring[first]
    far = max(
        range(len(ring)), key=lambda i: ((ring[i][0] - x) ** 2 + (ring[i][1] - y) ** 2, ring[i])
    )
    return sorted({first, far})
