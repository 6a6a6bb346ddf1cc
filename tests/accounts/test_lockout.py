"""Five wrong tries close an account for a quarter of an hour, however they are sent."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from staff import make_staff

from engage.accounts.lockout import accept, take_attempt
from engage.extensions import db

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def member(app):
    make_staff(app, "analyst", "Somebody Else")
    return make_staff(app, "analyst")


def attempt(email, now=NOW):
    taken = take_attempt(db.session, email, now)
    db.session.commit()
    return taken


def test_the_fifth_try_is_the_last(member):
    tries = [attempt(member.email) for _ in range(7)]
    assert [each and each.last for each in tries] == [False] * 4 + [True, None, None]


def test_the_count_belongs_to_one_account(member):
    for _ in range(6):
        attempt(member.email)
    assert attempt("somebody.else@testham.example").last is False


def test_after_the_pause_there_are_five_new_tries(member):
    for _ in range(6):
        attempt(member.email)
    assert attempt(member.email, NOW + timedelta(minutes=14, seconds=59)) is None
    later = NOW + timedelta(minutes=15)
    tries = [attempt(member.email, later) for _ in range(6)]
    assert [each and each.last for each in tries] == [False] * 4 + [True, None]


def test_the_right_password_clears_the_count(member):
    for _ in range(5):
        taken = attempt(member.email)
    assert accept(db.session, taken)
    db.session.commit()
    assert attempt(member.email).last is False


def test_a_password_that_was_changed_since_clears_no_count(member):
    taken = attempt(member.email)
    assert not accept(db.session, replace(taken, password_hash="the one before"))
    assert accept(db.session, taken, renewed="the same, hashed better")
    assert not accept(db.session, taken)


@pytest.mark.parametrize("email", ["nobody@testham.example", "", "not an address"])
def test_nobodys_try_is_not_checked(member, email):
    assert attempt(email) is None


def test_the_address_is_found_however_it_is_typed(member):
    assert attempt("  ANALYST@Testham.example ").staff_id == member.id


def test_tries_sent_at_the_same_moment_are_all_counted(app, member):
    ready = threading.Barrier(12)
    taken = []

    def send() -> None:
        with app.app_context():
            ready.wait()
            taken.append(attempt(member.email))

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([each for each in taken if each]) == 5
