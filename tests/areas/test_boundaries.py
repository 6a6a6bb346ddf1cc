"""Wards come from GeoJSON, all of them or none."""

import json
import math

import pytest
from areas.shapes import SQUARE, collection, feature, named, outlined

from engage.areas import boundaries
from engage.areas.models import Ward
from engage.areas.store import groups, ward_groups, ward_names
from engage.extensions import db


def test_wards_are_kept_by_name_with_their_boundary(run, file):
    text = collection(feature("T02", "Zeal"), feature("T01", "Ash"))
    code, output = run("areas", "import", file("wards.geojson", text))
    assert (code, output) == (0, "2 wards are on record; area groups: 0.\n")
    assert list(ward_names(db.session).items()) == [("T01", "Ash"), ("T02", "Zeal")]
    kept = json.loads(db.session.get(Ward, "T01").boundary)
    assert kept == {"type": "Polygon", "coordinates": SQUARE}


def test_properties_may_be_named_as_the_statistics_office_names_them(run, file):
    ward = feature("x", "x")
    ward["properties"] = {"WD24CD": "E05000001", "WD24NM": "Ash", "LAD24CD": "E09000001"}
    assert run("areas", "import", file("wards.geojson", collection(ward)))[0] == 0
    assert ward_names(db.session) == {"E05000001": "Ash"}


def test_a_property_can_name_the_area_group(run, file):
    text = collection(
        feature("T01", "Ash", part="North side"),
        feature("T02", "Beech", part="North side"),
        feature("T03", "Cedar", part="South side"),
    )
    code, output = run("areas", "import", "--group", "part", file("wards.geojson", text))
    assert code == 0, output
    assert groups(db.session) == {"north_side": "North side", "south_side": "South side"}
    assert ward_groups(db.session)["T03"] == "south_side"


def test_a_second_import_replaces_and_says_which_wards_left(run, file, borough):
    residents = "ward_code,sex,age_band,population\n" + "".join(
        f"{ward},{sex},0+,5\n" for ward in borough for sex in ("female", "male")
    )
    assert run("population", "import", file("people.csv", residents))[0] == 0
    text = collection(feature("T01", "Ash Hill East"), feature("T09", "New Ward"))
    code, output = run("areas", "import", file("again.geojson", text))
    assert code == 0
    assert "2 are not in the file and left" in output
    assert "Bégonia Vale, St John’s" in output
    assert ward_names(db.session) == {"T01": "Ash Hill East", "T09": "New Ward"}
    assert "T01\tAsh Hill East\t\t10" in run("areas", "list")[1]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "It is empty."),
        ("{", "It is not JSON"),
        ("[" * 100_000, "It is not JSON"),
        ('{"type": "Feature"}', "not a GeoJSON FeatureCollection"),
        (collection(), "It has no features"),
        ("é".encode("latin-1"), "It is not UTF-8"),
        (collection({"type": "Feature", "properties": {"name": "Ash"}}), "no property for the"),
        (collection({"type": "Feature"}), "Feature 1 has no properties"),
        (collection(feature("", "Ash")), "has no ward code"),
        (collection(feature("T" * 21, "Ash")), "longer than 20"),
        (collection(feature("T01", "A\u0000sh")), "cannot be shown"),
        (collection(feature("T01", "Ash"), feature("T01", "Elm")), "stands for 2 wards"),
        (collection(feature("T01", "Ash", wd20cd="T01")), "several properties for the ward code"),
        (collection(feature("T01", "Ash", geometry={"type": "Point"})), "is Point, not a Polygon"),
        (
            collection(feature("T01", "Ash", geometry={"type": "Polygon", "coordinates": [[]]})),
            "is not closed",
        ),
        (
            collection(
                feature(
                    "T01",
                    "Ash",
                    geometry={"type": "Polygon", "coordinates": [[[-10000, 6700000]] * 4]},
                )
            ),
            "Export the file in WGS84",
        ),
        (
            collection(
                feature("T01", "Ash", geometry={"type": "Polygon", "coordinates": [[["a", 1]]]})
            ),
            "something other than [longitude, latitude]",
        ),
        (
            outlined([51.0, 0.0], [51.1, 0.0], [51.1, 0.1], [51.0, 0.0]),
            "wrong order, latitude first",
        ),
        (
            outlined([12.4, 41.8], [12.6, 41.8], [12.6, 42.0], [12.4, 41.8]),
            "Feature 1 (Ash): it lies at longitude 12.4, latitude 41.8, outside the United Kingdom",
        ),
        (
            outlined([0.0, 51.0], [0.2, 51.2], [0.2, 51.0], [0.0, 51.2], [0.0, 51.0]),
            "Feature 1 (Ash): its outline crosses itself near latitude 51.10000, longitude 0.10000",
        ),
        (
            outlined(*[[530000, 160000], [530200, 160200], [530200, 160000]], [530000, 160200]),
            "crosses itself near latitude 51.32513, longitude -0.13421",
        ),
        (outlined([0.0, 51.0], [0.1, 51.1], [0.2, 51.2], [0.0, 51.0]), "encloses nothing"),
        (outlined([0.0, 51.0], [math.nan, 51.1], [0.2, 51.2]), "neither longitude and latitude"),
        (named("urn:ogc:def:crs:EPSG::3857"), "coordinates are in urn:ogc:def:crs:EPSG::3857"),
        (collection(*[{}] * 501), "It has 501 features, and no borough has more than 500 wards"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_changes_nothing(
    run, file, borough, content, told
):
    code, output = run("areas", "import", file("bad.geojson", content))
    assert code == 1
    assert "bad.geojson cannot be imported, and nothing was changed:" in output
    assert told in output
    assert ward_names(db.session) == borough


def test_every_fault_is_told_at_once_up_to_twenty(run, file):
    text = collection(*(feature(f"T{n:02}", "") for n in range(25)))
    code, output = run("areas", "import", file("bad.geojson", text))
    assert code == 1
    assert output.count("has no ward name") == 20
    assert "- and 5 more." in output


def test_a_geometry_that_is_missing_is_told(run, file):
    ward = feature("T01", "Ash")
    ward["geometry"] = None
    assert (
        "its geometry is missing" in run("areas", "import", file("b.geojson", collection(ward)))[1]
    )


def test_a_group_property_that_is_missing_is_told(run, file):
    text = collection(feature("T01", "Ash"))
    code, output = run("areas", "import", "--group", "part", file("wards.geojson", text))
    assert code == 1
    assert "has no part" in output


def test_the_national_grid_is_brought_to_longitude_and_latitude(run, file):
    # The Ordnance Survey's own example, Caister water tower: 52.65798 north, 1.71605 east.
    near, far = [651409.903, 313177.270], [651509.903, 313277.270]
    text = outlined(near, [far[0], near[1]], far, near)
    code, output = run("areas", "import", file("wards.geojson", text))
    assert code == 0, output
    assert "converted to longitude and latitude, to within 5 metres" in output
    ward = db.session.get(Ward, "T01")
    (ring,) = json.loads(ward.boundary)["coordinates"]
    assert ring[0] == pytest.approx([1.716052, 52.657979], abs=5e-6)
    assert ward.outline.startswith("M")


def test_a_file_of_hundreds_of_megabytes_is_not_read(run, file, monkeypatch):
    monkeypatch.setattr(boundaries, "MOST_BYTES", 1000)
    code, output = run("areas", "import", file("huge.geojson", " " * 2000))
    assert code == 1
    assert "Take only your borough, or generalised boundaries." in output
