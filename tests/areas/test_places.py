"""Places come from a gazetteer."""

import pytest
from sqlalchemy import func, select

from engage.areas.models import Place, Ward
from engage.areas.search import find
from engage.extensions import db

HEADING = "name,kind,ward_code\n"


def test_places_are_found_after_their_import_which_replaces(run, file, borough):
    run("areas", "import-places", file("old.csv", HEADING + "Old Mill,landmark,T01\n"))
    text = "name,kind,ward_name\nMarket Cross,landmark,ash hill\nThe Dell,park,St. John's\n"
    code, output = run("areas", "import-places", file("places.csv", text))
    assert code == 0
    assert "2 places in 2 of 3 wards are on record." in output
    assert find(db.session, "mill") == []
    assert find(db.session, "the dell")[0].ward_code == "T03"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "It is empty"),
        (HEADING, "It has no places"),
        ("name,kind\nOak,park\n", "Line 2 has neither ward_code nor ward_name."),
        (HEADING + "Oak,park,T77\n", "there is no ward 'T77' on record"),
        ("name,kind,ward_name\nOak,park,Elsewhere\n", "no ward called 'Elsewhere' on record"),
        (HEADING + ",park,T01\n", "Line 2 has no name."),
        (HEADING + "Oak,,T01\n", "Line 2 has no kind."),
        (HEADING + "!!!,park,T01\n", "has no letter or digit"),
        (HEADING + f"{'x' * 151},park,T01\n", "longer than 150"),
        (HEADING + "Oak,park,T01\nOak,park,T01\n", "Line 3 is the same as line 2."),
    ],
)
def test_places_that_cannot_be_used_are_refused(run, file, borough, content, told):
    run("areas", "import-places", file("old.csv", HEADING + "Old Mill,landmark,T01\n"))
    code, output = run("areas", "import-places", file("bad.csv", content))
    assert code == 1
    assert told in output
    assert db.session.scalar(select(func.count()).select_from(Place)) == 1


def test_a_ward_name_that_could_be_two_is_told(run, file, borough):
    db.session.add(Ward(code="T04", name="Ash-Hill"))
    db.session.commit()
    text = "name,kind,ward_name\nOak,park,Ash Hill\n"
    assert "2 wards are called 'Ash Hill'" in run("areas", "import-places", file("p.csv", text))[1]
