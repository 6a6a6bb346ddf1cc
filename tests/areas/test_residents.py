"""Residents come from a CSV file that must add up."""

import pytest
from sqlalchemy.exc import IntegrityError

from engage.areas.commands import one_transaction
from engage.areas.residents import replace_residents
from engage.areas.store import PopulationRow, population_rows
from engage.extensions import db

HEADING = "ward_code,sex,age_band,population\n"
BANDS = ("0-15", "16-64", "65+")


def people(wards, bands=BANDS, *, number=10):
    return [
        f"{ward},{sex},{band},{number}"
        for ward in wards
        for sex in ("female", "male")
        for band in bands
    ]


def csv(rows, heading=HEADING):
    return heading + "\n".join(rows) + "\n"


def test_residents_are_kept_by_ward_sex_and_age(run, file, borough):
    code, output = run("population", "import", file("people.csv", csv(people(borough))))
    assert (code, output) == (
        0,
        "180 residents of 3 wards are on record; ages told apart: 3.\n",
    )
    rows = population_rows(db.session)
    assert len(rows) == 18
    assert rows[2] == PopulationRow("T01", "female", 65, 999, 10)


def test_rows_of_other_boroughs_are_left_out_and_counted(run, file, borough):
    rows = [f"Here,{row}" for row in people(borough)] + ["There,X1,female,0-15,9"]
    text = csv(rows, "borough_name," + HEADING)
    code, output = run("population", "import", file("people.csv", text))
    assert code == 0
    assert "1 rows of wards that are not on record were left out." in output


def test_single_years_are_taken(run, file, borough):
    ages = [*(str(age) for age in range(90)), "90+"]
    text = csv(people(borough, ages, number=1))
    assert run("population", "import", file("people.csv", text))[0] == 0
    rows = population_rows(db.session)
    assert (rows[17].age_from, rows[17].age_to) == (17, 17)
    assert len(rows) == 3 * 2 * 91


def test_sums_in_the_file_are_checked_and_not_kept(run, file, borough):
    sums = [f"{ward},persons,{band},20" for ward in borough for band in BANDS]
    sums += [f"{ward},female,all ages,30" for ward in borough] + ["T01,persons,all,60"]
    code, output = run("population", "import", file("p.csv", csv(people(borough) + sums)))
    assert code == 0, output
    assert sum(row.residents for row in population_rows(db.session)) == 180


def test_a_second_import_replaces(run, file, borough):
    run("population", "import", file("people.csv", csv(people(borough))))
    text = csv(people(borough, ["0+"], number=7))
    assert run("population", "import", file("people.csv", text))[0] == 0
    assert sum(row.residents for row in population_rows(db.session)) == 42


GOOD = people(["T01", "T02", "T03"])


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["X9,female,0-15,3"], "None of its rows is of a ward on record"),
        ([*GOOD[:-1], "T03,male,65+,-4"], "the population '-4' is no whole number"),
        ([*GOOD[:-1], "T03,male,65+,1.5"], "the population '1.5' is no whole number"),
        ([*GOOD[:-1], "T03,male,65+,"], "the population '' is no whole number"),
        ([*GOOD[:-1], "T03,male,65+,٣"], "is no whole number"),
        ([*GOOD[:-1], "T03,male,65+,9999999999"], "is no whole number"),
        ([*GOOD[:-1], "T03,other,65+,1"], "the sex 'other' is neither female nor male"),
        ([*GOOD[:-1], "T03,male,old,1"], "the age band 'old' is not like"),
        ([*GOOD[:-1], "T03,male,65-60,1"], "the age band '65-60' is not like"),
        ([*GOOD, GOOD[0]], "Line 20 counts Ash Hill, female, 0-15 a second time."),
        (GOOD[:-1], "St John’s (T03), male, has other ages than most: without 65+; besides none."),
        (GOOD[:-3], "St John’s (T03) has no residents of sex male."),
        (GOOD[:-6], "St John’s (T03) has no residents of sex female."),
        ([*GOOD, "T01,persons,65+,21"], "the file says 21, but its parts sum to 20."),
        ([*GOOD, "T01,female,all,31"], "the file says 31, but its parts sum to 30."),
        ([*GOOD, "T01,all,all,61"], "the file says 61, but its parts sum to 60."),
        (people(["T01", "T02", "T03"], ["0-15", "15-64", "65+"]), "0-15 and 15-64 overlap"),
        (people(["T01", "T02", "T03"], ["0-15", "18-64", "65+"]), "some ages are missing"),
    ],
)
def test_residents_that_do_not_add_up_are_refused(run, file, borough, rows, told):
    before = csv(people(borough, ["0+"], number=7))
    assert run("population", "import", file("before.csv", before))[0] == 0
    code, output = run("population", "import", file("people.csv", csv(rows)))
    assert code == 1
    assert told in output
    assert sum(row.residents for row in population_rows(db.session)) == 42


def test_a_ward_of_this_borough_that_is_unknown_is_told(run, file, borough):
    rows = [f"Here,{row}" for row in (*GOOD, "T77,female,0-15,3", "T77,male,0-15,3")]
    code, output = run("population", "import", file("p.csv", csv(rows, "borough_name," + HEADING)))
    assert code == 1
    assert output.count("there is no ward 'T77' of Here on record") == 1


def test_all_faults_are_told_together(run, file, borough):
    rows = [*GOOD[:-2], "T03,male,16-64,x", "T03,neither,65+,1"]
    output = run("population", "import", file("people.csv", csv(rows)))[1]
    assert "population 'x'" in output
    assert "sex 'neither'" in output
    assert "without 16-64, 65+" in output


def test_a_database_that_says_no_half_way_leaves_what_was_there(run, file, borough):
    run("population", "import", file("people.csv", csv(people(borough))))
    rows = [PopulationRow("T01", "female", 0, 999, 5), PopulationRow("T77", "male", 0, 999, 5)]
    with pytest.raises(IntegrityError), one_transaction():
        replace_residents(db.session, rows)
    assert sum(row.residents for row in population_rows(db.session)) == 180
