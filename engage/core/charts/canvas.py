"""The sheet that every chart is drawn on, and the few marks that all of them use.

Only presentation attributes are written: the site's content security policy allows no `style`.
"""

import re
from collections.abc import Sequence
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

INK, QUIET, TRACK, GROUND = "#0b0c0c", "#50595c", "#e3e9e8", "#ffffff"
SERIES: tuple[str, ...] = ("#1d4f5c", "#a3431f", "#5b3b8c", "#2e6b2e", "#7a5c00", "#8a1f4d")
"""Dark enough on white for lines and small shapes; never the only thing that tells series apart."""

WIDTH = 360
"""Units across: at 320 pixels the letters of a chart are still about 12 pixels high."""

LETTER = 14
SMALL = 12
EDGE = 8
FONT = (
    "Atkinson Hyperlegible Next, system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, "
    "Liberation Sans, Arial, sans-serif"
)

_FROM_RIGHT = re.compile("[\u0590-\u08ff]")
"""Letters of Hebrew, Arabic and their neighbours."""
_WIDE, _NARROW = frozenset("mwMWQOGD@%"), frozenset("iljtfr.,:;'!|()[] I1")


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "0" if round(value, 1) == 0 else "-0")


def drawing(
    parts: Sequence[str],
    *,
    height: float,
    title: str,
    description: str,
    defs: str = "",
    width: float = WIDTH,
) -> str:
    """The whole picture: an SVG document that names and describes itself, its title above it.

    The ids of title and description come from what is drawn, so that several pictures on one page
    do not meet.
    """
    body = "".join(parts)
    key = key_of(title, description, body)
    lines = wrapped(title, width - 4 * EDGE, LETTER + 1)
    head = 6 + 18 * len(lines)
    heading = "".join(
        text(EDGE, 18 * row, words, size=LETTER + 1, bold=True)
        for row, words in enumerate(lines, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="engage-chart__picture" role="img" '
        f'viewBox="0 0 {number(width)} {number(height + head)}" '
        f'width="{number(width)}" height="{number(height + head)}" '
        f'aria-labelledby="{key}-t {key}-d" focusable="false" direction="ltr" font-family="{FONT}">'
        f'<title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>'
        f"{f'<defs>{defs}</defs>' if defs else ''}"
        f'<rect width="100%" height="100%" fill="{GROUND}"/>{heading}'
        f'<g transform="translate(0 {head})">{body}</g></svg>'
    )


def key_of(*drawn: str) -> str:
    """A short name for what is drawn, the same each time."""
    return f"c{sha256(chr(0).join(drawn).encode()).hexdigest()[:10]}"


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = LETTER,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
) -> str:
    """Words, their baseline at `y`.

    Pictures run from left to right also on pages that do not, or their words would begin where they
    should end; words of Arabic letters keep their own order.
    """
    weight = ' font-weight="700"' if bold else ""
    weight += ' unicode-bidi="plaintext"' if _FROM_RIGHT.search(words) else ""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" fill="{fill}"{at}{weight}>'
        f"{escape(words)}</text>"
    )


def note(x: float, y: float, words: str, *, anchor: str = "start", bold: bool = False) -> str:
    """Small words: ink where bold, else quiet."""
    fill = INK if bold else QUIET
    return text(x, y, words, size=SMALL, anchor=anchor, fill=fill, bold=bold)


def rect(x: float, y: float, width: float, height: float, fill: str, *, more: str = "") -> str:
    """A box; `more` are further attributes."""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
        f"fill={quoteattr(fill)}{f' {more}' if more else ''}/>"
    )


def line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    stroke: str = INK,
    width: float = 2,
    dash: str = "",
) -> str:
    """A stroke from one place to another; `dash` as SVG takes it."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        f'stroke="{stroke}" stroke-width="{number(width)}"{dashed}/>'
    )


def whisker(low: float, high: float, across: float, *, upright: bool = False) -> str:
    """An interval with its two ends, dark over a light edge so that it is seen on a bar too."""
    ends = ((low, high), (low, low), (high, high))
    made = []
    for stroke, width in ((GROUND, 4.0), (INK, 1.6)):
        for index, (start, end) in enumerate(ends):
            half = 4 if index else 0
            first, second = (start, across - half), (end, across + half)
            if upright:
                first, second = first[::-1], second[::-1]
            made.append(line(*first, *second, stroke=stroke, width=width))
    return "".join(made)


def wide(words: str, size: int = LETTER) -> float:
    """About how wide words are; a little too wide rather than too narrow."""
    units = sum(0.9 if c in _WIDE else 0.34 if c in _NARROW else 0.58 for c in words)
    return units * size


def wrapped(words: str, width: float, size: int = LETTER, most: int = 4) -> list[str]:
    """Words on as many lines as they need; what is longer than `most` lines ends in an ellipsis."""
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and wide(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines or [""]
    return [*lines[: most - 1], f"{lines[most - 1]}…"]
