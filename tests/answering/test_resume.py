"""A draft under a code of words: found, opened, kept for fourteen days, dead when it is sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select
from survey import open_a_wave

from engage import clock as engage_clock
from engage.answering import draft
from engage.answering.code_words import CodeKeys
from engage.answering.draft import ChangedElsewhereError
from engage.answering.expiry import expire
from engage.answering.models import Draft, DraftPage, ResumeCode
from engage.answering.resume import give_code, name_of, opened, where_left
from engage.answering.seal import new_token
from engage.answering.submit import Outcome, send
from engage.extensions import db
from engage.waves.models import Wave, WaveState
from engage.waves.published import definition_of

FAR = date.max
FIRST = CodeKeys(mark=b"1" * 32, key=b"k" * 32)
SECOND = CodeKeys(mark=b"2" * 32, key=b"l" * 32)


@pytest.fixture
def wave(app, clock) -> SimpleNamespace:
    row = db.session.get(Wave, open_a_wave())
    wave = SimpleNamespace(
        id=row.id, definition_id=row.definition_id, definition=definition_of(row.definition)
    )
    db.session.remove()
    return wave


@pytest.fixture
def token(wave) -> str:
    fresh = new_token()
    with db.engine.begin() as connection:
        draft.start(connection, fresh, wave.id, engage_clock.now())
    return fresh


def read(token, wave):
    with db.engine.connect() as connection:
        return draft.read(connection, token, wave.id, engage_clock.now())


def put(token, wave, section, answers, *, closes_on=FAR, seen=None, unfinished=False) -> bool:
    with db.engine.begin() as connection:
        found = draft.read(connection, token, wave.id, engage_clock.now())
        return draft.save(
            connection, token, found.id, section, answers, now=engage_clock.now(),
            closes_on=closes_on, seen=seen, unfinished=unfinished,
        )  # fmt: skip


def give(token, wave, keys=FIRST, instead="", closes_on=FAR) -> bool:
    with db.engine.begin() as connection:
        found = draft.read(connection, token, wave.id, engage_clock.now())
        return give_code(
            connection, token, found.id, keys, instead=instead, now=engage_clock.now(),
            closes_on=closes_on,
        )  # fmt: skip


def open_it(keys=FIRST):
    with db.engine.connect() as connection:
        return opened(connection, keys, engage_clock.now())


def send_it(token, wave) -> Outcome:
    with db.engine.begin() as connection:
        return send(
            connection, token, wave_id=wave.id, definition_id=wave.definition_id,
            definition=wave.definition, now=engage_clock.now(),
        )  # fmt: skip


def count(model) -> int:
    with db.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(model))


def test_a_code_finds_the_token_of_its_draft(wave, token):
    assert not read(token, wave).coded
    assert give(token, wave)
    found = open_it()
    assert (found.wave_id, found.token) == (wave.id, token)
    assert read(token, wave).coded
    assert open_it(SECOND) is None


def test_the_database_cannot_open_the_draft(wave, token):
    give(token, wave)
    row = db.session.scalars(select(ResumeCode)).one()
    assert token.encode() not in row.sealed
    assert row.mark == FIRST.mark
    wrong = CodeKeys(mark=FIRST.mark, key=b"x" * 32)
    db.session.rollback()
    assert open_it(wrong) is None, "who knows the mark alone has nothing"


def test_a_code_made_again_replaces_the_one_before(wave, token):
    give(token, wave)
    with db.engine.connect() as connection:
        name = name_of(connection, read(token, wave).id)
    assert give(token, wave, SECOND, instead=name)
    assert open_it(FIRST) is None
    assert open_it(SECOND).token == token
    assert count(ResumeCode) == 1


def test_a_late_request_does_not_bring_an_old_code_back(wave, token):
    give(token, wave)
    with db.engine.connect() as connection:
        name = name_of(connection, read(token, wave).id)
    give(token, wave, SECOND, instead=name)
    assert not give(token, wave, FIRST), "it was to replace none"
    assert open_it(SECOND).token == token
    assert give(token, wave, SECOND, instead=name), "the same request, sent twice"


def test_a_draft_with_a_code_lives_fourteen_days_from_its_last_page(wave, token, clock):
    put(token, wave, "you", {"age_band": "3"})
    give(token, wave)
    clock.move(days=13, hours=23)
    assert open_it() is not None
    assert put(token, wave, "place", {"ward": "W1"})
    clock.move(days=13, hours=23)
    assert expire(db.session, clock.at) == 0
    db.session.rollback()
    assert open_it() is not None
    clock.move(hours=1)
    assert open_it() is None
    assert read(token, wave) is None
    assert expire(db.session, clock.at) == 1
    db.session.commit()
    assert (count(Draft), count(DraftPage), count(ResumeCode)) == (0, 0, 0)


def test_a_draft_without_a_code_lives_two_hours(wave, token, clock):
    put(token, wave, "you", {"age_band": "3"})
    clock.move(hours=2)
    assert read(token, wave) is None


def test_no_draft_lives_longer_than_its_wave(wave, token, clock):
    closes_on = clock.at.date() + timedelta(days=3)
    give(token, wave, closes_on=closes_on)
    assert read(token, wave).expires_at == engage_clock.end_of(closes_on)
    put(token, wave, "you", {"age_band": "3"}, closes_on=closes_on)
    assert read(token, wave).expires_at == engage_clock.end_of(closes_on)


@pytest.mark.parametrize("how", ["closed by hand", "its last day moved"])
def test_a_wave_that_closes_early_takes_its_drafts_with_it(wave, token, clock, how):
    give(token, wave)
    row = db.session.get(Wave, wave.id)
    if how == "closed by hand":
        row.state = WaveState.CLOSED
    else:
        row.closes_on = clock.at.date() - timedelta(days=1)
    db.session.commit()
    assert expire(db.session, clock.at) == 1
    db.session.commit()
    assert (count(Draft), count(ResumeCode)) == (0, 0)


def test_a_draft_that_is_sent_or_deleted_has_no_code(wave, token):
    put(token, wave, "you", {"age_band": "3"})
    give(token, wave)
    assert send_it(token, wave) is Outcome.SENT
    assert open_it() is None
    assert count(ResumeCode) == 0
    with db.engine.begin() as connection:
        assert not give_code(
            connection, token, 1, FIRST, instead="", now=engage_clock.now(), closes_on=FAR
        )
    fresh = new_token()
    with db.engine.begin() as connection:
        draft.start(connection, fresh, wave.id, engage_clock.now())
    give(fresh, wave)
    with db.engine.begin() as connection:
        draft.discard(connection, fresh)
    assert open_it() is None
    assert count(ResumeCode) == 0


def test_more_time_is_given_to_both_kinds(wave, token, clock):
    number = read(token, wave).id
    for life in (timedelta(hours=2), timedelta(days=14)):
        clock.move(minutes=50)
        with db.engine.begin() as connection:
            assert draft.stay(connection, number, now=clock.at, closes_on=FAR)
        assert read(token, wave).expires_at == clock.at + life
        give(token, wave)


def test_a_page_changed_elsewhere_is_noticed_and_keeps_what_was_saved(wave, token):
    assert put(token, wave, "you", {"age_band": "3"}, seen=0)
    assert read(token, wave).versions == {"you": 1}
    with pytest.raises(ChangedElsewhereError):
        put(token, wave, "you", {"age_band": "2"}, seen=0)
    assert read(token, wave).answers == {"age_band": "3"}
    assert put(token, wave, "you", {"age_band": "2"}, seen=1)
    assert read(token, wave).answers == {"age_band": "2"}


def test_the_same_page_sent_twice_is_saved_once_more_and_nobody_is_bothered(wave, token):
    answers = {"avoid": ("park", "bus"), "years": 3}
    assert put(token, wave, "more", answers, seen=0)
    assert put(token, wave, "more", answers, seen=0)
    assert read(token, wave).answers == answers


def test_of_two_pages_saved_at_once_one_is_told(app, wave, token):
    def in_a_thread(band: str) -> str:
        with app.app_context():
            try:
                put(token, wave, "you", {"age_band": band}, seen=0)
            except ChangedElsewhereError:
                return "told"
            return band

    with ThreadPoolExecutor(4) as pool:
        became = list(pool.map(in_a_thread, ["1", "2", "3", "4"]))
    assert became.count("told") == 3
    (kept,) = (each for each in became if each != "told")
    assert read(token, wave).answers == {"age_band": kept}


def test_who_comes_back_carries_on_where_they_left(wave, token):
    def left() -> str | None:
        return where_left(wave.definition, read(token, wave))

    assert left() == "you"
    put(token, wave, "you", {"age_band": "3"})
    assert left() == "place"
    put(token, wave, "place", {})
    put(token, wave, "safety", {"safe_day": "1"}, unfinished=True)
    assert left() == "safety", "half of it was answered"
    assert read(token, wave).answers == {"age_band": "3", "safe_day": "1"}
    put(token, wave, "safety", {"safe_day": "1"})
    assert left() == "more", "the other half was skipped on purpose"
    put(token, wave, "safety", {"safe_day": "1", "safe_dark": "1"}, unfinished=True)
    assert left() == "more", "it was full"
    put(token, wave, "more", {})
    assert left() is None
