"""Wards and their boundaries, from a GeoJSON file."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from engage.areas.coordinates import check_named, misplaced, on_globe, on_grid
from engage.areas.outlines import rings_of
from engage.core.files.faults import Faults
from engage.core.files.text import spoken, storable

CODE = r"ward_code|wd\d\dcd"
NAME = r"ward_name|wd\d\dnm"

MOST_BYTES = 100_000_000
MOST_WARDS = 500
"""Boundaries of the whole country are a frequent slip; they have thousands of wards."""


@dataclass(frozen=True, slots=True)
class WardShape:
    """A ward as a file has it; `boundary` is a GeoJSON geometry as text, longitude first.

    `from_grid` says that the file had metres on the British National Grid, which were converted.
    """

    code: str
    name: str
    boundary: str
    group: str | None = None
    from_grid: bool = False


def read_boundaries(file: Path, group: str | None = None) -> list[WardShape]:
    """The wards in a GeoJSON file in WGS84 or on the national grid, by name.

    `group` is the property with their group.

    Codes and names stand in ward_code and ward_name, or in WD##CD and WD##NM as the Office for
    National Statistics names them. Raises RefusedFileError with everything wrong.
    """
    faults = Faults(file.name)
    features = _features(file, faults)
    shapes = [
        shape
        for number, feature in enumerate(features, start=1)
        if (shape := _ward(feature, f"Feature {number}", group, faults))
    ]
    for code, times in Counter(shape.code for shape in shapes).items():
        if times > 1:
            faults.add(f"The ward code {code} stands for {times} wards. Each needs its own.")
    faults.refuse()
    return sorted(shapes, key=lambda shape: shape.name)


def _features(file: Path, faults: Faults) -> list[Any]:
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise faults.stop(
            f"It has {size / 1e6:,.0f} MB, and a borough's wards need less than "
            f"{MOST_BYTES / 1e6:.0f}. Take only your borough, or generalised boundaries."
        )
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise faults.stop("It is not UTF-8. Save it as UTF-8, then try again.") from error
    if not text.strip():
        raise faults.stop("It is empty.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise faults.stop(f"It is not JSON: {error}.") from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise faults.stop("It is not a GeoJSON FeatureCollection.")
    features = data.get("features")
    if not isinstance(features, list) or not features:
        raise faults.stop("It has no features, so no wards.")
    if len(features) > MOST_WARDS:
        raise faults.stop(
            f"It has {len(features):,} features, and no borough has more than {MOST_WARDS} wards. "
            "Take only those of your borough."
        )
    check_named(data, faults)
    return features


def _ward(feature: Any, where: str, group: str | None, faults: Faults) -> WardShape | None:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        faults.add(f"{where} has no properties, so no ward code.")
        return None
    properties = feature["properties"]
    code = _property(properties, CODE, "ward code", where, faults)
    name = _property(properties, NAME, "ward name", where, faults)
    if code is None or name is None:
        return None
    where = f"{where} ({name[:60] or code[:20]})"
    fits = storable(code, longest=20, what="ward code", where=where, faults=faults)
    fits &= storable(name, longest=100, what="ward name", where=where, faults=faults)
    belongs = None
    if group is not None:
        belongs = str(properties.get(group) or "").strip()
        fits &= storable(belongs, longest=100, what=group, where=where, faults=faults)
    geometry = feature.get("geometry") or {}
    if problem := _misshapen(geometry):
        faults.add(f"{where}: {problem}")
        return None
    kept = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
    grid = on_grid(rings_of(kept))
    boundary = json.dumps(_on_globe(kept) if grid else kept, separators=(",", ":"))
    return WardShape(code, name, boundary, belongs, from_grid=grid) if fits else None


def _property(
    properties: Mapping[str, Any], pattern: str, what: str, where: str, faults: Faults
) -> str | None:
    found = [key for key in properties if re.fullmatch(pattern, str(key), re.IGNORECASE)]
    if len(found) == 1:
        value = properties[found[0]]
        return "" if value is None else str(value).strip()
    if found:
        faults.add(f"{where} has several properties for the {what}: {', '.join(found)}. Keep one.")
    else:
        faults.add(f"{where} has no property for the {what} ({spoken(pattern)}).")
    return None


def _misshapen(geometry: Any) -> str:
    """What is wrong with a ward's geometry; empty where it is a polygon on the globe."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        return f"its geometry is {kind or 'missing'}, not a Polygon or MultiPolygon."
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        return "its geometry has no coordinates."
    if not all(isinstance(polygon, list) and polygon for polygon in polygons):
        return "one of its polygons has no rings."
    return misplaced(chain.from_iterable(polygons))


def _on_globe(geometry: dict[str, Any]) -> dict[str, Any]:
    """A geometry on the national grid in longitude and latitude."""
    parts = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": on_globe(parts)}
    return {"type": "MultiPolygon", "coordinates": [on_globe(part) for part in parts]}
