"""A place well inside an area, where its number can stand."""

from collections.abc import Sequence

Dot = tuple[int, int]
LINES = 15
"""So many lines across the area are tried."""


def label_place(rings: Sequence[Sequence[Dot]]) -> Dot:
    """The middle of the widest stretch inside, of those near the middle of the height preferred."""
    largest = max(rings, key=_box_area)
    top, foot = min(y for _, y in largest), max(y for _, y in largest)
    best, place = -1.0, largest[0]
    for line in range(1, LINES):
        y = top + (foot - top) * line / LINES
        edge = min(y - top, foot - y)
        for left, right in _spans(rings, y):
            room = min((right - left) / 2, edge)
            if room > best:
                best, place = room, (round((left + right) / 2), round(y))
    return place


def _spans(rings: Sequence[Sequence[Dot]], y: float) -> list[tuple[float, float]]:
    """The stretches of a level line that lie inside, by the even-odd rule."""
    crossed = []
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y):
                crossed.append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    crossed.sort()
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def _box_area(ring: Sequence[Dot]) -> int:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))
