"""What the coordinates of a boundary file are: longitude and latitude, national grid, or neither.

What is sure is put right (the grid is brought to longitude and latitude), what would be a guess is
refused with what to do about it.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any

from engage.core.files.faults import Faults
from engage.core.geometry.crossings import crossing
from engage.core.geometry.national_grid import TALLEST, WIDEST, to_globe

WEST, EAST, SOUTH, NORTH = -9.0, 2.2, 49.7, 61.0
"""The United Kingdom with its islands lies within."""

WGS84, GRID = "WGS84 (EPSG:4326)", "the British National Grid (EPSG:27700)"
_GLOBE = ("4326", "CRS84", "4258")

Place = Sequence[float]
Rings = list[list[Place]]


def check_named(data: dict[str, Any], faults: Faults) -> None:
    """Stop at a file that says it has coordinates that we do not know."""
    named = data.get("crs")
    properties = named.get("properties") if isinstance(named, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not name.endswith((*_GLOBE, "27700")):
        raise faults.stop(
            f"Its coordinates are in {name[:60]}. Export the file in {WGS84} or in {GRID}."
        )


def misplaced(rings: Iterable[Any]) -> str:
    """What is wrong with the rings of a ward; empty where each is a closed line in the country."""
    kept = list(rings)
    if problem := next(filter(None, map(_misshapen, kept)), ""):
        return problem
    if problem := _elsewhere(kept):
        return problem
    for ring in kept:
        found = crossing([(place[0], place[1]) for place in ring])
        if found:
            where = to_globe(*found) if on_grid(kept) else found
            return (
                f"its outline crosses itself near latitude {where[1]:.5f}, longitude "
                f"{where[0]:.5f}. Repair it (in QGIS: Fix geometries), then try again."
            )
        if not _area(ring):
            return "a ring of its polygon encloses nothing."
    return ""


def on_grid(rings: Rings) -> bool:
    """Whether the numbers are metres on the national grid: too large for degrees, and on it."""
    places = list(chain.from_iterable(rings))
    return any(abs(place[0]) > 180 or abs(place[1]) > 90 for place in places) and all(
        0 <= place[0] <= WIDEST and 0 <= place[1] <= TALLEST for place in places
    )


def on_globe(rings: Rings) -> Rings:
    """Rings on the national grid in longitude and latitude, to a tenth of a metre as given."""
    return [[[round(each, 6) for each in to_globe(*place[:2])] for place in ring] for ring in rings]


def _misshapen(ring: Any) -> str:
    if not isinstance(ring, list) or not all(_is_position(point) for point in ring):
        return "a ring of its polygon holds something other than [longitude, latitude]."
    if len(ring) < 4 or ring[0] != ring[-1]:
        return "a ring of its polygon is not closed: it must end where it began."
    return ""


def _is_position(point: Any) -> bool:
    """Whether it is a list of numbers; true and false, which Python counts as numbers, are none."""
    return (
        isinstance(point, list)
        and len(point) >= 2
        and all(type(number) in (int, float) for number in point)
    )


def _elsewhere(rings: Rings) -> str:
    if on_grid(rings):
        return ""
    places = list(chain.from_iterable(rings))
    if all(_in_country(x, y) for x, y, *_ in places):
        return ""
    if all(_in_country(y, x) for x, y, *_ in places):
        return (
            "its coordinates are in the wrong order, latitude first. GeoJSON has longitude first: "
            "export the file again without “latitude, longitude” as its order of axes."
        )
    x, y = next((x, y) for x, y, *_ in places if not _in_country(x, y))
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        return (
            "its coordinates are neither longitude and latitude nor metres on the British National "
            "Grid. Export the file in WGS84."
        )
    return (
        f"it lies at longitude {x:g}, latitude {y:g}, outside the United Kingdom. Check which file "
        "this is, and in which coordinates it was exported."
    )


def _in_country(longitude: float, latitude: float) -> bool:
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def _area(ring: list[Place]) -> float:
    """Twice the area within a ring, from its first place, so that large numbers lose nothing."""
    x0, y0 = ring[0][:2]
    return abs(
        sum(
            (one[0] - x0) * (other[1] - y0) - (other[0] - x0) * (one[1] - y0)
            for one, other in pairwise(ring)
        )
    )
