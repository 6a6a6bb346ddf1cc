"""Centres and their workers, on both databases."""

from datetime import date, timedelta

import pytest
from staff import make_staff

from engage.accounts.models import Role, StaffMember
from engage.accounts.store import deactivate
from engage.centres import store
from engage.centres.models import Standing
from engage.centres.store import Bar, CentreError
from engage.extensions import db

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker(app):
    """A worker of Testham Mosque trained today; another centre and its worker are noise."""
    own, other = make_staff(app, Role.CENTRE_WORKER), make_staff(app, Role.CENTRE_WORKER, "Other")
    for name, member in (("Testham Mosque", own), ("Another Place", other)):
        centre = store.register(db.session(), name, TODAY)
        store.employ(db.session(), centre, member.id, TODAY)
    db.session.commit()
    return own


def found(worker):
    return store.worker_of(db.session.connection(), worker.id)


def test_a_worker_is_known_by_their_account_and_nobody_else_is(app, worker):
    assert found(worker).centre == "Testham Mosque"
    assert found(worker).shared_key == f"centre:{found(worker).centre_id}"
    db.session.rollback()
    assert found(make_staff(app, Role.CASEWORKER)) is None
    assert [each.staff_id for each in store.workers_of(db.session.connection(), 1)] == [worker.id]


def test_training_holds_on_its_last_day_and_not_on_the_next_until_it_is_renewed(worker):
    last = found(worker).training_ends_on
    assert last == date(2027, 3, 2)
    assert found(worker).bar(last) is None
    assert found(worker).bar(last + timedelta(days=1)) == Bar.TRAINING
    store.renew(db.session(), worker.id, last, store.years_after(last, 1))
    assert found(worker).bar(last + timedelta(days=1)) is None
    with pytest.raises(CentreError, match="runs out before"):
        store.renew(db.session(), worker.id, last, TODAY)


def test_training_from_a_leap_day_ends_on_the_last_of_february():
    assert store.years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_a_paused_centre_can_go_on_and_one_that_ended_cannot(worker):
    session = db.session()
    number = found(worker).centre_id
    assert store.put(session, number, Standing.PAUSED, TODAY)
    assert found(worker).bar(TODAY) == Bar.PAUSED
    assert not store.put(session, number, Standing.PAUSED, TODAY)
    assert store.put(session, number, Standing.ACTIVE, TODAY)
    assert found(worker).bar(TODAY) is None
    assert store.put(session, number, Standing.ENDED, TODAY)
    assert not store.put(session, number, Standing.ACTIVE, TODAY)
    assert found(worker).bar(TODAY) == Bar.ENDED


def test_somebody_who_left_or_was_dismissed_is_no_worker(worker):
    deactivate(db.session(), db.session.get(StaffMember, worker.id), TODAY)
    assert found(worker) is None
    other = store.workers_of(db.session.connection(), 2)[0]
    store.dismiss(db.session(), other.staff_id)
    assert store.workers_of(db.session.connection(), 2) == []


@pytest.mark.parametrize("name", ["", "x" * 121, "  Another  Place "])
def test_a_centre_needs_a_name_of_its_own(worker, name):
    with pytest.raises(CentreError):
        store.register(db.session(), name, TODAY)
