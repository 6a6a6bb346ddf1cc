"""Recorded crime by ward is matched to the wards on record, and what is left out is told."""

from datetime import date

import pytest
from sqlalchemy import select

from engage.extensions import db
from engage.outside.models import OutsideSeries, SeriesKind
from engage.outside.store import (
    all_series,
    crime_by_ward,
    crime_source,
    crime_years,
    differing,
    latest_year,
)

HEADING = "borough_name,ward_code,ward_name,year,offence,offences"
LAST = date(2021, 12, 31)


def text(*rows, heading=HEADING):
    return "\n".join((heading, *rows)) + "\n"


def full(years=(2020, 2021), wards=("T01,Ash Hill", "T02,Bégonia Vale", "T03,St John’s")):
    return [
        f"Testham,{ward},{year},{offence},{number}"
        for year in years
        for ward in wards
        for offence, number in (("burglary", 10), ("theft", 25))
    ]


def year(ends=LAST, code=None):
    return crime_by_ward(db.session, crime_source(db.session), ends, code)


def test_crime_is_kept_by_ward_year_and_offence_and_given_per_1000_residents(run, file, borough):
    rows = [*full(), "Elsewhere,X01,There,2021,theft,9"]
    code, output = run("crime", file("crime.csv", text(*rows)))
    assert (code, output) == (
        0,
        (
            "12 rows of Testham: 2 kinds of offence in 3 wards and 2 years.\n"
            "1 rows of other boroughs were left out.\n"
            "Offences in all these wards:\n"
            "  2020: 105\n"
            "  2021: 105 (+0%)\n"
            'If a year is not whole or not like the others, say so: --remark "YEAR=WORDS".\n'
            "New series: 2.\n"
            "Figures: 12 new, 0 revised, 0 gone, 0 as before.\n"
        ),
    )
    every = year()
    assert [tuple(ward) for ward in every.wards.values()] == [
        ("Ash Hill", 35, 1000, 35.0),
        ("Bégonia Vale", 35, 2000, 17.5),
        ("St John’s", 35, None, None),
    ]
    assert every.offence == ""
    theft = year(code="crime_theft")
    assert (theft.offence, theft.wards["T01"].rate) == ("Theft", 25.0)


def test_a_year_with_a_remark_is_not_the_latest_and_the_remark_stays(run, file, borough):
    path = file("crime.csv", text(*full()))
    run("crime", path, "--remark", "2021=Part of the year only")
    years = crime_years(db.session, crime_source(db.session))
    assert years == {LAST: "Part of the year only", date(2020, 12, 31): ""}
    assert latest_year(years) == date(2020, 12, 31)
    assert year().remark == "Part of the year only"
    assert "Nothing was changed" in run("crime", path)[1]
    assert latest_year(crime_years(db.session, crime_source(db.session))) == date(2020, 12, 31)
    run("crime", path, "--remark", "2021=")
    assert latest_year(crime_years(db.session, crime_source(db.session))) == LAST
    assert latest_year({LAST: "All are odd"}) == LAST
    assert latest_year({}) is None


@pytest.mark.parametrize("remark", ["2021", "abc=x", f"2021={'x' * 301}"])
def test_a_remark_that_is_none_is_refused(run, file, borough, remark):
    code, output = run("crime", file("crime.csv", text(*full())), "--remark", remark)
    assert code == 2
    assert "is not like 2021=part of the year" in " ".join(output.split())


def test_a_ward_with_another_code_is_matched_by_its_name_and_told(run, file, borough):
    rows = full((2021,), ("T01,Ash Hill", "Z02,BEGONIA VALE", "T03,Saint Johns"))
    code, output = run("crime", file("crime.csv", text(*rows)))
    assert code == 0
    assert "1 wards have codes that are not on record and were matched by name alone." in output
    assert "- BEGONIA VALE (Z02 is T02 here)" in output
    assert year().wards["T02"].offences == 35
    assert "Two" not in output  # the code says which ward it is, whatever its name


def test_a_ward_that_is_not_on_record_is_left_out_and_told(run, file, borough):
    rows = full((2021,), ("T01,Ash Hill", "Z09,Old Ward"))
    code, output = run("crime", file("crime.csv", text(*rows)))
    assert code == 0
    assert "1 wards are not on record and were left out:\n- Z09 Old Ward (rows: 2)" in output
    assert "It has nothing of 2 wards on record: Bégonia Vale, St John’s." in output
    assert year().wards["T02"].offences is None


def test_two_wards_are_never_added_up_to_one_by_their_name(run, file, borough):
    both = ("T01,Ash Hill", "Z01,Ash Hill", "Z02,Begonia Vale", "Z03,Begonia Vale")
    code, output = run("crime", file("crime.csv", text(*full((2021,), both))))
    assert code == 0
    assert "3 wards are not on record and were left out:" in output
    assert [ward.offences for ward in year().wards.values()] == [35, None, None]


def test_a_row_that_is_not_there_is_no_zero(run, file, borough):
    code, output = run("crime", file("crime.csv", text(*full()[:-1])))
    assert code == 0
    assert "1 times a ward has no row for a kind of offence that others have" in output
    assert year(code="crime_theft").wards["T03"].offences is None
    assert year().wards["T03"].offences == 10


def test_the_same_file_twice_changes_nothing_and_a_newer_one_takes_its_place(run, file, borough):
    path = file("crime.csv", text(*full()))
    run("crime", path)
    assert run("crime", path)[1].endswith("on record already. Nothing was changed.\n")
    newer = [each.replace("burglary,10", "robbery,11").replace("25", "26") for each in full()]
    code, output = run("crime", file("new.csv", text(*newer)))
    assert code == 0
    assert "Series that the file does not have any more left: Burglary." in output
    assert "Figures: 6 new, 6 revised, 6 gone, 0 as before." in output
    assert "- Theft, Ash Hill, 31 December 2020: 25, now 26" in output
    assert year().wards["T01"].offences == 37
    assert {each.title for each in all_series(db.session, SeriesKind.CRIME)} == {"Robbery", "Theft"}


def test_two_sources_are_both_kept_and_what_differs_is_told(run, file, borough):
    path = file("crime.csv", text(*full()))
    run("crime", path)
    other = file("other.csv", text(*[each.replace(",10", ",12") for each in full()]))
    code, output = run("crime", other, "--source", "Another list")
    assert code == 0
    assert "6 figures differ between two sources. Both are kept and marked:" in output
    assert len(differing(db.session, SeriesKind.CRIME)) == 6
    assert crime_source(db.session) == "Another list"
    assert year().wards["T01"].offences == 37
    assert run("remove", "Another list")[0] == 0
    assert year().wards["T01"].offences == 35


def test_the_council_says_which_borough_is_ours_unless_whoever_imports_does(run, file, borough):
    here = [each.replace("Testham", "City of Otherham") for each in full()]
    path = file("crime.csv", text(*here))
    code, output = run("crime", path)
    assert code == 1
    told = "It has no borough 'Testham Council'. Name one of these with --borough: City of Otherham"
    assert told in output
    assert run("crime", path, "--borough", "otherham")[0] == 0


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["Testham,T01,Ash Hill,2021,theft,-1"], "Line 2: the offences '-1' are no whole number"),
        (["Testham,T01,Ash Hill,2021,theft,1.5"], "Line 2: the offences '1.5' are no whole number"),
        (["Testham,T01,Ash Hill,2021,theft,"], "Line 2: the offences '' are no whole number"),
        (["Testham,T01,Ash Hill,2021,theft,9999999999"], "'9999999999' are no whole number"),
        (["Testham,T01,Ash Hill,2020/21,theft,1"], "the year '2020/21' is no calendar year"),
        (["Testham,T01,Ash Hill,2021,,1"], "Line 2 has no offence."),
        (["Testham,T01,Ash Hill,2021,All offences,1"], "'All offences' is no kind of offence"),
        (
            ["Testham,T01,Ash Hill,2021,Total Notifiable Offences,1"],
            "'Total Notifiable Offences' is no kind of offence",
        ),
        (["Testham,,,2021,theft,1"], "Line 2 has no ward_code."),
        (["Testham,Z1,Nowhere,2021,theft,1"], "or none is of a ward on record."),
        (
            ["Testham,T01,Ash Hill,2021,theft,1", "Testham,T01,Ash Hill,2021,Theft,2"],
            "Line 3: Theft in Ash Hill in 2021 was counted in line 2 already.",
        ),
        (
            ["Testham,T01,Ash Hill,2021,theft,1", "Barnet,T02,Vale,2021,theft,2"],
            "Line 3: the ward T02 (Bégonia Vale) is on record, but this row is of 'Barnet'.",
        ),
        ([], "It has no rows."),
    ],
)
def test_each_fault_is_told_by_its_line_and_nothing_is_imported(run, file, borough, rows, told):
    code, output = run("crime", file("crime.csv", text(*rows)))
    assert code == 1
    assert "crime.csv cannot be imported, and nothing was changed:" in output
    assert told in output
    assert db.session.scalars(select(OutsideSeries)).all() == []


def test_a_remark_on_a_year_that_is_not_there_is_a_fault(run, file, borough):
    code, output = run("crime", file("crime.csv", text(*full())), "--remark", "2019=x")
    assert code == 1
    assert "It has no rows of 2019, for which there is a remark." in output


def test_without_wards_on_record_there_is_nothing_to_match(run, file):
    code, output = run("crime", file("crime.csv", text(*full())))
    assert code == 1
    assert "No wards are on record: first `flask --app run areas import`." in output


def test_latin_1_is_refused(run, file, borough):
    code, output = run(
        "crime", file("crime.csv", text(*full()).replace("’", "'").encode("latin-1"))
    )
    assert code == 1
    assert "It is not UTF-8." in output
