"""Short links, made and found."""

import threading
from datetime import date

import pytest
from sqlalchemy.orm import Session
from survey import open_a_wave

from engage.extensions import db
from engage.letters import LETTERS
from engage.links import store
from engage.links.models import Link
from engage.waves.models import Wave, WaveState

TODAY = date(2026, 3, 2)


@pytest.fixture
def wave(app) -> int:
    return open_a_wave()


def test_a_code_has_no_letter_that_looks_like_another_and_makes_no_word():
    letters = set("".join(store.new_code() for _ in range(500)))
    assert letters <= set(LETTERS)
    assert not letters & set("01loiaeuy")
    assert len({store.new_code() for _ in range(500)}) == 500


def test_each_place_of_a_wave_has_one_link(wave):
    first = store.make(db.session, wave, ["Library", "Market", "Library"], TODAY)
    assert [link.place for link in first] == ["Library", "Market"]
    assert store.make(db.session, wave, ["Market", "Station"], TODAY)[0].place == "Station"
    assert [link.place for link in store.of_wave(db.session, wave)] == [
        "Library", "Market", "Station",
    ]  # fmt: skip


def test_a_place_is_the_same_whatever_its_capitals(wave):
    store.make(db.session, wave, ["Library", "library"], TODAY)
    assert store.make(db.session, wave, ["LIBRARY"], TODAY) == []
    assert [link.place for link in store.of_wave(db.session, wave)] == ["Library"]


def test_asking_again_for_a_retired_place_brings_its_link_back(wave):
    [link] = store.make(db.session, wave, ["Library"], TODAY)
    link.active = False
    db.session.flush()
    assert store.make(db.session, wave, ["Library"], TODAY) == []
    assert store.of_wave(db.session, wave) == [link]
    assert link.active


def test_a_link_belongs_to_its_wave_alone(wave):
    [link] = store.make(db.session, wave, ["Library"], TODAY)
    assert store.get(db.session, wave, link.code) is link
    assert store.get(db.session, wave + 1, link.code) is None
    connection = db.session.connection()
    assert store.wave_of(connection, link.code) == (wave, True)
    assert store.wave_of(connection, "bcdfgh") is None
    assert store.place_of(connection, wave, link.code) == "Library"
    assert store.place_of(connection, wave + 1, link.code) is None


def test_a_code_that_is_taken_is_not_given_twice(wave, monkeypatch):
    [link] = store.make(db.session, wave, ["Library"], TODAY)
    codes = iter([link.code, link.code, "bcdfgh"])
    monkeypatch.setattr(store, "new_code", lambda: next(codes))
    assert store.make(db.session, wave, ["Market"], TODAY)[0].code == "bcdfgh"


def test_two_who_add_the_same_place_at_once_get_one_link(app, wave):
    """The second waits for the first (on SQLite before it begins), then finds its link."""
    found = []

    def add() -> None:
        with app.app_context():
            made = store.make(db.session(), wave, ["Library", "Market"], TODAY)
            found.extend(link.place for link in made)
            db.session.commit()

    db.session.rollback()
    first = db.engine.connect()
    with Session(first) as session:
        [mine] = store.make(session, wave, ["Library"], TODAY)
        code = mine.code
        thread = threading.Thread(target=add)
        thread.start()
        thread.join(1)
        assert thread.is_alive()
        session.commit()
    thread.join()
    first.close()
    assert found == ["Market"]
    library, _market = store.of_wave(db.session, wave)
    assert (library.place, library.code, library.active) == ("Library", code, True)


def test_links_go_with_a_wave_that_never_opened(wave):
    store.make(db.session, wave, ["Library"], TODAY)
    prepared = db.session.get(Wave, wave)
    prepared.state = WaveState.DRAFT
    db.session.flush()
    db.session.delete(prepared)
    db.session.flush()
    assert db.session.query(Link).count() == 0
