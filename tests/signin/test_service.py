"""A sign-in in progress meets what an administrator does at the same moment."""

from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from staff import PASSWORD, make_staff

from engage.accounts import store
from engage.accounts.models import StaffMember
from engage.accounts.passwords import matches
from engage.extensions import db
from engage.sessions.models import StaffSession
from engage.sessions.store import end_all
from engage.signin import service

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NEW = "another four words here"
OLD_HASH = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)


@pytest.fixture
def member(app):
    make_staff(app, "administrator")
    member = make_staff(app, "analyst")
    db.session.get(StaffMember, member.id).password_hash = OLD_HASH
    db.session.commit()
    return member


def reset(member) -> None:
    store.set_password(db.session(), member, NEW)
    end_all(db.session(), member.id, NOW)


def deactivate(member) -> None:
    store.deactivate(db.session(), member, NOW.date())
    end_all(db.session(), member.id, NOW)


@pytest.mark.parametrize("change", [reset, deactivate])
def test_what_happens_while_a_password_is_checked_ends_the_sign_in(
    app, member, change, monkeypatch
):
    def checked(stored, password):
        with app.app_context():  # an administrator's command, in the gap between two transactions
            change(db.session.get_one(StaffMember, member.id))
            db.session.commit()
        return matches(stored, password)

    monkeypatch.setattr(service, "matches", checked)

    assert service.sign_in(db.session(), email=member.email, password=PASSWORD, now=NOW) is None

    db.session.rollback()
    assert db.session.scalars(select(StaffSession)).all() == []
    now = db.session.get_one(StaffMember, member.id)
    assert now.password_hash != OLD_HASH if change is reset else not now.active
    assert matches(now.password_hash, NEW if change is reset else PASSWORD)
