"""An earlier answer changes: what hung on it goes, and the person is told, once."""

from datetime import date

import pytest
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.answering import draft as drafts
from engage.answering.dependants import take_out
from engage.answering.models import Draft
from engage.answering.seal import new_token
from engage.clock import now
from engage.core.definition.load import load_definition
from engage.extensions import db

FILE = DEFINITIONS / "routing" / "v1.yaml"
PAGE = "/surveys/routing/page"
NOTICE = "You changed an answer"


@pytest.fixture(autouse=True)
def wave(app) -> int:
    return open_a_wave(file=FILE)


@pytest.fixture
def often(client):
    """Somebody who came often, said why, and stands on the page that checks."""
    begin(client, "routing").post(f"{PAGE}/you", {"q_age_band": "2", "q_visits": "25"}).follow()
    client.post(f"{PAGE}/often", {"q_often_why": "The library", "q_daily": "yes"}).follow()
    client.post(f"{PAGE}/other", {"q_enough": "yes"}).follow()
    assert "The library" in client.text
    assert NOTICE not in client.text
    return client


def change(client, visits: str, query: str = "?then=check"):
    client.get(f"{PAGE}/you{query}")
    client.post(f"{PAGE}/you{query}", {"q_age_band": "2", "q_visits": visits})
    return client.follow()


def test_what_hangs_on_a_changed_answer_goes_and_is_named_on_the_next_page(often):
    change(often, "3", "")
    assert often.response.request.path.endswith("/page/other")
    assert f"{NOTICE}, so these questions no longer fit" in often.text
    assert "What brings you here so often? Do you come every day?" in often.text
    assert "The library" not in often.text


def test_it_is_named_on_the_page_that_checks_until_something_is_saved(often):
    change(often, "3")
    assert NOTICE in often.text
    assert NOTICE in often.get("/surveys/routing/check").text
    often.get(f"{PAGE}/other?then=check")
    often.post(f"{PAGE}/other?then=check", {"q_enough": "no"}).follow()
    assert NOTICE not in often.text


def test_only_what_no_longer_fits_goes(often):
    change(often, "12")
    assert "so this question no longer fits" in often.text
    assert "Do you come every day?" in often.text
    assert "The library" in often.text


def test_who_changes_back_is_asked_again_and_nothing_comes_back_by_itself(often):
    change(often, "3")
    change(often, "25", "")
    assert often.response.request.path.endswith("/page/often")
    assert "The library" not in often.text
    assert often.checked("q_daily") == []


def test_a_slip_on_the_age_takes_nothing_out(often):
    often.get(f"{PAGE}/you").post(f"{PAGE}/you", {"q_age_band": "1", "q_visits": "25"}).follow()
    assert "for people aged 16 or over" in often.text
    change(often, "25")
    assert NOTICE not in often.text
    assert "The library" in often.text


def test_a_page_saved_in_another_tab_meanwhile_is_not_lost(wave):
    definition, token = load_definition(FILE), new_token()
    with db.engine.begin() as connection:
        drafts.start(connection, token, wave, now())
        number = drafts.read(connection, token, wave, now()).id
        you = {"age_band": "2", "visits": 25}
        drafts.save(connection, token, number, "you", you, now=now(), closes_on=date.max)
        drafts.save(
            connection, token, number, "often", {"daily": "yes"}, now=now(), closes_on=date.max
        )
        before = drafts.read(connection, token, wave, now())
        fresh = {"daily": "no", "often_why": "The library"}
        drafts.save(connection, token, number, "often", fresh, now=now(), closes_on=date.max)
        drafts.save(
            connection, token, number, "you", you | {"visits": 12}, now=now(), closes_on=date.max
        )
        seen = {**before.pages, "you": {**you, "visits": 12}}
        stale = drafts.OpenDraft(
            number, wave, before.started_at, before.expires_at, sent=False, pages=seen
        )
        take_out(connection, token, stale, definition, now())
        after = drafts.read(connection, token, wave, now())
    assert after.taken_out == ("daily",)
    assert after.answers == {"age_band": "2", "visits": 12, "often_why": "The library"}
    assert db.session.scalars(select(Draft)).one().sent is False
