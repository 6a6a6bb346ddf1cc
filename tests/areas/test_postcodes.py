"""Postcodes come from the ONS Postcode Directory, whatever its columns are called that year."""

from zipfile import ZipFile

import pytest
from sqlalchemy import select

from engage.areas.models import Postcode
from engage.extensions import db

OLD = "pcd,pcds,dointr,doterm,oslaua,osward\n"
NEW = "pcd7,pcd8,pcds,dointr,doterm,lad25cd,wd25cd\n"


def stored():
    return {row.code: row.ward_code for row in db.session.scalars(select(Postcode))}


def test_live_postcodes_of_wards_on_record_are_kept(run, file, borough):
    text = OLD + (
        "XX1 1AA,XX1 1AA,198001,,E1,T01\n"
        "XX1 1AB,XX1 1AB,198001,199612,E1,T01\n"
        "XX12 9ZZ,XX12 9ZZ,198001,,E1,T02\n"
        "YY1 1AA,YY1 1AA,198001,,E2,Y01\n"
    )
    code, output = run("areas", "import-postcodes", file("onspd.csv", text))
    assert code == 0
    assert "2 postcodes are on record. Left out: 1 that have ended and 1 in other wards." in output
    assert stored() == {"XX11AA": "T01", "XX129ZZ": "T02"}


def test_columns_are_found_by_pattern_and_a_second_import_replaces(run, file, borough):
    run("areas", "import-postcodes", file("old.csv", OLD + "a,XX1 1AA,1,,E1,T01\n"))
    text = NEW + "a,b,XX2 2AA,198001,,E1,T03\n"
    assert run("areas", "import-postcodes", file("new.csv", text))[0] == 0
    assert stored() == {"XX22AA": "T03"}


def test_the_zip_of_one_file_a_postcode_area_is_read(run, tmp_path, borough):
    path = tmp_path / "onspd.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("Data/ONSPD.csv", "not read")
        archive.writestr("Data/multi_csv/ONSPD_XX.csv", NEW + "a,b,XX1 1AA,1,,E1,T01\n")
        archive.writestr("Data/multi_csv/ONSPD_YY.csv", NEW + "a,b,YY1 1AA,1,,E1,T02\n")
        archive.writestr("Documents/guide.csv", "not read")
    assert run("areas", "import-postcodes", str(path))[0] == 0
    assert stored() == {"XX11AA": "T01", "YY11AA": "T02"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "It is empty"),
        ("pcds,osward\n", "no column for the end date (doterm)"),
        ("pcds,doterm,osward,wd25cd\n", "several columns for the ward: osward, wd25cd"),
        (OLD + "a,XX1 1AA,1,,E1,Z99\n", "(1 lie elsewhere)"),
        (OLD + "a,nowhere,1,,E1,T01\n", "Line 2: 'nowhere' is not a postcode."),
        (OLD + "a,XX1 1AA,1,,E1,T01\na,XX1 1AA,1,,E1,T02\n", "XX1 1AA is in two wards"),
        (OLD.encode() + b"a,XX1 1A\xff,1,,E1,T01\n", "It is not UTF-8"),
    ],
)
def test_a_directory_that_cannot_be_used_is_refused(run, file, borough, content, told):
    run("areas", "import-postcodes", file("old.csv", OLD + "a,XX1 1AA,1,,E1,T01\n"))
    code, output = run("areas", "import-postcodes", file("bad.csv", content))
    assert code == 1
    assert told in output
    assert stored() == {"XX11AA": "T01"}


def test_a_zip_of_something_else_is_refused(run, tmp_path, borough):
    path = tmp_path / "other.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("one.csv", "")
        archive.writestr("two.csv", "")
    code, output = run("areas", "import-postcodes", str(path))
    assert code == 1
    assert "neither a folder multi_csv nor" in output


def test_a_damaged_zip_is_refused(run, tmp_path, borough):
    path = tmp_path / "damaged.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("one.csv", NEW + "a,b,XX1 1AA,1,,E1,T01\n")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"XX1 1AA", b"XX9 9ZZ"))
    code, output = run("areas", "import-postcodes", str(path))
    assert code == 1
    assert "damaged zip" in output
    assert stored() == {}
