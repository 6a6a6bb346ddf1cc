"""One-time codes: made once, used once, joined to nobody."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.orm import Session
from survey import DEFINITIONS, open_a_wave

from engage.extensions import db
from engage.invitations import store
from engage.invitations.code import mark, new_code, plain_code
from engage.invitations.models import Invitation, InvitationsMade
from engage.letters import LETTERS
from engage.waves.models import Wave
from engage.waves.store import over

KEY = "k" * 32


@pytest.fixture
def wave(app) -> int:
    return open_a_wave(file=DEFINITIONS / "invited" / "v1.yaml")


def marked(wave: int, code: str) -> bytes:
    return mark(wave, plain_code(code), KEY)


def made(wave: int, number: int = 1) -> list[str]:
    codes = store.make(db.session, wave, number, key=KEY)
    db.session.commit()
    return codes


def use(wave: int, code: str) -> bool:
    with db.engine.begin() as connection:
        return store.use(connection, wave, marked(wave, code))


def told(wave: int) -> store.Tally:
    found = store.tally(db.session, wave)
    db.session.rollback()
    return found


def test_a_code_is_easy_to_say_and_no_word():
    codes = [new_code() for _ in range(300)]
    assert len(set(codes)) == 300
    assert all(len(code) == 14 and code[4] == code[9] == "-" for code in codes)
    assert set("".join(codes)) - {"-"} <= set(LETTERS)


@pytest.mark.parametrize("written", ["4K7D WQ2M Z9XC", "4k7d-wq2m-z9xc", " 4k7dwq2mz9xc "])
def test_a_code_is_read_however_it_is_written(written):
    assert plain_code(written) == "4k7dwq2mz9xc"


@pytest.mark.parametrize(
    "written", ["", "4k7d-wq2m", "4k7d-wq2m-z9xa", "4k7d-wq2m-z9xc-4", "\x00" * 12]
)
def test_what_is_no_code_is_none(written):
    assert plain_code(written) is None


def test_a_code_works_once(wave):
    [code] = made(wave)
    assert use(wave, code)
    assert not use(wave, code)
    assert db.session.query(Invitation).count() == 0


def test_a_code_is_for_its_wave(wave):
    [code] = made(wave)
    with db.engine.connect() as connection:
        assert store.good(connection, wave, marked(wave, code))
        assert not store.good(connection, wave + 1, marked(wave, code))
    assert use(wave, code)


def test_two_who_make_codes_at_once_are_both_counted(wave, app):
    made(wave)
    db.session.remove()
    first, second = Session(db.engine), Session(db.engine)
    with first, second:
        if db.engine.dialect.name == "postgresql":  # on SQLite the second waits to begin at all
            second.get(InvitationsMade, wave)
        store.make(first, wave, 100, key=KEY)
        first.commit()
        store.make(second, wave, 100, key=KEY)
        second.commit()
    assert told(wave).made == 201
    assert told(wave).used is None


def test_what_is_stored_tells_no_code(wave):
    codes = {plain_code(code) for code in made(wave, 20)}
    stored = [row.mark for row in db.session.query(Invitation)]
    assert stored == sorted(stored)
    assert not {mark(wave, code, "another key") for code in codes} & set(stored)
    assert not any(code.encode() in each for code in codes for each in stored)


def test_of_many_that_use_one_code_at_once_one_does(wave, app):
    [code] = made(wave)
    start, won = Barrier(4), []

    def race() -> None:
        start.wait()
        with app.app_context():
            won.append(use(wave, code))

    threads = [Thread(target=race) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False, False, False, True]


def test_how_many_were_used_is_told_in_tens(wave):
    codes = made(wave, 25)
    assert told(wave) == store.Tally(25, None)
    for code in codes[:9]:
        use(wave, code)
    assert told(wave).used is None
    for code in codes[9:21]:
        use(wave, code)
    assert told(wave) == store.Tally(25, 20)


def test_codes_of_waves_that_are_over_are_forgotten_and_do_not_count_as_used(wave):
    codes = made(wave, 12)
    for code in codes[:11]:
        use(wave, code)
    last = db.session.get(Wave, wave).closes_on
    assert store.forget(db.session, over(db.session, last)) == 0
    assert store.forget(db.session, over(db.session, last + timedelta(days=1))) == 1
    db.session.commit()
    assert db.session.query(Invitation).count() == 0
    assert db.session.get(InvitationsMade, wave).number == 11
    assert told(wave).used == 10
