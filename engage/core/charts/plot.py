"""The frame of a line chart, and its marks: grid, names of waves, target, breaks, points."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.charts import canvas
from engage.core.charts.units import Unit, tick, ticks

LEFT, TOP, TALL = 46, 26, 190
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "4 2", "1 4")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where waves and values are on the sheet."""

    names: Sequence[str]
    marks: Sequence[float]
    written: Sequence[tuple[int, Sequence[str]]]

    @property
    def foot(self) -> float:
        """Where the plot ends and the names of waves begin."""
        return TOP + TALL

    @property
    def step(self) -> float:
        """From one wave to the next."""
        return (canvas.WIDTH - LEFT - canvas.EDGE) / max(len(self.names), 1)

    @property
    def names_height(self) -> float:
        """Room for the names of waves, which may have several lines."""
        return 14 + 14 * max((len(lines) for _, lines in self.written), default=0)

    def x(self, index: int) -> float:
        """The middle of a wave's column."""
        return LEFT + self.step * (index + 0.5)

    def y(self, value: float) -> float:
        """The height of a value, held within the frame."""
        low, high = self.marks[0], self.marks[-1]
        reach = (value - low) / (high - low)
        return TOP + TALL * (1 - min(max(reach, 0.0), 1.0))


def frame(names: Sequence[str], values: Sequence[float], unit: Unit) -> Frame:
    """A frame with round numbers around all values; percentages span at least 40 points."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if unit == "percent":
        middle = (low + high) / 2
        low, high = max(0.0, min(low, middle - 0.2)), min(1.0, max(high, middle + 0.2))
    elif low == high:
        low, high = low - 1, high + 1
    marks = ticks(low, high)
    step = (canvas.WIDTH - LEFT - canvas.EDGE) / max(len(names), 1)
    every = max(1, -(-52 // int(step)))  # so many waves share the room of one name
    written = [
        (index, canvas.wrapped(name, step * every - 4, canvas.SMALL, most=3))
        for index, name in enumerate(names)
        if (len(names) - 1 - index) % every == 0  # the newest wave is always named
    ]
    return Frame(names, marks, written)


def grid(frame: Frame, unit: Unit) -> str:
    """Light lines across with their numbers."""
    made = []
    for value in frame.marks:
        y = frame.y(value)
        made.append(canvas.line(LEFT, y, canvas.WIDTH - canvas.EDGE, y, stroke="#c9d1cf", width=1))
        made.append(canvas.note(LEFT - 6, y + 4, tick(value, unit), anchor="end"))
    return "".join(made)


def wave_names(frame: Frame) -> str:
    """The names of waves below the plot, each within the sheet."""
    made = []
    for index, lines in frame.written:
        half = max(canvas.wide(words, canvas.SMALL) for words in lines) / 2
        x = min(frame.x(index), canvas.WIDTH - 2 - half)
        for row, words in enumerate(lines):
            y = frame.foot + 18 + 14 * row
            made.append(canvas.text(x, y, words, size=canvas.SMALL, anchor="middle"))
    return "".join(made)


def aim(frame: Frame, value: float) -> str:
    """The target: a dashed line across, named in the legend, where no point is in its way."""
    y = frame.y(value)
    return canvas.line(LEFT, y, canvas.WIDTH - canvas.EDGE, y, dash="5 3")


def aim_legend(label: str, y: float) -> str:
    """The target's line with its name."""
    edge = canvas.EDGE
    return canvas.line(edge, y - 4, edge + 34, y - 4, dash="5 3") + canvas.text(edge + 42, y, label)


def crack(frame: Frame, index: int, label: str) -> str:
    """A break of the series before a wave: two slanted strokes over a dotted line, and words."""
    x = frame.x(index) - frame.step / 2
    parts = [canvas.line(x, TOP, x, frame.foot, stroke=canvas.QUIET, width=1.5, dash="2 4")]
    for shift in (-3, 3):
        foot = frame.foot
        parts.append(canvas.line(x + shift - 3, foot + 6, x + shift + 3, foot - 6, width=1.5))
    half = canvas.wide(label, canvas.SMALL) / 2 + canvas.EDGE
    middle = min(max(x, half), canvas.WIDTH - half)
    parts.append(canvas.text(middle, TOP - 10, label, size=canvas.SMALL, anchor="middle"))
    return "".join(parts)


def stroke(start: tuple[float, float], end: tuple[float, float], index: int) -> str:
    """The line between two points, in the colour and the dash of its series."""
    colour, dash = canvas.SERIES[index % 6], _DASHES[index % 6]
    return canvas.line(*start, *end, stroke=colour, width=2.5, dash=dash)


def marker(x: float, y: float, index: int) -> str:
    """A point in the colour and the shape of its series: disc, square, triangle, diamond."""
    colour, n = canvas.SERIES[index % 6], canvas.number
    edge = f'fill="{colour}" stroke="{canvas.GROUND}" stroke-width="1"'
    if index % 4 == 0:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="5" {edge}/>'
    corners = {
        1: ((-5, -5), (5, -5), (5, 5), (-5, 5)),
        2: ((0, -6), (6, 5), (-6, 5)),
        3: ((0, -6), (6, 0), (0, 6), (-6, 0)),
    }[index % 4]
    around = " ".join(f"{n(x + dx)},{n(y + dy)}" for dx, dy in corners)
    return f'<polygon points="{around}" {edge}/>'


def above(x: float, y: float, shown: str) -> str:
    """The figure of a point, above it and its interval, on its own ground."""
    half = canvas.wide(shown, canvas.SMALL) / 2
    middle = min(x, canvas.WIDTH - canvas.EDGE - half)
    ground = canvas.rect(middle - half, y - 17, 2 * half, 13, canvas.GROUND)
    return ground + canvas.note(middle, y - 6, shown, anchor="middle", bold=True)


def absent(x: float, frame: Frame, mark: str, row: int) -> str:
    """The mark of a figure that is not there, at the foot of its column, `row` marks up."""
    return canvas.note(x, frame.foot - 8 - 13 * row, mark, anchor="middle")


def legend(index: int, label: str, y: float) -> str:
    """A series' stroke and point with its name."""
    start, end = (canvas.EDGE, y - 4), (canvas.EDGE + 34, y - 4)
    return (
        stroke(start, end, index)
        + marker(canvas.EDGE + 17, y - 4, index)
        + canvas.text(canvas.EDGE + 42, y, label)
    )
