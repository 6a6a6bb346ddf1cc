"""How dark a class of the map looks, its pattern counted in."""

import math
import re
from itertools import pairwise

import pytest

from engage.core.charts import canvas, patterns


def light(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    ]
    return sum(share * each for share, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def seen(band: int, count: int) -> float:
    """The mean luminance of a class: its shade, and what its dots or lines cover of it."""
    found = re.search(
        rf'<pattern id="k-{band}" width="(\d+)".*?</pattern>', patterns.defs("k", count)
    )
    size, drawn = int(found[1]), found[0]
    ground = light(patterns.shade(band, count))
    covered, paint = 0.0, canvas.INK
    if dot := re.search(r' r="([\d.]+)" fill="(#\w+)"', drawn):
        covered, paint = math.pi * float(dot[1]) ** 2 / size**2, dot[2]
    elif line := re.search(r'<path d="([^"]+)" stroke="(#\w+)" stroke-width="([\d.]+)"', drawn):
        one = float(line[3]) / size
        covered, paint = 1 - (1 - one) ** line[1].count("M"), line[2]
    return ground * (1 - covered) + light(paint) * covered


@pytest.mark.parametrize("count", range(2, patterns.MOST + 1))
def test_a_higher_class_looks_clearly_darker_with_its_pattern(count):
    shown = [seen(band, count) for band in range(count)]

    for lighter, darker in pairwise(shown):
        assert (lighter + 0.05) / (darker + 0.05) > 1.25, shown
