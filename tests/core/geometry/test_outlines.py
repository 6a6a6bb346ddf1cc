"""Wards are drawn small, and their borders still meet."""

import math
import random

from engage.core.geometry.crossings import crossing
from engage.core.geometry.national_grid import to_globe
from engage.core.geometry.outlines import outlines


def places(path):
    return [tuple(map(int, each.split())) for each in path.strip("MZ").split("L")]


def test_two_wards_keep_one_border_when_it_is_simplified():
    chance = random.Random(7)
    border = [(0.1 + chance.uniform(-0.004, 0.004), 51 + n / 2000) for n in range(201)]
    west = [(0.0, 51.0), *border, (0.0, 51.1), (0.0, 51.0)]
    east = [(0.2, 51.0), (0.2, 51.1), *border[::-1], (0.2, 51.0)]
    made = outlines({"W": [west], "E": [east]})
    left, right = places(made["W"].path), places(made["E"].path)
    shared = set(left) & set(right)
    assert 2 < len(shared) < 201
    assert len(left) - len(shared) == len(right) - len(shared) == 2


def test_a_ward_within_another_fills_its_hole():
    around = [
        (math.cos(n / 50 * math.pi) / 20, 51 + math.sin(n / 50 * math.pi) / 20) for n in range(100)
    ]
    hole = [*around, around[0]]
    frame = [(-0.1, 50.9), (0.1, 50.9), (0.1, 51.1), (-0.1, 51.1), (-0.1, 50.9)]
    made = outlines({"ring": [frame, hole[::-1]], "town": [hole]})
    inner = "M" + made["ring"].path.split("M")[2]
    assert set(places(inner)) == set(places(made["town"].path))
    x, y = made["ring"].label
    middle = [sum(each) / 2 for each in zip(*[(0, 0), (1269, 2000)], strict=True)]
    assert math.dist((x, y), middle) > 400, "the number of the outer ward is not in its hole"


def test_a_long_ring_is_looked_at_in_little_time_and_its_crossing_found():
    n = 40_000
    ring = [(math.cos(i / n * 2 * math.pi), math.sin(i / n * 2 * math.pi)) for i in range(n)]
    assert crossing([*ring, ring[0]]) is None
    ring[100], ring[101] = ring[101], ring[100]
    assert crossing([*ring, ring[0]]) is not None


def test_the_grid_agrees_with_the_ordnance_survey():
    # The example of "A guide to coordinate systems in Great Britain", and Greenwich Observatory.
    assert to_globe(651409.903, 313177.270)[1] - 52.657979 < 5e-5
    longitude, latitude = to_globe(538890, 177320)
    assert math.isclose(latitude, 51.4778, abs_tol=2e-4)
    assert math.isclose(longitude, -0.0015, abs_tol=2e-4)
