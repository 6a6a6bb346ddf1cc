"""Waves over a year, the next wave after the last, and two managers who change one wave."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from page import PageClient
from sqlalchemy import select, update
from staff import make_staff, sign_in
from survey import open_a_wave

from engage.extensions import db
from engage.fieldwork.calendar import clashes, months, strips
from engage.waves import transitions
from engage.waves.faults import WavePlan
from engage.waves.models import Wave

TODAY = date(2026, 3, 2)


def planned(name="Spring 2026", questionnaire="fear_of_crime", opens=TODAY, days=30, **more):
    last = opens + timedelta(days=days)
    plan = WavePlan(questionnaire, name, opens, last, last + timedelta(days=700), **more)
    wave = transitions.create(db.session(), plan, TODAY)
    number = wave.id
    db.session.commit()
    db.session.remove()
    return number


@pytest.fixture
def manager(lite_app, clock):
    return sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))


def a_wave(number, title, opens, closes, *, for_anyone=True, is_closed=False, is_prepared=True):
    return SimpleNamespace(
        id=number,
        name=f"W{number}",
        title=title,
        opens_on=date.fromisoformat(opens),
        closes_on=date.fromisoformat(closes),
        is_closed=is_closed,
        is_prepared=is_prepared,
        questionnaire=title,
        for_anyone=for_anyone,
    )


def test_a_year_shows_each_wave_on_its_days_and_no_others():
    waves = [
        a_wave(1, "A", "2025-12-30", "2026-01-02"),
        a_wave(2, "B", "2026-12-31", "2027-02-01"),
        a_wave(3, "C", "2025-01-01", "2025-12-31"),
    ]
    drawn = [(each.wave.id, each.begins, each.length) for each in strips(waves, 2026)]
    assert drawn == [
        (1, 0.0, pytest.approx(200 / 365)),
        (2, pytest.approx(100 * 364 / 365), pytest.approx(100 / 365)),
    ]
    told = months(waves, 2026)
    assert [[wave.id for wave in each.waves] for each in told] == [[1], *[[]] * 10, [2]]


def test_waves_that_meet_are_told_where_it_matters():
    waves = [
        a_wave(1, "A", "2026-03-01", "2026-03-31"),
        a_wave(2, "A", "2026-03-31", "2026-04-30"),
        a_wave(3, "B", "2026-04-30", "2026-05-30", is_prepared=False),
        a_wave(4, "C", "2026-04-30", "2026-05-30", for_anyone=False),
        a_wave(5, "A", "2026-01-01", "2026-03-30", is_closed=True),
        a_wave(6, "A", "2025-01-01", "2026-03-01"),
    ]
    assert list(clashes(waves, TODAY)) == [
        (
            "A: W1 and W2 meet from 31 March 2026 to 31 March 2026. Only one of them can be open "
            "then: change the days of one."
        ),
        "A (W2) asks the same people as: B (W3).",
    ]


def test_the_calendar_tells_in_words_what_it_draws(lite_app, manager):
    planned()
    planned("Late", opens=TODAY + timedelta(days=10))
    manager.get("/staff/waves/calendar")
    assert "Only one of them can be open then" in manager.text
    assert "March" in manager.text
    cells = [" ".join("".join(row.itertext()).split()) for row in manager.page.iter("tr")]
    assert cells[1].endswith("Prepared 2 March 2026 1 April 2026")
    for year in ("2027", "99999", "x", "1"):
        manager.get(f"/staff/waves/calendar?year={year}")
    assert "No wave takes answers in 2026" not in manager.text


def test_the_next_wave_is_like_the_last_a_year_on_and_nothing_is_made_before_it_is_sent(
    lite_app, manager
):
    number = planned(sample="random")
    manager.get(f"/staff/waves/new?after={number}")
    assert manager.value("name") == "Spring 2027"
    assert (manager.value("opens_on-day"), manager.value("opens_on-year")) == ("2", "2027")
    assert manager.value("delete_on-year") == "2029"
    ticked = manager.page.findall(".//input[@checked]")
    assert {each.get("value") for each in ticked} == {"fear_of_crime", "random"}
    assert "It asks the same version of the questions, 1" in manager.text
    assert db.session.scalars(select(Wave.id)).all() == [number]
    manager.get("/staff/waves/new?after=99", 404)
    manager.get("/staff/waves/new?after=x", 404)


def test_a_wave_of_long_ago_is_moved_on_until_it_is_ahead(lite_app, manager):
    open_a_wave("Round 4")
    db.session.execute(
        Wave.__table__.update().values(
            opens_on=date(2020, 2, 29), closes_on=date(2020, 3, 20), delete_on=date(2022, 3, 20)
        )
    )
    db.session.commit()
    manager.get("/staff/waves/new?after=1")
    assert manager.value("name") == "Round 4 2026"
    assert (manager.value("opens_on-day"), manager.value("opens_on-month")) == ("1", "3")


def form_of(client):
    names = [f"{day}-{part}" for day in ("opens_on", "closes_on", "delete_on") for part in
             ("day", "month", "year")]  # fmt: skip
    return {each: client.value(each) for each in ("name", "version", *names)} | {
        "sample": client.page.find(".//input[@name='sample'][@checked]").get("value")
    }


@pytest.mark.parametrize("step", ["delete", "close"])
def test_who_ends_a_wave_that_somebody_changed_meanwhile_is_told_first(manager, step):
    number, state = planned(), "open" if step == "close" else "draft"
    db.session.execute(update(Wave).values(state=state))
    db.session.commit()
    page = f"/staff/waves/{number}/{step}"
    manager.get(page)
    seen = {"version": manager.value("version")}
    db.session.execute(update(Wave).values(name="Other", version=Wave.version + 1))
    db.session.commit()
    manager.post(page, seen, 409)
    assert "Name of the wave: Other" in manager.text
    assert db.session.scalars(select(Wave.state)).one() == state
    db.session.remove()
    manager.post(page, {"version": manager.value("version")})
    assert db.session.scalars(select(Wave.state)).all() == (["closed"] if step == "close" else [])


def test_of_two_managers_who_change_one_wave_the_second_is_told_and_loses_nothing(
    lite_app, manager
):
    planned()
    other = sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager", "Other"))
    mine, theirs = (form_of(each.get("/staff/waves/1/change")) for each in (manager, other))
    other.post("/staff/waves/1/change", theirs | {"name": "Early", "closes_on-day": "9"})
    manager.post("/staff/waves/1/change", mine | {"name": "Late"}, 409)
    assert "Somebody else changed this wave while you had it open" in manager.text
    assert "Name of the wave: Early is stored, you wrote Late" in manager.text
    assert "Last day: 9 April 2026 is stored, you wrote 1 April 2026" in manager.text
    assert manager.value("name") == "Late"
    assert db.session.scalars(select(Wave.name)).one() == "Early"
    db.session.remove()
    manager.post("/staff/waves/1/change", form_of(manager))
    assert db.session.scalars(select(Wave.name)).one() == "Late"
    db.session.remove()
    manager.get("/staff/waves/1/change")
    wrong = form_of(manager) | {"closes_on-year": "2020"}
    manager.post("/staff/waves/1/change", wrong, 422)
    assert manager.value("version") == wrong["version"]
    manager.post("/staff/waves/1/change", {**wrong, "closes_on-year": "2026", "version": ""}, 409)
