"""A session lives as long as it is used, and no longer than half a day."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from staff import make_staff

from engage.accounts.models import StaffMember
from engage.extensions import db
from engage.sessions import store
from engage.sessions.models import StaffSession

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def member(app):
    return make_staff(app, "analyst", "Ada Lovelace")


@pytest.fixture
def other(app):
    """Somebody else, who is signed in too."""
    other = make_staff(app, "administrator")
    start(other)
    return other


def start(member, now=NOW):
    signed_in = store.start(db.session, member.id, now)
    db.session.commit()
    return signed_in


def whose(token, now=NOW):
    with db.engine.connect() as connection:
        return store.recognise(connection, token, now)


def use(signed_in, now):
    with db.engine.begin() as connection:
        store.keep_alive(connection, signed_in.session_id, now)


def test_a_token_says_who_is_signed_in(member, other):
    signed_in = start(member)
    assert whose(signed_in.get_id()) == signed_in
    assert (signed_in.name, signed_in.role) == ("Ada Lovelace", "analyst")


def test_the_token_itself_is_not_stored_or_shown(member):
    signed_in = start(member)
    stored = db.session.scalar(select(StaffSession.token_hash))
    assert signed_in.token.encode() not in stored
    assert signed_in.token not in repr(signed_in)


@pytest.mark.parametrize("token", ["", "x", "é", "0" * 5000])
def test_another_token_is_nobodys(member, token):
    start(member)
    assert whose(token) is None


def test_an_hour_without_use_ends_a_session(member):
    signed_in = start(member)
    assert whose(signed_in.token, NOW + HOUR - MINUTE)
    assert whose(signed_in.token, NOW + HOUR) is None


def test_use_keeps_a_session_for_twelve_hours_at_most(member):
    signed_in = start(member)
    for quarter in range(1, 48):
        use(signed_in, NOW + quarter * 15 * MINUTE)
    assert whose(signed_in.token, NOW + 12 * HOUR - MINUTE)
    assert whose(signed_in.token, NOW + 12 * HOUR) is None


def test_a_deactivated_account_has_no_session_any_more(member):
    signed_in = start(member)
    db.session.get(StaffMember, member.id).active = False
    db.session.commit()
    assert whose(signed_in.token) is None


def test_people_see_and_end_their_own_sessions_only(member, other):
    first, second = start(member), start(member, NOW + MINUTE)
    assert [each.id for each in store.of(db.session, member.id, NOW + MINUTE)] == [
        second.session_id,
        first.session_id,
    ]
    assert not store.end(db.session, other.id, first.session_id, NOW)
    assert store.end(db.session, member.id, first.session_id, NOW)
    db.session.commit()
    assert whose(first.token) is None
    assert whose(second.token)


def test_all_sessions_of_one_person_end_together(member, other):
    start(member)
    start(member)
    store.end_all(db.session, member.id, NOW)
    db.session.commit()
    left = db.session.scalars(select(StaffSession.staff_id)).all()
    assert left == [other.id]


def test_only_what_has_ended_is_deleted(member):
    idle, alive = start(member), start(member)
    use(alive, NOW + HOUR)
    assert store.expire(db.session, NOW + HOUR) == 1
    db.session.commit()
    assert whose(idle.token, NOW + HOUR) is None
    assert whose(alive.token, NOW + HOUR)
    assert store.expire(db.session, NOW + 13 * HOUR) == 1
    assert db.session.scalar(select(func.count()).select_from(StaffSession)) == 0
