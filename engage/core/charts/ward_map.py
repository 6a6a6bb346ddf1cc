"""Wards by the class of their figure: shade, pattern and a number that leads to a name.

Nothing hangs on colour: darker classes, each with its own pattern, are higher, hidden wards are
hatched, and the list below the map gives each ward's figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise

from engage.core.charts import canvas, patterns
from engage.core.charts.units import Unit, ticks, written
from engage.core.charts.wording import ENGLISH, ChartWords

_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Shape:
    """A ward: its outline as an SVG path of absolute places, and its figure or the mark why not.

    `at` is a place inside, for the ward's number; without it the middle of the outline's box.
    """

    code: str
    name: str
    path: str
    value: float | None
    mark: str = ""
    shown: str = ""
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A class of figures: from `low` on and below `high`; the last class has its end too."""

    low: float
    high: float


def bands(values: Sequence[float], about: int = 5) -> list[Band]:
    """Classes of equal width with round limits around all values, at most as many as patterns."""
    if not values:
        return []
    low, high = min(values), max(values)
    limits = ticks(low, high if high > low else low + 0.1, about)
    if len(limits) - 1 > patterns.MOST:
        limits = ticks(low, high, patterns.MOST - 2)
    return [Band(*pair) for pair in pairwise(limits)]


def band_of(value: float, classes: Sequence[Band]) -> int:
    """Which class a value falls into; the nearest where it is outside all of them."""
    inside = [index for index, each in enumerate(classes) if each.low <= value]
    return inside[-1] if inside else 0


def numbered(shapes: Sequence[Shape]) -> dict[str, int]:
    """The number of each ward on the map: in the order given, from 1 on."""
    return {each.code: index for index, each in enumerate(shapes, start=1)}


def printed(shape: Shape, unit: Unit) -> str:
    """The figure of a ward as the map and its table print it, or its mark."""
    if shape.value is None:
        return shape.mark or "[x]"
    return shape.shown or written(shape.value, unit)


def ward_map(
    shapes: Sequence[Shape],
    *,
    title: str,
    unit: Unit,
    bands: Sequence[Band],
    words: ChartWords = ENGLISH,
) -> str:
    """The map as SVG with its legend and the list of wards below it."""
    fit = _fit(shapes)
    tall = fit.tall
    key = canvas.key_of(title, *(each.path for each in shapes), *(map(str, bands)))
    parts = []
    for each in shapes:
        band = _class(each, bands)
        outline = fit.outline(each.path)
        parts += [
            f'<path d="{outline}" fill="{paint}" stroke="{canvas.INK}" stroke-width="1" '
            'fill-rule="evenodd" stroke-linejoin="round"/>'
            for paint in (patterns.shade(band, len(bands)), patterns.fill(key, band))
        ]
    numbers = numbered(shapes)
    parts += [patterns.badge(*fit.place(each), str(numbers[each.code])) for each in shapes]
    drawn, y = patterns.legend(key, len(bands), _legend(shapes, bands, unit, words), tall + 20)
    parts += drawn
    drawn, y = _names(shapes, numbers, unit, y)
    parts += drawn
    told = "; ".join(
        f"{each.name}: {words.mark(each.mark) if each.value is None else printed(each, unit)}"
        for each in shapes
    )
    return canvas.drawing(
        parts,
        height=y + 4,
        title=title,
        description=f"{words.map} {told}.",
        defs=patterns.defs(key, len(bands)),
    )


@dataclass(frozen=True, slots=True)
class _Fit:
    """How outlines are brought onto the sheet: scaled the same both ways."""

    left: float
    top: float
    scale: float
    tall: float

    def outline(self, path: str) -> str:
        """The path on the sheet, moved number by number: patterns are not scaled with it."""
        turn = cycle((self.left, self.top))
        return _NUMBERS.sub(
            lambda found: canvas.number((float(found[0]) - next(turn)) * self.scale + canvas.EDGE),
            path,
        )

    def place(self, shape: Shape) -> tuple[float, float]:
        """Where the ward's number goes."""
        x, y = shape.at or _middle(shape.path)
        return (
            canvas.EDGE + (x - self.left) * self.scale,
            canvas.EDGE + (y - self.top) * self.scale,
        )


def _box(path: str) -> tuple[float, float, float, float]:
    found = [float(each) for each in _NUMBERS.findall(path)]
    xs, ys = found[::2], found[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _middle(path: str) -> tuple[float, float]:
    left, top, right, foot = _box(path)
    return (left + right) / 2, (top + foot) / 2


def _fit(shapes: Sequence[Shape]) -> _Fit:
    boxes = [_box(each.path) for each in shapes]
    left, top = min(each[0] for each in boxes), min(each[1] for each in boxes)
    right, foot = max(each[2] for each in boxes), max(each[3] for each in boxes)
    room = canvas.WIDTH - 2 * canvas.EDGE
    scale = min(room / ((right - left) or 1), 420 / ((foot - top) or 1))
    return _Fit(left, top, scale, (foot - top) * scale + 2 * canvas.EDGE)


def _class(shape: Shape, classes: Sequence[Band]) -> int | None:
    return None if shape.value is None or not classes else band_of(shape.value, classes)


def _legend(
    shapes: Sequence[Shape], classes: Sequence[Band], unit: Unit, words: ChartWords
) -> list[tuple[int | None, str]]:
    rows: list[tuple[int | None, str]] = []
    for index, each in enumerate(classes):
        says = words.below if index < len(classes) - 1 else words.interval
        ends = {
            "low": words.number(written(each.low, unit)),
            "high": words.number(written(each.high, unit)),
        }
        rows.append((index, says % ends))
    absent = {words.mark(each.mark): each.mark for each in shapes if each.value is None}
    return [*rows, *((None, f"{mark or '[x]'} {says}") for says, mark in absent.items())]


def _names(
    shapes: Sequence[Shape], numbers: dict[str, int], unit: Unit, y: float
) -> tuple[list[str], float]:
    """The wards with their numbers and figures, one a line."""
    parts = []
    for each in shapes:
        y += 19
        shown = printed(each, unit)
        parts += [
            canvas.text(canvas.EDGE + 22, y, str(numbers[each.code]), anchor="end", bold=True),
            canvas.text(canvas.EDGE + 30, y, canvas.wrapped(each.name, 250, most=1)[0]),
            canvas.text(canvas.WIDTH - canvas.EDGE, y, shown, anchor="end"),
        ]
    return parts, y + 6
