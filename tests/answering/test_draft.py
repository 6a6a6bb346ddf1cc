from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select
from survey import open_a_wave

from engage import clock
from engage.answering import draft
from engage.answering.expiry import expire
from engage.answering.models import Draft, DraftPage
from engage.answering.seal import BrokenSealError, mark, new_token, seal, unseal
from engage.answering.submit import Outcome, send
from engage.extensions import db
from engage.responses.models import Response
from engage.waves.models import Wave
from engage.waves.published import definition_of


@pytest.fixture
def wave(app) -> SimpleNamespace:
    """A wave to answer, without the session that read it: that would hold the write lock."""
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
        draft.start(connection, fresh, wave.id, clock.now())
    return fresh


def opened(token: str, wave_id: int) -> draft.OpenDraft | None:
    with db.engine.connect() as connection:
        return draft.read(connection, token, wave_id, clock.now())


def put(token: str, wave_id: int, section: str, answers: dict) -> bool:
    with db.engine.begin() as connection:
        found = draft.read(connection, token, wave_id, clock.now())
        return draft.save(
            connection,
            token,
            found.id,
            section,
            answers,
            now=clock.now(),
            closes_on=date.max,
        )


def send_it(token: str, wave_id: int, definition_id: int, definition) -> Outcome:
    with db.engine.begin() as connection:
        return send(
            connection,
            token,
            wave_id=wave_id,
            definition_id=definition_id,
            definition=definition,
            now=clock.now(),
        )


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_what_is_saved_is_read_back(wave, token):
    assert put(token, wave.id, "you", {"age_band": "3"})
    assert put(token, wave.id, "more", {"avoid": ("park", "bus"), "years": 3})
    assert opened(token, wave.id).answers == {
        "age_band": "3",
        "avoid": ("park", "bus"),
        "years": 3,
    }


def test_the_database_holds_nothing_that_can_be_read(wave, token):
    put(token, wave.id, "more", {"meta": "I am afraid of the underpass"})
    sealed = db.session.scalar(select(DraftPage.sealed))
    mark_kept = db.session.scalar(select(Draft.token_hash))
    assert b"underpass" not in sealed
    assert len(sealed) % 64 == 12 + 16  # nonce and tag; the length tells only the number of blocks
    assert token.encode() not in mark_kept
    with pytest.raises(BrokenSealError):
        unseal(new_token(), "more", sealed)


def test_a_sealed_page_cannot_be_moved_to_another_section():
    token = new_token()
    with pytest.raises(BrokenSealError):
        unseal(token, "b", seal(token, "a", {"x": "1"}))


def test_a_forged_token_finds_nothing(wave, token):
    for forged in ("", "not base64 §", token[:-2], "A" * 43, "A" * 100_000):
        assert opened(forged, wave.id) is None
    assert len(mark("")) == 32


def test_pages_saved_at_once_are_all_kept(app, wave, token):
    wave_id = wave.id
    sections = {f"s{number}": {f"q{number}": str(number)} for number in range(8)}

    def in_a_thread(section: str) -> bool:
        with app.app_context():
            return put(token, wave_id, section, sections[section])

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(in_a_thread, sections))
    assert opened(token, wave_id).pages == sections


def test_of_many_sendings_at_once_one_makes_a_response(app, wave, token):
    wave_id, definition_id = wave.id, wave.definition_id
    definition = wave.definition
    put(token, wave_id, "you", {"age_band": "3"})
    db.session.rollback()

    def in_a_thread(_: int) -> Outcome:
        with app.app_context():
            return send_it(token, wave_id, definition_id, definition)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(in_a_thread, range(8)))
    assert outcomes.count(Outcome.SENT) == 1
    assert outcomes.count(Outcome.ALREADY_SENT) == 7
    assert (count(Response), count(DraftPage)) == (1, 0)


def test_a_page_saved_while_sending_is_in_the_response_or_refused(app, wave, token):
    wave_id, definition_id = wave.id, wave.definition_id
    definition = wave.definition
    put(token, wave_id, "you", {"age_band": "3"})
    db.session.rollback()

    def save_a_page() -> bool:
        with app.app_context():
            return put(token, wave_id, "safety", {"safe_day": "1"})

    def send_all() -> Outcome:
        with app.app_context():
            return send_it(token, wave_id, definition_id, definition)

    with ThreadPoolExecutor(2) as pool:
        saving, sending = pool.submit(save_a_page), pool.submit(send_all)
    assert sending.result() is Outcome.SENT
    stored = db.session.scalar(select(Response.answers))
    assert ("safe_day" in stored) == saving.result()


def test_a_draft_without_its_required_answers_is_not_sent(wave, token):
    definition = wave.definition
    outcome = send_it(token, wave.id, wave.definition_id, definition)
    assert outcome is Outcome.INCOMPLETE
    assert put(token, wave.id, "you", {"age_band": "3"}), "it can still be completed"
    assert send_it(token, wave.id, wave.definition_id, definition) is Outcome.SENT


def test_a_draft_lives_two_hours_from_its_last_page(clock, wave, token):
    clock.move(minutes=119)
    put(token, wave.id, "you", {"age_band": "3"})
    clock.move(minutes=119)
    assert opened(token, wave.id) is not None
    clock.move(minutes=1)
    assert opened(token, wave.id) is None


def test_a_draft_past_its_time_is_deleted_with_its_pages(clock, wave, token):
    put(token, wave.id, "you", {"age_band": "3"})
    later = clock.at + timedelta(hours=2)
    assert expire(db.session, later - timedelta(seconds=1)) == 0
    assert expire(db.session, later) == 1
    db.session.commit()
    assert (count(Draft), count(DraftPage)) == (0, 0)
