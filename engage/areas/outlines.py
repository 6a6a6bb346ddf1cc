"""The drawing of the borough: each ward's outline on one sheet, made when wards are imported."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from engage.areas.models import Ward
from engage.core.geometry.outlines import outlines

Writer = Session | scoped_session[Any]


@dataclass(frozen=True, slots=True)
class WardOutline:
    """A ward as maps draw it: an SVG path in dots, and where in it its number stands."""

    code: str
    name: str
    path: str
    label: tuple[int, int]


def draw(session: Writer) -> int:
    """Draw all wards anew from their boundaries; the caller commits. Returns how many."""
    wards = [each for each in session.scalars(select(Ward)) if each.boundary]
    drawn = outlines({ward.code: rings_of(json.loads(ward.boundary or "")) for ward in wards})
    for ward in wards:
        outline = drawn[ward.code]
        ward.outline, (ward.label_x, ward.label_y) = outline.path, outline.label
    session.flush()
    return len(wards)


def drawn(session: Writer) -> Sequence[WardOutline]:
    """The wards that have an outline, by name."""
    query = (
        select(Ward.code, Ward.name, Ward.outline, Ward.label_x, Ward.label_y)
        .where(Ward.outline.is_not(None))
        .order_by(Ward.name, Ward.code)
    )
    return [
        WardOutline(code, name, path or "", (x or 0, y or 0))
        for code, name, path, x, y in session.execute(query)
    ]


def rings_of(geometry: dict[str, Any]) -> list[Any]:
    """The rings of a Polygon or MultiPolygon, holes among them."""
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return [ring for polygon in polygons for ring in polygon]
