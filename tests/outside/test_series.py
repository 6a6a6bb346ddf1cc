"""A published survey by borough comes in as it is, and what was put right is told."""

import pytest
from sqlalchemy import select

from engage.extensions import db
from engage.outside.models import OutsideSeries, OutsideValue, SeriesKind
from engage.outside.store import all_series, beside_london, differing

HEADING = "quarter_end,survey,borough,measure,proportion,london"
GOOD = '"""Good Job"" local"'


def text(*rows, heading=HEADING):
    return "\n".join((heading, *rows)) + "\n"


def row(borough, value, *, ends="2023-12-31", measure=GOOD, london="0.50", survey="PAS"):
    return f"{ends},{survey},{borough},{measure},{value},{london}"


def values():
    rows = db.session.execute(
        select(
            OutsideValue.area_kind,
            OutsideValue.area,
            OutsideValue.name,
            OutsideValue.period_end,
            OutsideValue.value,
        ).order_by(OutsideValue.area_kind, OutsideValue.area, OutsideValue.period_end)
    )
    return [(kind, area, name, f"{ends}", value) for kind, area, name, ends, value in rows]


def test_a_survey_comes_in_as_it_is_published(run, file):
    rows = [row("Testham", "0.56"), row("Barnet", "0.67"), row("Testham", "0.6", ends="2023-09-30")]
    code, output = run("series", file("pas.csv", text(*rows)))
    assert (code, output) == (
        0,
        (
            "3 rows: 1 series of 2 boroughs in 2 periods.\n"
            "Your borough in it is Testham.\n"
            "New series: 1.\n"
            "Figures: 5 new, 0 revised, 0 gone, 0 as before.\n"
        ),
    )
    (series,) = all_series(db.session, SeriesKind.SURVEY)
    assert (series.code, series.title) == ("pas_good_job_local", '"Good Job" local')
    assert series.source.startswith("Mayor’s Office for Policing and Crime")
    assert series.licence == "Open Government Licence v3.0"
    assert (series.unit, series.borough, series.nearest) == ("proportion", "testham", "police_good")
    assert "the police do a good or an excellent job" in series.about
    assert values()[0] == ("borough", "barnet", "Barnet", "2023-12-31", 0.67)


def test_our_borough_stands_beside_london_newest_first(run, file):
    rows = [
        row("Testham", "0.56", london="0.5"),
        row("Testham", "", ends="2023-09-30", london="0.52"),
        row("Testham", "0.4", ends="2023-06-30", london=""),
    ]
    code, output = run("series", file("pas.csv", text(*rows)))
    assert code == 0
    assert "1 rows have no figure." in output
    shown = beside_london(db.session, all_series(db.session)[0])
    assert (shown.borough, shown.london) == ("Testham", "London")
    assert [(f"{each.ends}", each.borough, each.london) for each in shown.quarters] == [
        ("2023-12-31", 0.56, 0.5),
        ("2023-09-30", None, 0.52),
        ("2023-06-30", 0.4, None),
    ]
    assert [each.difference for each in shown.quarters] == [pytest.approx(0.06), None, None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Richmond upon Thames", "Richmond Upon Thames"),
        ("Kingston upon Thames", "Kingston-upon-Thames"),
        ("Barking and Dagenham", "Barking & Dagenham"),
        ("City of Westminster", "Westminster"),
        ("Kensington and Chelsea", "Royal Borough of Kensington & Chelsea"),
        ("Southwark", "SOUTHWARK"),
    ],
)
def test_two_spellings_of_a_borough_are_made_one_and_told(run, file, one, other):
    rows = [row(one, "0.5", ends=f"2023-{month}") for month in ("03-31", "06-30")]
    code, output = run("series", file("pas.csv", text(*rows, row(other, "0.6"))))
    assert code == 0
    assert f"Two spellings of one name: {other!r} was read as {one!r} in 1 row." in output
    assert [(name, value) for kind, _area, name, _ends, value in values() if kind == "borough"] == [
        (one, 0.5),
        (one, 0.5),
        (one, 0.6),
    ]


def test_boroughs_that_differ_by_more_are_two(run, file):
    rows = [row("Richmond upon Thames", "0.5"), row("Kingston upon Thames", "0.5")]
    assert "2 boroughs" in run("series", file("pas.csv", text(*rows)))[1]


def test_equal_rows_of_two_spellings_are_merged_and_counted(run, file):
    rows = [row("Brent", "0.5"), row("BRENT", "0.50"), row("Brent", "0.5", ends="2023-09-30")]
    code, output = run("series", file("pas.csv", text(*rows)))
    assert code == 0
    assert "1 rows that say again what another row says were merged." in output
    assert len([each for each in values() if each[0] == "borough"]) == 2


def test_of_two_spellings_with_two_figures_neither_is_kept_and_both_are_told(run, file):
    rows = [row("Brent", "0.5"), row("BRENT", "0.6"), row("Brent", "0.4", ends="2023-09-30")]
    code, output = run("series", file("pas.csv", text(*rows)))
    assert code == 0
    assert "1 figures differ between two spellings of one borough. Neither is kept:" in output
    told = '- "Good Job" local, 31 December 2023: 0.5 for Brent in line 2; 0.6 for BRENT in line 3'
    assert told in output
    kept = [each for each in values() if each[0] == "borough"]
    assert kept == [("borough", "brent", "Brent", "2023-09-30", 0.4)]


def test_the_same_file_twice_changes_nothing_and_says_so(run, file, clock):
    path = file("pas.csv", text(row("Testham", "0.56")))
    run("series", path)
    before = [(each.id, each.imported_on) for each in all_series(db.session)]
    clock.move(days=3)
    code, output = run("series", path)
    assert code == 0
    assert output.endswith("This very file is on record already. Nothing was changed.\n")
    db.session.expire_all()
    assert [(each.id, each.imported_on) for each in all_series(db.session)] == before
    assert len(values()) == 2


def test_a_newer_file_takes_its_place_and_tells_what_was_revised(run, file, clock):
    rows = [row("Testham", "0.56"), row("Testham", "0.5", ends="2023-09-30")]
    other = row("Testham", "0.3", measure="Informed local")
    run("series", file("old.csv", text(*rows, other)))
    clock.move(days=30)
    newer = [row("Testham", "0.57"), row("Testham", "0.6", ends="2024-03-31")]
    code, output = run("series", file("new.csv", text(*newer)))
    assert code == 0
    # Gone are September's figures, of the borough and of London.
    assert "Figures: 2 new, 1 revised, 2 gone, 1 as before." in output
    assert '- "Good Job" local, Testham, 31 December 2023: 56%, now 57%' in output
    dates = {each.code: f"{each.imported_on}" for each in all_series(db.session)}
    assert dates == {"pas_good_job_local": "2026-04-01", "pas_informed_local": "2026-03-02"}


def test_two_sources_of_one_thing_are_both_kept_and_told(run, file):
    rows = [
        "2013-02-28,Resident survey,Testham,Dogs are a problem,0.24,Action plan: table",
        "2013-02-28,Resident survey,Testham,Dogs are a problem,0.23,Action plan: page on residents",
    ]
    heading = "quarter_end,survey,borough,measure,proportion,source"
    code, output = run("series", file("dogs.csv", text(*rows, heading=heading)))
    assert code == 0
    assert "1 figures differ between two sources. Both are kept and marked:" in output
    told = "28 February 2013: 23% (Action plan: page on residents), 24% (Action plan: table)"
    assert told in output
    assert sorted(each[-1] for each in values()) == [0.23, 0.24]
    (found,) = differing(db.session, SeriesKind.SURVEY)
    assert (found.one, found.other) == (0.23, 0.24)
    assert differing(db.session, SeriesKind.SURVEY, "pas_good_job_local") == []


def test_two_sources_that_agree_are_not_told(run, file):
    for source in ("One", "Another"):
        path = file("x.csv", text(row("Testham", "0.5", survey="Own")))
        code, output = run("series", path, "--source", source)
        assert code == 0
        assert "differ" not in output
    assert len(all_series(db.session)) == 2


def test_who_imports_may_say_which_borough_is_ours_and_it_stays(run, file):
    path = file("pas.csv", text(row("Barnet", "0.5"), row("Brent", "0.4")))
    assert "Which borough is yours is not known" in run("series", path)[1]
    assert "Your borough in it is Brent." in run("series", path, "--borough", "BRENT")[1]
    code, output = run("series", path)
    assert "Nothing was changed" in output
    assert "not known" not in output
    db.session.expire_all()
    assert all_series(db.session)[0].borough == "brent"
    code, output = run("series", path, "--borough", "Bexley")
    assert code == 1
    assert "It has no borough 'Bexley'. It has: Barnet, Brent." in output


def test_a_survey_that_is_not_known_needs_its_source_and_may_say_what_it_is_about(run, file):
    given = "2023-12-31,Own,Testham,Safe,0.5,0.4,,"
    heading = HEADING + ",about,nearest"
    path = file("own.csv", text(given + "", heading=heading))
    code, output = run("series", path)
    assert code == 1
    assert "Line 2: nothing says who publishes the survey 'Own'. Say it with --source" in output
    told = "2023-12-31,Own,Testham,Safe,0.5,0.4,People who feel safe.,safe_dark"
    path = file("own.csv", text(told, heading=heading))
    assert run("series", path, "--source", "The council")[0] == 0
    (series,) = all_series(db.session)
    assert (series.about, series.nearest) == ("People who feel safe.", "safe_dark")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([row("Testham", "1.2")], "Line 2: the proportion 1.2 is above 1. Write 56% as 0.56."),
        ([row("Testham", "-0.1")], "Line 2: the proportion '-0.1' is no number from 0 to 1."),
        ([row("Testham", "nan")], "Line 2: the proportion 'nan' is no number from 0 to 1."),
        ([row("Testham", "56%")], "Line 2: the proportion '56%' is no number"),
        ([row("Testham", "0.5", london="x")], "Line 2: the london 'x' is no number"),
        ([row("Testham", "0.5", ends="2023-13-01")], "the quarter_end '2023-13-01' is no day"),
        ([row("Testham", "0.5", ends="31/12/2023")], "'31/12/2023' is no day such as 2023-12-31"),
        ([row("", "0.5")], "Line 2 has no borough."),
        ([row("!!", "0.5")], "Line 2: the borough '!!' names nothing."),
        ([row("Testham", "0.5", measure="")], "Line 2 has no measure."),
        ([row("Testham", "0.5", survey="")], "Line 2 has no survey."),
        (["2023-12-31,PAS,Testham"], "Line 2 has 3 values where the heading has 6."),
        (
            [row("Testham", "0.5"), row("Testham", "0.6")],
            'Line 3: "Good Job" local of Testham on 2023-12-31 is 0.6 here and 0.5 in line 2.',
        ),
        (
            [row("Testham", "0.5"), row("Brent", "0.5", london="0.7")],
            'Line 3: "Good Job" local of london on 2023-12-31 is 0.7 here and 0.5 in line 2.',
        ),
        ([], "It has no rows."),
    ],
)
def test_each_fault_is_told_by_its_line_and_nothing_is_imported(run, file, rows, told):
    good = row("Barnet", "0.5", ends="2020-03-31", measure="Informed local")
    code, output = run("series", file("pas.csv", text(*rows, *([good] if rows else []))))
    assert code == 1
    assert "pas.csv cannot be imported, and nothing was changed:" in output
    assert told in output
    assert db.session.scalars(select(OutsideSeries)).all() == []


def test_every_fault_is_told_at_once(run, file):
    _code, output = run("series", file("pas.csv", text(row("A", "2"), row("B", "x"))))
    assert "Line 2" in output
    assert "Line 3" in output


def test_a_byte_order_mark_does_no_harm_and_latin_1_is_refused(run, file):
    marked = b"\xef\xbb\xbf" + text(row("Testham", "0.5")).encode()
    assert run("series", file("bom.csv", marked))[0] == 0
    code, output = run("series", file("latin.csv", text(row("Bégonia", "0.5")).encode("latin-1")))
    assert code == 1
    assert "It is not UTF-8. Save it as UTF-8, then try again." in output


def test_a_file_without_a_column_says_which(run, file):
    code, output = run("series", file("x.csv", "quarter_end,survey,borough,measure\n"))
    assert code == 1
    assert "It has no column for the proportion (proportion)." in output


def test_what_is_on_record_is_listed_and_a_source_can_be_removed(run, file):
    path = file("x.csv", text(row("Testham", "0.5", survey="Own")))
    run("series", path, "--source", "Wrong")
    assert "own_good_job_local\tWrong\t2\t2023-12-31\t2026-03-02" in run("list")[1]
    assert run("remove", "Unknown")[0] == 1
    assert run("remove", "Wrong") == (0, "1 series of Wrong were removed.\n")
    assert values() == []
