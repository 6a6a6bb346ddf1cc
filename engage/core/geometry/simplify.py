"""Fewer places for the same line: Douglas and Peucker (1973), without recursion."""

from collections.abc import Sequence

Dot = tuple[int, int]


def simplified(line: Sequence[Dot], tolerance: float) -> list[Dot]:
    """The line without the places that are at most `tolerance` dots off what is left of it."""
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, index = _farthest(line, first, last)
        if far > tolerance**2:
            keep.add(index)
            waiting += [(first, index), (index, last)]
    return [line[index] for index in sorted(keep)]


def _farthest(line: Sequence[Dot], first: int, last: int) -> tuple[float, int]:
    """The square of how far the farthest place between two is from the stretch that joins them."""
    (x1, y1), (x2, y2) = line[first], line[last]
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    best, at = 0.0, first
    for index in range(first + 1, last):
        px, py = line[index][0] - x1, line[index][1] - y1
        along = min(max((px * dx + py * dy) / length, 0.0), 1.0) if length else 0.0
        off = (px - along * dx) ** 2 + (py - along * dy) ** 2
        if off > best:
            best, at = off, index
    return best, at
