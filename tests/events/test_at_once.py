"""Erasing, giving up, calling off and reminding meet: none waits in a circle."""

import threading
import time
from datetime import timedelta

import pytest
from conftest import NOON, running
from happening import make_contacts, make_event, states
from sqlalchemy import update

from engage.contacts import store as contacts
from engage.events import attendance, programme, service, store
from engage.events.models import Booking
from engage.extensions import db
from engage.outbox.models import OutgoingMessage
from engage.signing.erasing import erase_everything

BOOKINGS = Booking.__table__
A_DAY = timedelta(days=1)


@pytest.fixture
def app_of_rows(emptied_postgres_url, tmp_path):
    """The application where rows are locked: SQLite has one lock for everything."""
    with running(tmp_path, emptied_postgres_url) as app:
        yield app


def booked(event_id: int, number: int = 1, state="placed") -> list[int]:
    """People who booked: their proven mailboxes."""
    people = make_contacts(number)
    with db.engine.begin() as connection:
        for each in people:
            contacts.prove(connection, each, NOON.date())
            row = {"event_id": event_id, "contact_id": each, "name": "Ada", "needs": ""}
            connection.execute(BOOKINGS.insert().values(state=state, booked_at=NOON, **row))
    return people


def together(app, *works) -> list[str]:
    """What goes wrong when each is done in a thread of its own."""
    wrong = []

    def go(work):
        with app.test_request_context("/"):
            try:
                work()
            except Exception as error:  # noqa: BLE001  # told by the test
                wrong.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=go, args=(each,)) for each in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return wrong


def erasing(contact: int, held: threading.Event):
    """Erase a mailbox in a transaction that takes its time."""

    def work():
        with db.engine.begin() as connection:
            contacts.hold(connection, contact)
            held.set()
            time.sleep(0.3)
            erase_everything(connection, contact)

    return work


def off(event):
    with db.engine.begin() as connection:
        service.call_off(connection, event, NOON)


def move(event):
    row = programme.get(db.session.connection(), event)
    kept = {name: getattr(row, name) for name in programme.EventPlan.__slots__}
    db.session.rollback()
    plan = programme.EventPlan(**kept | {"place": "The Town Hall"})
    with db.engine.begin() as connection:
        service.change(connection, event, plan, NOON)


def remind(_event):
    attendance.remind(db.session(), NOON)
    db.session.commit()


@pytest.mark.parametrize(("staff", "letters"), [(off, 4), (move, 4), (remind, 4)])
def test_who_is_erased_meets_a_letter_to_all(app_of_rows, clock, staff, letters):
    event = make_event(starts_at=NOON + A_DAY)
    last = booked(event, 5)[-1]
    held = threading.Event()

    def tell():
        held.wait(20)
        staff(event)

    assert together(app_of_rows, erasing(last, held), tell) == []
    assert states(event) == ["placed"] * 4
    assert db.session.query(OutgoingMessage).count() == letters


def test_two_are_erased_of_whom_one_waits_for_the_place_of_the_other(app_of_rows, clock):
    event = make_event(capacity=1)
    [ada], [bob], [cleo] = booked(event), booked(event, 1, "waiting"), booked(event, 1, "waiting")
    wrong = together(app_of_rows, *(erasing(each, threading.Event()) for each in (ada, bob)))
    assert wrong == []
    assert states(event) == ["waiting"]
    assert service.tend(db.session, NOON) == 1
    assert states(event) == ["placed"]
    [told] = db.session.query(OutgoingMessage.contact_id)
    assert told.contact_id == cleo


def test_who_confirms_while_the_event_is_called_off_is_told_or_refused(app_of_rows, clock):
    """One who got in between the mailboxes and the event is held too, from the start."""
    event = make_event()
    booked(event, 3)
    [late] = booked(event, 1, "pending")
    number = db.session.query(Booking.id).filter_by(contact_id=late).scalar()
    db.session.rollback()
    held = threading.Event()

    def confirm():
        with db.engine.begin() as connection:
            contacts.hold(connection, late)
            connection.execute(
                update(BOOKINGS).where(BOOKINGS.c.id == number).values(state="placed")
            )
            store.lock(connection, event)
            held.set()
            time.sleep(0.3)

    def call_off():
        held.wait(20)
        off(event)

    assert together(app_of_rows, confirm, call_off) == []
    assert db.session.query(OutgoingMessage).count() == 4
