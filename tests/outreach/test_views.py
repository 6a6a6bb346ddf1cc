"""Managers make links for places, and see which brought answers."""

import pytest
from sqlalchemy import select
from staff import make_staff, sign_in
from survey import answer, begin, open_a_wave

from engage import clock as days
from engage.extensions import db
from engage.links import store
from engage.links.models import Link
from engage.responses.models import Response
from engage.waves.models import Wave, WaveState

pytestmark = pytest.mark.either_database


@pytest.fixture
def wave(app, clock) -> int:
    return open_a_wave()


@pytest.fixture
def manager(app, client, wave):
    return sign_in(client, make_staff(app, "survey_manager"))


def rows(client) -> dict[str, list[str]]:
    """The cells of each row of the table by its place."""
    return {
        " ".join("".join(row.find("th").itertext()).split()): [
            " ".join("".join(cell.itertext()).split()) for cell in row.iter("td")
        ]
        for row in client.page.iterfind(".//tbody/tr")
    }


def give(wave: int, source: str, number: int) -> None:
    """Answers that a place brought, without walking for each."""
    definition = db.session.get(Wave, wave).definition_id
    for each in range(number):
        db.session.add(
            Response(
                id=f"{source}{each}",
                wave_id=wave,
                definition_id=definition,
                submission="s",
                source=source,
                day=days.today(),
                codes=b"",
                answers="{}",
            )
        )
    db.session.commit()


def test_a_manager_makes_links_for_places(wave, manager):
    page = f"/staff/waves/{wave}/places"
    manager.get(f"/staff/waves/{wave}")
    assert "Places: short links" in manager.text
    manager.get(page).post(page, {"places": " Central   library \n\nMarket\nMarket\n"}).follow()
    assert list(rows(manager)) == ["Central library", "Market"]
    [address, answers, _print, _use] = rows(manager)["Market"]
    assert answers == "fewer than 5"
    [code] = db.session.scalars(select(Link.code).where(Link.place == "Market"))
    assert address == f"http://127.0.0.1:5000/go/{code}"


def test_five_answers_are_counted_out_and_four_are_not(wave, manager):
    store.make(db.session, wave, ["Library", "Market", "Park"], days.today())
    give(wave, "Library", 5)
    give(wave, "Market", 4)
    give(wave, "Stall on paper", 6)
    seen = rows(manager.get(f"/staff/waves/{wave}/places"))
    assert {place: cells[1] for place, cells in seen.items()} == {
        "Library": "5",
        "Market": "fewer than 5",
        "Park": "fewer than 5",
        "Stall on paper": "6",
    }


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ("", "Enter a place"),
        (" \n ", "Enter a place"),
        ("x" * 41, "has 41 characters: use 40 or fewer"),
        ("\n".join(map(str, range(101))), "You entered 101 places"),
        ("a\x07b", "cannot be printed"),
    ],
)
def test_places_that_cannot_be_are_refused(wave, manager, places, said):
    page = f"/staff/waves/{wave}/places"
    manager.get(page).post(page, {"places": places}, 422)
    assert said in manager.text
    assert db.session.scalars(select(Link)).all() == []


def test_a_retired_link_is_kept_and_no_longer_counts(wave, manager, app):
    page = f"/staff/waves/{wave}/places"
    manager.get(page).post(page, {"places": "Market"}).follow()
    [code] = db.session.scalars(select(Link.code))
    manager.post(f"{page}/{code}/retire").follow()
    assert rows(manager)["Market"][3] == "No. It still leads to the survey."
    manager.get(f"/go/{code}", 303)
    answer(begin(manager)).post(manager.response.request.path, {"draft": manager.value("draft")})
    db.session.rollback()
    assert db.session.scalars(select(Response.source)).all() == [None]
    manager.get(page).post(page, {"places": "Market"}).follow()
    assert rows(manager)["Market"][3].startswith("Retire")


def test_a_closed_wave_gets_no_new_links(wave, manager):
    page = f"/staff/waves/{wave}/places"
    manager.get(page)
    db.session.get(Wave, wave).state = WaveState.CLOSED
    db.session.commit()
    manager.post(page, {"places": "Market"}, 409)
    assert "closed" in manager.text
    manager.get(page)
    assert "Add places" not in manager.text


def test_links_of_other_waves_are_not_found_here(wave, manager):
    [link] = store.make(db.session, wave, ["Library"], days.today())
    code = link.code
    db.session.commit()
    manager.get(f"/staff/waves/{wave}/places/{code}/poster")
    other = wave + 1
    for path in (
        f"{other}/places",
        f"{other}/places/{code}/poster",
        f"{wave}/places/bcdfgh/qr.svg",
    ):
        manager.get(f"/staff/waves/{path}", 404)


def test_analysts_see_no_places(wave, app, client):
    sign_in(client, make_staff(app, "analyst"))
    client.get(f"/staff/waves/{wave}/places", 403)
    client.get(f"/staff/waves/{wave}")
    assert "Places:" not in client.text


def test_a_poster_says_what_where_and_how(wave, manager):
    [link] = store.make(db.session, wave, ["Library"], days.today())
    code = link.code
    db.session.commit()
    manager.get(f"/staff/waves/{wave}/places/{code}/poster")
    assert f"127.0.0.1:5000/go/{code}" in manager.text
    assert "Testham Council" in manager.text
    [image] = manager.page.iter("img")
    assert manager.http.get(image.get("src")).mimetype == "image/svg+xml"
    assert f"/go/{code}" in image.get("alt")


def test_what_was_done_is_in_the_audit_log(wave, manager):
    page = f"/staff/waves/{wave}/places"
    manager.get(page).post(page, {"places": "Market\nLibrary"}).follow()
    [event] = db.session.execute(
        select(db.metadata.tables["audit_events"]).where(
            db.metadata.tables["audit_events"].c.action == "links.made"
        )
    ).all()
    assert (event.subject, event.detail) == (f"wave:{wave}", '{"links": 2}')
