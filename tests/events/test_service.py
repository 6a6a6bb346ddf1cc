"""Who books, confirms, gives up and moves up is written to, in the transaction that does it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from conftest import NOON
from happening import make_event, states

from engage.contacts import tokens
from engage.contacts.models import Contact
from engage.events import attendance, programme, service
from engage.events.models import Booking, Event
from engage.events.programme import EventPlan, PlanError
from engage.extensions import db
from engage.outbox.models import OutgoingMessage

KEY = "k" * 40
SOON = NOON + timedelta(hours=1)


def sign_up(event, name="ada", now=NOON, language="en") -> bool:
    new = service.NewBooking(event, f"{name}@testham.example", name.title(), "A ramp", language)
    with db.engine.begin() as connection:
        return service.sign_up(connection, new, key=KEY, now=now)


def mails(name="ada") -> list[tuple[str, str]]:
    """What was queued for somebody, in order."""
    found = db.session.query(OutgoingMessage.subject, OutgoingMessage.text).join(
        Contact, Contact.id == OutgoingMessage.contact_id
    )
    rows = found.filter(Contact.email == f"{name}@testham.example").order_by(OutgoingMessage.id)
    got = [tuple(row) for row in rows]
    db.session.rollback()
    return got


def subjects(name="ada") -> list[str]:
    return [subject.split(":")[0] for subject, _ in mails(name)]


def secret_in(text: str) -> str:
    return re.search(r"/bookings/([\w-]+)", text)[1]


def confirm(name="ada", now=SOON) -> str | None:
    secret = secret_in(mails(name)[-1][1])
    with db.engine.begin() as connection:
        return service.confirm(connection, secret, now)


def book(event, name="ada") -> str:
    sign_up(event, name)
    return confirm(name)


def booking_of(name="ada") -> int:
    found = db.session.query(Booking.id).join(Contact, Contact.id == Booking.contact_id)
    [(number,)] = found.filter(Contact.email == f"{name}@testham.example")
    db.session.rollback()
    return number


def give_up(name="ada", now=SOON) -> bool:
    number = booking_of(name)
    event = db.session.get(Booking, number).event_id
    db.session.rollback()
    with db.engine.begin() as connection:
        done = service.give_up(connection, number, now)
    with db.engine.begin() as connection:
        service.move_up(connection, event, now)
    return done


def test_a_booking_counts_from_the_button_on(app):
    event = make_event(capacity=1)
    assert sign_up(event)
    assert states(event) == ["pending"]
    [(subject, text)] = mails()
    assert subject == "Please confirm your booking: Safe bystander training"
    assert "Monday 16 March 2026, 12pm to 2pm" in text
    assert "until Wednesday 4 March 2026, 12pm" in text
    first = secret_in(text)
    own = confirm()
    assert states(event) == ["placed"]
    assert subjects()[1:] == ["You have a place"]
    booked = booking_of()
    with db.engine.begin() as connection:
        assert service.confirm(connection, first, SOON) is None
        assert tokens.read(connection, own, "booking", SOON).about == booked


def test_who_has_booked_is_told_so_by_mail_alone(app):
    event = make_event()
    book(event)
    assert sign_up(event) is True
    assert subjects() == ["Please confirm your booking", "You have a place",
                          "You have booked already"]  # fmt: skip
    assert states(event) == ["placed"]


def test_who_is_asked_anew_confirms_what_was_typed_last_or_nothing(app):
    event = make_event()
    sign_up(event)
    older = secret_in(mails()[-1][1])
    sign_up(event)
    with db.engine.begin() as connection:
        assert service.confirm(connection, older, SOON) is None
    assert states(event) == ["pending"]
    assert confirm()
    sign_up(event)  # by a stranger: the link of who has a place stays good
    own = secret_in(mails()[2][1])
    with db.engine.begin() as connection:
        assert tokens.read(connection, own, "booking", SOON)


def test_who_gives_up_makes_room_for_the_first_that_waits(app):
    event = make_event(capacity=1)
    for name in ("ada", "bea", "cleo"):
        book(event, name)
    assert subjects("bea")[1:] == subjects("cleo")[1:] == ["You are on the waiting list"]
    assert give_up("ada")
    assert states(event) == ["placed", "waiting"]
    assert subjects("bea")[2:] == ["A place is free for you"]
    assert len(subjects("cleo")) == 2
    assert give_up("bea", NOON + timedelta(days=14)) is False


def test_a_place_that_became_free_by_erasure_is_given_on(app):
    event = make_event(capacity=1)
    book(event, "ada")
    book(event, "bea")
    db.session.query(Contact).filter_by(email="ada@testham.example").delete()
    db.session.commit()
    assert service.tend(db.session, SOON) == 1
    db.session.commit()
    assert states(event) == ["placed"]
    assert subjects("bea")[2:] == ["A place is free for you"]


def test_nothing_is_booked_after_the_last_moment_or_twice_confirmed_late(app):
    event = make_event()
    closes = NOON + timedelta(days=13)
    assert sign_up(event, now=closes) is False
    sign_up(event, now=closes - timedelta(minutes=5))
    assert confirm(now=NOON + timedelta(days=14)) is None
    assert states(event) == ["pending"]
    service.tend(db.session, NOON + timedelta(days=14))
    db.session.commit()
    assert states(event) == []


def plan_of(event: int, **changed) -> EventPlan:
    row = db.session.get(Event, event)
    kept = {name: getattr(row, name) for name in EventPlan.__slots__}
    db.session.rollback()
    return EventPlan(**kept | changed)


def change(event, **changed) -> int:
    plan = plan_of(event, **changed)
    with db.engine.begin() as connection:
        return service.change(connection, event, plan, SOON)


def test_more_places_move_the_queue_up_and_fewer_than_are_taken_are_refused(app):
    event = make_event(capacity=2)
    for name in ("ada", "bea", "cleo"):
        book(event, name)
    with pytest.raises(PlanError, match="2 people have a place already"):
        change(event, capacity=1)
    assert change(event, capacity=3) == 0
    assert subjects("cleo")[2:] == ["A place is free for you"]
    assert len(subjects("ada")) == 2


def test_who_booked_is_told_of_another_time_and_of_the_end(app):
    event = make_event(capacity=1)
    for name in ("ada", "bea"):
        book(event, name)
    assert change(event, place="The Town Hall") == 2
    assert "The Town Hall" in mails("bea")[-1][1]
    with db.engine.begin() as connection:
        assert service.call_off(connection, event, SOON) == 2
    with db.engine.begin() as connection:
        assert service.call_off(connection, event, SOON) is None
    assert subjects()[2:] == ["The time or place has changed", "Cancelled"]
    assert give_up("ada")
    assert states(event).count("placed") == 0


def remind(now) -> int:
    told = attendance.remind(db.session, now)
    db.session.commit()
    return told


def test_a_reminder_comes_once_two_days_before_to_those_with_a_place(app):
    event = make_event(capacity=1)
    for name in ("ada", "bea"):
        book(event, name)
    start = NOON + timedelta(days=14)
    assert remind(start - timedelta(days=2, seconds=1)) == 0
    assert remind(start - timedelta(days=2)) == 1
    assert remind(start - timedelta(days=1)) == 0
    assert subjects()[2:] == ["It is soon"]
    change(event, starts_at=start + timedelta(days=7), ends_at=start + timedelta(days=7, hours=1))
    assert remind(start + timedelta(days=5)) == 1


def test_who_came_gets_a_certificate_once_and_all_is_forgotten_in_time(app):
    event = make_event(capacity=2)
    for name in ("ada", "bea", "cleo"):
        book(event, name)
    ends = NOON + timedelta(days=14, hours=2)
    with db.engine.begin() as connection:
        assert attendance.note(connection, event, {1}, SOON) is None
        assert attendance.note(connection, event, {1, 3}, ends) == 1  # the third waits
        assert attendance.certify(connection, event, ends) == 1
        assert attendance.certify(connection, event, ends) == 0
    assert states(event) == ["attended", "absent", "waiting"]
    assert subjects()[2:] == ["Your certificate"]

    def needs() -> set:
        found = {each for (each,) in db.session.query(Booking.needs)}
        db.session.rollback()
        return found

    attendance.forget(db.session, ends + timedelta(days=7, seconds=-1))
    db.session.commit()
    assert needs() == {"A ramp"}
    attendance.forget(db.session, ends + timedelta(days=7))
    db.session.commit()
    assert needs() == {""}
    attendance.forget(db.session, ends + timedelta(days=365))
    db.session.commit()
    assert needs() == set()


def test_an_address_is_free_and_plain(app):
    plan = replace(plan_of(make_event()), title="Crème & Café: talk!")
    with db.engine.begin() as connection:
        for _ in range(2):
            programme.make(connection, plan, NOON)
        late = replace(plan, starts_at=datetime(2026, 10, 25, 23, 30, tzinfo=UTC))
        assert programme.free_slug(connection, late.title, late.starts_at).endswith("2026-10-25")
        slugs = [each.event.slug for each in programme.every(connection)]
    assert slugs[-2:] == ["creme-cafe-talk-2026-03-16", "creme-cafe-talk-2026-03-16-2"]
