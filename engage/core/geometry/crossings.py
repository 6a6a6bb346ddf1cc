"""Where the outline of an area crosses itself.

Every stretch is looked at beside those that lie near it only, so that a ring of 100,000 places
takes a second and not hours.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

Place = tuple[float, float]


def crossing(ring: Sequence[Place]) -> Place | None:
    """A place where a closed ring crosses itself, or None; touching is no crossing."""
    stretches = [(one, other) for one, other in pairwise(ring) if one != other]
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    size = _cell(stretches)
    for index, stretch in enumerate(stretches):
        for cell in _cells(*stretch, size):
            for before in cells[cell]:
                if found := _meeting(stretches[before], stretch):
                    return found
            cells[cell].append(index)
    return None


def _cell(stretches: Sequence[tuple[Place, Place]]) -> float:
    """The side of a cell: twice the mean length of a stretch, and never nothing."""
    lengths = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in stretches]
    return 2 * sum(lengths) / len(lengths) if lengths else 1.0


def _cells(one: Place, other: Place, size: float) -> Iterator[tuple[int, int]]:
    """The cells that a stretch passes through: in each column, those between its two ends there."""
    (x1, y1), (x2, y2) = sorted((one, other))
    first, last = int(x1 // size), int(x2 // size)
    slope = (y2 - y1) / (x2 - x1) if x2 > x1 else 0.0
    for column in range(first, last + 1):
        left, right = max(x1, column * size), min(x2, (column + 1) * size)
        ends = (y1, y2) if x1 == x2 else (y1 + slope * (left - x1), y1 + slope * (right - x1))
        for row in range(int(min(ends) // size), int(max(ends) // size) + 1):
            yield column, row


def _meeting(one: tuple[Place, Place], other: tuple[Place, Place]) -> Place | None:
    """Where two stretches cross with all four ends apart from the crossing."""
    (a, b), (c, d) = one, other
    side_c, side_d = _side(a, b, c), _side(a, b, d)
    if side_c * side_d >= 0 or _side(c, d, a) * _side(c, d, b) >= 0:
        return None
    share = side_c / (side_c - side_d)
    return c[0] + share * (d[0] - c[0]), c[1] + share * (d[1] - c[1])


def _side(a: Place, b: Place, c: Place) -> float:
    """Above nought where `c` is left of the way from `a` to `b`."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
