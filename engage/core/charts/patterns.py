"""Shades that differ without colour too: each class has its own pattern, darker as it is higher.

What counts is how dark shade and pattern look together: light lines close to each other would make
the highest class look lighter than the one below it, so that has none.
"""

from collections.abc import Sequence

from engage.core.charts import canvas

_SHADES = ("#f2f6f5", "#cfe0dd", "#9fc3bd", "#5f9a94", "#2f6f75", "#1d4f5c")
MOST = len(_SHADES)
"""How many classes can be told apart."""

_SIZES = (0, 10, 8, 10, 8, 0)
"""From one line of a pattern to the next, by class; the lowest and the highest have none."""
_DARK_LINES = 3
"""The class whose lines are dark; those of the one above are light, and below there are dots."""


def fill(key: str, band: int | None) -> str:
    """The fill of a class, or of an area without a figure."""
    return f"url(#{key}-{'n' if band is None else band})"


def shade(band: int | None, count: int) -> str:
    """The colour below the pattern of a class; white for an area without a figure."""
    return canvas.GROUND if band is None else _SHADES[_step(band, count)]


def defs(key: str, count: int) -> str:
    """The patterns of a picture, drawn over the shades: with a shade in them, seams would show."""
    hatch = '<path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" stroke="#6b7478" stroke-width="1.5"/>'
    made = [_pattern(f"{key}-{band}", _step(band, count)) for band in range(count)]
    return "".join([*made, _wrapped(f"{key}-n", 8, hatch)])


def _step(band: int, count: int) -> int:
    return round(band * (MOST - 1) / max(count - 1, 1))


def _pattern(name: str, step: int) -> str:
    size = _SIZES[step] or 8
    half = size / 2
    if step < _DARK_LINES:
        lines = f'<circle cx="{half}" cy="{half}" r="{0.8 + 0.1 * step:.1f}" fill="{canvas.INK}"/>'
    else:
        paint = canvas.INK if step == _DARK_LINES else _SHADES[2]
        lines = f'<path d="M0 {half}H{size}" stroke="{paint}" stroke-width="0.8"/>'
    return _wrapped(name, size, lines if _SIZES[step] else "")


def _wrapped(name: str, size: int, inside: str) -> str:
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        f"{inside}</pattern>"
    )


def badge(x: float, y: float, number: str) -> str:
    """A ward's number on its own ground, so that it reads on every pattern."""
    n = canvas.number
    return (
        f'<circle cx="{n(x)}" cy="{n(y)}" r="9" fill="{canvas.GROUND}" stroke="{canvas.INK}" '
        f'stroke-width="0.8"/>{canvas.text(x, y + 4, number, size=11, anchor="middle", bold=True)}'
    )


def legend(
    key: str, count: int, rows: Sequence[tuple[int | None, str]], y: float
) -> tuple[list[str], float]:
    """The classes with their limits, one a line from `y` on; and where what follows begins."""
    parts = []
    for band, words in rows:
        edge = f'stroke="{canvas.INK}" stroke-width="1"'
        parts += [
            canvas.rect(canvas.EDGE, y - 11, 30, 14, paint, more=edge)
            for paint in (shade(band, count), fill(key, band))
        ]
        parts.append(canvas.text(canvas.EDGE + 38, y, words))
        y += 21
    return parts, y
