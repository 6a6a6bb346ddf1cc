"""Staff make an event, read the list at the door, note who came and send certificates."""

import json
import re
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOON
from happening import make_event, states
from page import PageClient
from programs import needs
from staff import make_staff, sign_in

from engage.accounts.models import StaffMember
from engage.audit.models import AuditEvent
from engage.contacts.models import Contact
from engage.events.models import Booking, Event
from engage.extensions import db
from engage.outbox.models import OutgoingMessage
from engage.training import certificate
from engage.training.certificate import certificate_pdf
from engage.web.language import language
from tools.check_pdf import faults

FORM = {
    "title": "Safe bystander training",
    "training": "y",
    "text": "Learn how to help.\r\nTea is there.",
    "place": "Testham Library",
    "access": "",
    "day-day": "25",
    "day-month": "10",
    "day-year": "2026",
    "starts": "10am",
    "ends": "12:30",
    "capacity": "2",
    "published": "y",
}


@pytest.fixture
def manager(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))


def book(event: int, *names: str) -> list[int]:
    """Placed bookings under those names; their numbers."""
    made = []
    for number, name in enumerate(names):
        contact = Contact(
            address_key=f"{number:032}".encode(),
            email=f"{number}@testham.example",
            made_on=NOON.date(),
            proven_on=NOON.date(),
        )
        db.session.add(contact)
        db.session.flush()
        booking = Booking(
            event_id=event, contact_id=contact.id, name=name, needs=f"needs of {number}",
            state="placed", booked_at=NOON,
        )  # fmt: skip
        db.session.add(booking)
        db.session.flush()
        made.append(booking.id)
    db.session.commit()
    db.session.remove()
    return made


def create(manager, status=303, **changed) -> PageClient:
    manager.get("/staff/events/new")
    return manager.post("/staff/events/new", FORM | changed, status)


def audited() -> list[tuple[str, dict]]:
    found = [
        (each.action, json.loads(each.detail))
        for each in db.session.query(AuditEvent)
        if each.subject.startswith("event:") and each.action != "bookings.seen"
    ]
    db.session.rollback()
    return found


def test_an_event_is_made_and_shown_in_londons_time(manager):
    create(manager).follow()
    assert "Sunday 25 October 2026, 10am to 12:30pm" in manager.text
    [event] = db.session.query(Event)
    assert event.starts_at.hour == 10  # the clocks have gone back that night
    assert event.text == "Learn how to help.\nTea is there."
    assert event.closes_at == event.starts_at
    db.session.rollback()
    manager.get("/staff/events/1/change")
    assert (manager.value("starts"), manager.value("day-day")) == ("10:00", "25")
    manager.post("/staff/events/1/change", FORM | {"day-day": "24", "closes-day": "23",
                 "closes-month": "10", "closes-year": "2026"}).follow()  # fmt: skip
    assert "Saturday 24 October 2026, 10am to 12:30pm" in manager.text
    assert "Bookings until Friday 23 October 2026" in manager.text
    [event] = db.session.query(Event)
    assert (event.starts_at.hour, event.closes_at.hour) == (9, 23)
    db.session.rollback()
    manager.get("/staff/events/1/change")
    assert manager.value("closes-day") == "23"
    assert audited()[0] == ("event.made", {"places": 2})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Enter a name"),
        ({"day-day": "31", "day-month": "2"}, "is not a day"),
        ({"day-year": "2025"}, "starts in the past"),
        ({"starts": "noon"}, "is not a time"),
        ({"starts": "1:30am"}, "comes twice"),
        ({"ends": "9am"}, "must end after it starts"),
        ({"closes-day": "26", "closes-month": "10", "closes-year": "2026"}, "must close before"),
        ({"capacity": "0"}, "from 1 to 10,000"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(manager, wrong, said):
    create(manager, 422, **wrong)
    assert said in manager.text
    assert db.session.query(Event).count() == 0


def test_the_list_at_the_door_is_opened_by_a_button_and_noted(manager):
    event = make_event()
    book(event, "Zoe", "<b>Ada</b>")
    assert "Zoe" not in manager.get(f"/staff/events/{event}").text
    manager.post(f"/staff/events/{event}/list", {}, 200)
    assert re.search(r"<b>Ada</b> needs of 1 .* Zoe needs of 0", manager.text)
    assert audited() == [("event.list_opened", {"names": 2})]


def test_who_came_gets_a_certificate_that_can_be_read(manager, clock):
    event = make_event()
    ada, _zoe = book(event, "Ada Byron", "Zoe")
    manager.get(f"/staff/events/{event}/attendance", 409)
    clock.at = NOON + timedelta(days=14, hours=3)
    sign_in(manager, make_staff_again())
    manager.get(f"/staff/events/{event}/attendance")
    manager.post(f"/staff/events/{event}/attendance", {"walk_ins": "-1"}, 422)
    came = {"came": [str(ada), "99"], "walk_ins": "3"}
    manager.post(f"/staff/events/{event}/attendance", came).follow()
    assert "1, and 3 without a booking" in manager.text
    assert states(event) == ["attended", "absent"]
    manager.post(f"/staff/events/{event}/certificates").follow()
    manager.post(f"/staff/events/{event}/certificates")
    [text] = [text for (text,) in db.session.query(OutgoingMessage.text)]
    db.session.rollback()
    link = re.search(r"/bookings/[\w-]+", text)[0]
    assert "Your certificate (PDF)" in manager.get(link).text
    pdf = manager.http.get(f"{link}/certificate.pdf").data
    page = read(pdf)
    assert "Ada Byron" in page
    assert "Safe bystander training" in page
    assert "16 March 2026" in page
    details = [
        ("attendance.noted", {"came": 1, "expected": 2, "walk_ins": 3}),
        ("certificates.sent", {"letters": 1}),
    ]
    assert audited() == [*details, ("certificates.sent", {"letters": 0})]


def test_those_who_walked_in_are_counted_where_nobody_had_booked(manager, clock):
    event = make_event()
    clock.at = NOON + timedelta(days=14, hours=3)
    sign_in(manager, make_staff_again())
    assert "Nobody had a place" in manager.get(f"/staff/events/{event}/attendance").text
    manager.post(f"/staff/events/{event}/attendance", {"walk_ins": "12"}).follow()
    assert "0, and 12 without a booking" in manager.text
    assert manager.get(f"/staff/events/{event}/attendance").value("walk_ins") == "12"
    assert db.session.query(OutgoingMessage).all() == []


def read(pdf: bytes) -> str:
    """The words of a PDF."""
    assert faults(pdf) == []
    program = needs("pdftotext", "poppler-utils")
    done = subprocess.run([program, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def make_staff_again():
    """The same member of staff, whose session ended as the clock moved."""
    return db.session.query(StaffMember).filter_by(role="survey_manager").one()


def test_a_name_in_letters_that_the_typeface_lacks_leaves_a_line(lite_app, clock):
    event = make_event()
    db.session.rollback()
    row = db.session.get(Event, event)
    made = certificate_pdf(lite_app.extensions["settings"], row, "日本")
    assert "Name:" in read(made)


POLISH = {
    "Certificate": "Zaświadczenie",
    "Name:": "Imię:",
    "took part in this training:": "ukończył(a) szkolenie:",
    "Dated %(day)s.": "Data: %(day)s.",
}


def test_a_certificate_is_in_the_language_of_who_gets_it_or_wholly_in_english(
    lite_app, clock, monkeypatch
):
    settings = replace(lite_app.extensions["settings"], demo=True)  # shows every language
    lite_app.extensions["settings"] = settings
    row = db.session.get(Event, make_event())

    def spoken(words):
        def translated(text, **given):
            return (words.get(text, text) if language().code == "pl" else text) % given

        monkeypatch.setattr(certificate, "gettext", translated)
        return read(certificate_pdf(settings, row, "Ada Byron", "pl"))

    polish = spoken(POLISH)
    assert "Zaświadczenie" in polish
    assert "Data: 16 marca 2026" in polish
    assert "Safe bystander training" in polish
    half = spoken({"Certificate": "Zaświadczenie"})
    assert "took part in this training" in half
    assert "16 March 2026" in half
    lacking = spoken(POLISH | {"Certificate": "証明書"})
    assert "took part in this training" in lacking


def test_calling_off_asks_first_and_tells_everyone(manager):
    event = make_event()
    book(event, "Ada", "Zoe")
    manager.get(f"/staff/events/{event}/cancel")
    assert "2 people have booked" in manager.text
    manager.post(f"/staff/events/{event}/cancel").follow()
    assert "Called off on 2 March 2026" in manager.text
    assert db.session.query(OutgoingMessage).count() == 2
    db.session.rollback()
    manager.get(f"/staff/events/{event}/cancel", 409)
    assert audited() == [("event.called_off", {"told": 2})]


def test_a_booking_is_cancelled_for_somebody_who_telephones(manager):
    event = make_event()
    [ada, _zoe] = book(event, "Ada", "Zoe")
    page = f"/staff/events/{event}/bookings/{ada}/give-up"
    manager.get(page)
    manager.post(page)
    assert states(event) == ["placed"]
    manager.get(page, 404)


def test_an_analyst_sees_numbers_and_no_names(lite_app, clock):
    event = make_event()
    book(event, "Ada")
    analyst = sign_in(PageClient(lite_app), make_staff(lite_app, "analyst"))
    assert "1 of 10" in analyst.get("/staff/events").text
    for path in ("", "/change", "/attendance", "/cancel"):
        analyst.get(f"/staff/events/{event}{path}", 403)
    analyst.get("/staff/events/new", 403)
