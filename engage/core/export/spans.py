"""Long tables some rows at a time, so that writing one takes no more memory than a part of it."""

from collections.abc import Callable, Iterator

ROWS = 16_384
Progress = Callable[[int], None]
"""Told after each part how many rows are written."""


def untold(_rows: int) -> None:
    """Progress that nobody looks at."""


def spans(rows: int, told: Progress = untold) -> Iterator[slice]:
    """The rows of a table as slices of at most ROWS; `told` of each once it is done."""
    for start in range(0, rows, ROWS):
        stop = min(start + ROWS, rows)
        yield slice(start, stop)
        told(stop)
