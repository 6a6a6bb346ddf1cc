"""A ward and a file of wards, as GeoJSON."""

import json

SQUARE = [[[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.1], [0.0, 51.0]]]


def feature(code, name, *, geometry=None, **more):
    polygon = {"type": "Polygon", "coordinates": SQUARE}
    return {
        "type": "Feature",
        "properties": {"ward_code": code, "ward_name": name, **more},
        "geometry": polygon if geometry is None else geometry,
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def outlined(*places):
    """A file with one ward, Ash, of these places, closed."""
    ring = [*places, places[0]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    return collection(feature("T01", "Ash", geometry=polygon))


def named(system):
    """A file that says in which coordinates it is."""
    data = json.loads(outlined([0.0, 51.0], [0.1, 51.0], [0.1, 51.1]))
    return json.dumps(data | {"crs": {"type": "name", "properties": {"name": system}}})
