"""All wards: in a list by area group, and as shapes of a map in which each is a link."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engage.areas.outlines import drawn
from engage.areas.store import groups, ward_groups, ward_names

_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
AROUND = 20
"""Dots of room about the map."""


@dataclass(frozen=True, slots=True)
class WardLink:
    """A ward in the list; `number` stands on the map, 0 where there is none."""

    code: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A ward on the map: an SVG path, and where its number stands."""

    ward: WardLink
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Wards:
    """The wards by the name of their area group, empty for those in none, and the map's shapes.

    `box` is the map's viewBox.
    """

    by_group: Sequence[tuple[str, Sequence[WardLink]]]
    shapes: Sequence[Shape]
    box: str


def wards(session: Session) -> Wards:
    """Every ward on record; those without an outline are in the list alone."""
    named, of = groups(session), ward_groups(session)
    outlines = {each.code: each for each in drawn(session)}
    order = [*named, ""]
    codes = sorted(ward_names(session).items(), key=lambda each: order.index(of.get(each[0], "")))
    linked = [
        WardLink(code, name, place if code in outlines else 0)
        for place, (code, name) in enumerate(codes, start=1)
    ]
    lists = [
        (named.get(group, ""), [each for each in linked if of.get(each.code, "") == group])
        for group in order
    ]
    shapes = [
        Shape(each, outlines[each.code].path, *outlines[each.code].label)
        for each in linked
        if each.number
    ]
    return Wards([each for each in lists if each[1]], shapes, _box(shapes))


def _box(shapes: Sequence[Shape]) -> str:
    found = [float(number) for each in shapes for number in _NUMBERS.findall(each.path)]
    if not found:
        return ""
    xs, ys = found[::2], found[1::2]
    left, top = min(xs) - AROUND, min(ys) - AROUND
    wide, tall = max(xs) - left + AROUND, max(ys) - top + AROUND
    return f"{left:.0f} {top:.0f} {wide:.0f} {tall:.0f}"
