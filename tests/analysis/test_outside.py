"""What people feel beside what others publish: two measures, told apart."""

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from conftest import NOON, running
from figures.town import WARDS, filled, found, wave_of
from page import PageClient
from sqlalchemy import select, update
from staff import make_staff, sign_in

from engage.accounts.models import Role
from engage.extensions import db
from engage.figures.models import Figure
from engage.figures.refresh import refresh
from engage.outside.changes import put
from engage.outside.given import Figure as Published, GivenSeries, Spot
from engage.outside.models import AreaKind, SeriesKind, Unit
from engage.waves.models import Wave

pytestmark = pytest.mark.either_database

SOURCE = "A police force"


@pytest.fixture(scope="module")
def figured(sqlite_template, tmp_path_factory) -> Path:
    """A database with a wave and its figures, made once."""
    folder = tmp_path_factory.mktemp("figured")
    shutil.copy(sqlite_template, folder / "figured.sqlite")
    with running(folder, f"sqlite:///{folder / 'figured.sqlite'}"):
        with_figures(db.session())
    with sqlite3.connect(folder / "figured.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder / "figured.sqlite"


@pytest.fixture
def site(figured, tmp_path, clock):
    """An application on a copy of it."""
    shutil.copy(figured, tmp_path / "site.sqlite")
    with running(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite'}") as app:
        yield app


@pytest.fixture
def session(site):
    return db.session()


@pytest.fixture
def wave(session):
    wave = session.scalars(select(Wave)).one()
    session.expunge(wave)
    session.rollback()  # or its lock would make the sign-in wait
    return wave


@pytest.fixture
def analyst(site) -> PageClient:
    return sign_in(PageClient(site), make_staff(site, Role.ANALYST))


def with_figures(session):
    found(session)
    wave = filled(session, 300)
    refresh(session, wave.id, NOON)
    session.commit()
    return wave


def series(kind, title, values, **given):
    return GivenSeries(
        **{
            "kind": kind,
            "code": title.lower().replace(" ", "_"),
            "title": title,
            "source": SOURCE,
            "licence": "Open Government Licence v3.0",
            "survey": "PAS",
            "measure": title,
            "unit": Unit.COUNT if kind is SeriesKind.CRIME else Unit.PROPORTION,
            "about": "What it is about.",
            "borough": "testham",
            "nearest": "police_good",
            "values": values,
        }
        | given
    )


def crimes(title, number, years=(2024, 2025), *, wards=WARDS, **given):
    values = {
        Spot(AreaKind.WARD, code, date(year, 12, 31)): Published(name, number * place + year % 10)
        for year in years
        for place, (code, name) in enumerate(wards.items(), 1)
    }
    return series(SeriesKind.CRIME, title, values, **given)


def shares(title, rows, **given):
    values = {}
    for day, ours, london in rows:
        ends = date.fromisoformat(day)
        if ours is not None:
            values[Spot(AreaKind.BOROUGH, "testham", ends)] = Published("Testham", ours)
        if london is not None:
            values[Spot(AreaKind.LONDON, "london", ends)] = Published("London", london)
    return series(SeriesKind.SURVEY, title, values, **given)


def on_record(session, *given):
    put(session, given, digest="0" * 64, today=NOON.date())
    session.commit()


def rows(client):
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in {"td", "th"}]
        for row in client.page.iterfind(".//tbody/tr")
    ]


def caption(client):
    return client.page.find(".//table/../../h2").text


def test_each_ward_has_its_figure_beside_its_recorded_crime(session, wave, analyst):
    on_record(session, crimes("Theft", 100), crimes("Burglary", 10))
    analyst.get(f"/staff/figures/{wave.id}/crime")
    assert "These are two different measures." in analyst.text
    assert "The crime is that of 2025." in analyst.text
    assert "Source: A police force. Licence: Open Government Licence v3.0." in analyst.text
    assert "correl" not in analyst.text
    told = "Feels safe outside after dark, and all offences recorded in 2025, by ward"
    assert caption(analyst) == told
    wards = rows(analyst)
    assert [ward[0] for ward in wards] == list(WARDS.values())
    # Ward 1 has 400 residents of each sex in five bands: 4,000; 100 + 5 and 10 + 5 offences.
    assert wards[0][4:] == ["30.0", "120"]
    figure, interval, people = wards[0][1:4]
    assert figure[:2].isdigit()
    assert " to " in interval
    assert people.endswith(" people")


def test_the_figure_the_offence_the_year_and_the_order_can_be_chosen(session, wave, analyst):
    on_record(session, crimes("Theft", 100), crimes("Burglary", 10))
    path = (
        f"/staff/figures/{wave.id}/crime?figure=worry_crime&offence=burglary&year=2024&sort=crime"
    )
    analyst.get(path)
    assert caption(analyst) == "Worried about crime, and burglary recorded in 2024, by ward"
    wards = rows(analyst)
    rates = [float(ward[4]) for ward in wards]
    assert rates == sorted(rates, reverse=True)
    assert wards[-1][0] == "Ward 1"
    assert wards[-1][5] == "14"
    assert (
        analyst.page.find(".//th[@aria-sort='descending']").text == "Recorded per 1,000 residents"
    )
    chosen = [each.get("value") for each in analyst.page.iterfind(".//option[@selected]")]
    assert chosen == ["worry_crime", "burglary", "2024"]
    back = next(a for a in analyst.page.iter("a") if a.text == "Sort by name")
    analyst.get(back.get("href").split("#")[0])
    assert [ward[0] for ward in rows(analyst)] == list(WARDS.values())
    assert "burglary recorded in 2024" in caption(analyst)


def test_a_hidden_figure_stays_hidden_beside_its_crime(session, wave, analyst):
    on_record(session, crimes("Theft", 100))
    hidden = {"estimate": None, "lower": None, "upper": None, "base": None, "flag": "[c]"}
    of = update(Figure).filter_by(breakdown="ward", group="W2", indicator="safe_dark")
    session.execute(of.values(**hidden))
    session.commit()
    analyst.get(f"/staff/figures/{wave.id}/crime")
    assert rows(analyst)[1] == ["Ward 2", "[c]", "", "", "45.6", "205"]
    assert "[c] Not shown, so that nobody can be recognised" in analyst.text


def test_a_ward_without_recorded_crime_or_residents_has_no_rate(session, wave, analyst):
    some = {code: name for code, name in WARDS.items() if code != "W3"}
    on_record(session, crimes("Theft", 100, wards=some))
    analyst.get(f"/staff/figures/{wave.id}/crime?sort=crime")
    last = rows(analyst)[-1]
    assert (last[0], last[4:]) == ("Ward 3", ["[x]", "[x]"])
    assert "[x] No figure: the source has none, or no residents are on record." in analyst.text


def test_a_year_about_which_there_is_a_remark_is_not_the_first_shown(session, wave, analyst):
    part = {date(2025, 12, 31): "Only until June."}
    on_record(session, crimes("Theft", 100, remarks=part))
    assert "recorded in 2024" in caption(analyst.get(f"/staff/figures/{wave.id}/crime"))
    assert "Only until June." not in analyst.text
    analyst.get(f"/staff/figures/{wave.id}/crime?year=2025")
    assert "About 2025: Only until June." in analyst.text


def test_two_sources_of_recorded_crime_are_marked(session, wave, analyst):
    on_record(session, crimes("Theft", 100), crimes("Theft", 101, source="Another"))
    analyst.get(f"/staff/figures/{wave.id}/crime")
    told = "Theft, Ward 1, 31 December 2025: 105 (A police force), 106 (Another)"
    assert "Two sources give different figures for this year. Both are kept:" in analyst.text
    assert told in analyst.text
    assert "31 December 2024" not in analyst.text


@pytest.mark.parametrize("asked", ["figure=none", "offence=none", "year=1999", "sort=figure"])
def test_what_is_not_there_is_not_found(session, wave, analyst, asked):
    on_record(session, crimes("Theft", 100))
    analyst.get(f"/staff/figures/{wave.id}/crime?{asked}", 404)


def test_without_figures_the_page_says_what_is_missing(session, analyst):
    wave = wave_of(session, "young_people")
    said = analyst.get(f"/staff/figures/{wave.id}/crime").text
    assert "There are no figures by ward of this wave." in said
    analyst.get("/staff/figures/999/crime", 404)


def test_without_recorded_crime_the_page_says_so(session, wave, analyst):
    said = analyst.get(f"/staff/figures/{wave.id}/crime").text
    assert "No recorded crime by ward is on record." in said


PAS = [("2025-12-31", 0.56, 0.6), ("2025-09-30", 0.6, 0.6), ("2025-06-30", 0.65, None)]


def test_our_borough_stands_beside_london_and_our_survey_apart(session, wave, analyst):
    on_record(session, shares("Good job", PAS))
    analyst.get(f"/staff/figures/{wave.id}/london")
    heads = [each.text for each in analyst.page.iterfind(".//thead/tr/th")]
    assert heads == ["Until", "Testham", "London", "Difference in points"]
    assert rows(analyst) == [
        ["31 December 2025", "56%", "60%", "−4"],
        ["30 September 2025", "60%", "60%", "0"],
        ["30 June 2025", "65%", "[x]", "[x]"],
    ]
    assert "What it is about." in analyst.text
    assert "Source: A police force. Licence: Open Government Licence v3.0." in analyst.text
    own = analyst.text[analyst.text.index("Our own survey") :]
    assert "It is another question, asked of other people in another way" in own
    assert "The police do a good job in the local area" in own
    assert "95% interval" in own


def test_another_measure_can_be_chosen_and_may_have_nothing_near(session, wave, analyst):
    on_record(session, shares("Good job", PAS), shares("Trusted", PAS[:1], nearest=""))
    analyst.get(f"/staff/figures/{wave.id}/london?measure=trusted")
    assert caption(analyst).startswith("Trusted")
    assert "This survey asked nothing that comes near to it." in analyst.text
    analyst.get(f"/staff/figures/{wave.id}/london?measure=none", 404)


def test_two_sources_of_one_figure_are_both_shown_and_marked(session, wave, analyst):
    other = [("2025-12-31", 0.57, 0.6)]
    on_record(session, shares("Good job", PAS), shares("Good job", other, source="Another"))
    analyst.get(f"/staff/figures/{wave.id}/london")
    assert "Two sources give different figures for one thing. Both are kept:" in analyst.text
    assert (
        "Good job, Testham, 31 December 2025: 56% (A police force), 57% (Another)" in analyst.text
    )
    marked = [row for row in rows(analyst) if row[0] == "31 December 2025 (sources differ)"]
    assert sorted(row[1] for row in marked) == ["56%", "57%"]


def test_the_pages_say_when_our_borough_or_our_figure_is_not_known(session, analyst):
    on_record(session, shares("Good job", PAS, borough="", nearest="unsafe_live"))
    wave = wave_of(session, "young_people")
    said = analyst.get(f"/staff/figures/{wave.id}/london").text
    assert "Nobody has said which borough is ours." in said
    assert "There is no figure of this wave yet for “Feels a bit unsafe or not at all safe" in said


def test_without_a_survey_of_others_the_page_says_so(session, wave, analyst):
    said = analyst.get(f"/staff/figures/{wave.id}/london").text
    assert "No survey of other boroughs is on record." in said


def test_analysts_and_managers_may_look_and_others_sign_in_on_both_databases(app, clock):
    session = db.session()
    wave = with_figures(session)
    on_record(session, crimes("Theft", 100), shares("Good job", PAS))
    for page, count in (("crime", len(WARDS)), ("london", len(PAS))):
        path = f"/staff/figures/{wave.id}/{page}"
        PageClient(app).get(path, 302)
        for role in (Role.ANALYST, Role.SURVEY_MANAGER, Role.ADMINISTRATOR):
            member = make_staff(app, role, f"{role} {page}".title())
            assert len(rows(sign_in(PageClient(app), member).get(path))) == count
