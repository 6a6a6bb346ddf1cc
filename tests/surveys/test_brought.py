"""Coming by a short link: sent answers say which place, and nothing else does."""

import pytest
from sqlalchemy import select
from survey import SLUG, answer, begin, open_a_wave

from engage import clock as days
from engage.extensions import db
from engage.links import store
from engage.responses.models import Response
from engage.waves.models import Wave, WaveState


@pytest.fixture
def wave(app, clock) -> int:
    return open_a_wave()


def link_to(wave: int, place: str = "Library") -> str:
    [link] = store.make(db.session, wave, [place], days.today())
    code = link.code
    db.session.commit()
    return code


def sources() -> list[str | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Response.source)))


def send(client) -> None:
    answer(begin(client)).post(client.response.request.path, {"draft": client.value("draft")})
    assert client.location.endswith("/thank-you")


def test_answers_say_which_place_brought_them(wave, client):
    client.get(f"/go/{link_to(wave).upper()}", 303)
    assert client.location == f"/surveys/{SLUG}"
    send(client)
    assert sources() == ["Library"]
    # The next person at this device did not come by the link.
    send(client)
    assert sorted(sources(), key=str) == ["Library", None]


def test_a_visit_leaves_no_trace_in_the_database(wave, client):
    code = link_to(wave)
    tables = {table.name: table for table in db.metadata.sorted_tables}

    def everything() -> dict[str, list]:
        db.session.rollback()
        return {name: db.session.execute(select(table)).all() for name, table in tables.items()}

    before = everything()
    client.get(f"/go/{code}", 303)
    client.get(f"/surveys/{SLUG}")
    assert everything() == before


def test_a_link_counts_for_its_own_wave_only(wave, client):
    code = link_to(wave)
    client.get(f"/go/{code}", 303)
    db.session.get(Wave, wave).state = WaveState.CLOSED
    db.session.commit()
    open_a_wave("2027")
    send(client)
    assert sources() == [None]
    # The poster of the wave before still leads to the survey, without saying where it hangs.
    client.get(f"/go/{code}", 303)
    assert client.location == f"/surveys/{SLUG}"
    send(client)
    assert sources() == [None, None]


def test_a_retired_link_leads_to_the_survey_and_names_no_place(wave, client):
    code = link_to(wave)
    store.get(db.session, wave, code).active = False
    db.session.commit()
    client.get(f"/go/{code}", 303)
    assert client.location == f"/surveys/{SLUG}"
    send(client)
    assert sources() == [None]


def test_a_code_that_nobody_made_leads_home(wave, client):
    for code in ("bcdfgh", "a", "x" * 60):
        client.get(f"/go/{code}", 303)
        assert client.location == "/"


def test_a_link_of_a_closed_survey_leads_home(wave, client):
    code = link_to(wave)
    db.session.get(Wave, wave).state = WaveState.CLOSED
    db.session.commit()
    client.get(f"/go/{code}", 303)
    assert client.location == "/"


def test_deleting_the_answers_takes_the_place_out_of_the_browser(wave, client):
    client.get(f"/go/{link_to(wave)}", 303)
    begin(client)
    client.post(f"/surveys/{SLUG}/delete").follow()
    with client.http.session_transaction() as session:
        assert "by" not in session
    send(client)
    assert sources() == [None]


def test_leaving_takes_the_place_out_of_the_browser(wave, client):
    client.get(f"/go/{link_to(wave)}", 303)
    client.get("/leave", 303)
    with client.http.session_transaction() as session:
        assert "by" not in session


def test_a_place_is_kept_although_its_link_is_retired_meanwhile(wave, client):
    code = link_to(wave)
    client.get(f"/go/{code}", 303)
    store.get(db.session, wave, code).active = False
    db.session.commit()
    send(client)
    assert sources() == ["Library"]
