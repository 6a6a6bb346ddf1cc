"""Area groups come from a CSV file."""

import pytest

from engage.areas.store import groups, ward_groups
from engage.extensions import db

HEADING = "ward_code,group_code,group_name\n"


def test_groups_replace_those_before(run, file, borough):
    first = HEADING + "T01,A,Old\nT02,A,Old\nT03,B,Older\n"
    assert run("areas", "import-groups", file("groups.csv", first))[0] == 0
    second = HEADING + "T01,N,North\nT02,N,North\n"
    code, output = run("areas", "import-groups", file("groups.csv", second))
    assert code == 0
    assert "2 wards are grouped; area groups: 1." in output
    assert "1 wards are in no group: St John’s." in output
    assert groups(db.session) == {"N": "North"}
    assert ward_groups(db.session) == {"T01": "N", "T02": "N"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "It is empty"),
        (HEADING, "It has no rows"),
        ("ward_code,group_code\nT01,A\n", "no column for the group_name"),
        (HEADING + "T77,A,North\n", "Line 2: there is no ward 'T77' on record."),
        (HEADING + "T01,A,North\nT01,B,South\n", "is in a group already"),
        (HEADING + "T01,A,North\nT02,A,South\n", "the group A is called 'North' above"),
        (HEADING + "T01,,North\n", "Line 2 has no group_code."),
        (HEADING + "T01,A\n", "Line 2 has 2 values where the heading has 3."),
        (HEADING + 'T01,"A\n', "is not CSV"),
        (b"ward_code,group_code,group_name\nT01,A,Caf\xe9\n", "It is not UTF-8"),
    ],
)
def test_groups_that_cannot_be_used_are_refused(run, file, borough, content, told):
    code, output = run("areas", "import-groups", file("groups.csv", content))
    assert code == 1
    assert told in output
    assert groups(db.session) == {}


def test_nothing_can_be_grouped_before_there_are_wards(run, file):
    code, output = run("areas", "import-groups", file("groups.csv", HEADING))
    assert code == 1
    assert "No wards are on record" in output
