"""Somebody books, confirms from the mail, and gives the place up again."""

import re
from datetime import timedelta

import icalendar
import pytest
from conftest import NOON
from happening import make_event, states
from page import PageClient

from engage.contacts.models import Consent, Contact, MailToken
from engage.events.models import Booking, Event
from engage.extensions import db
from engage.outbox.models import OutgoingMessage
from engage.web.limits import Tally

ADA = {"name": "Ada Byron", "email": "ada@testham.example", "needs": "A ramp"}


@pytest.fixture
def event(lite_app, clock) -> str:
    """The address of an event with one place."""
    number = make_event(capacity=1)
    slug = db.session.get(Event, number).slug
    db.session.rollback()
    return f"/events/{slug}"


@pytest.fixture
def person(lite_app) -> PageClient:
    return PageClient(lite_app)


def texts() -> list[str]:
    found = [text for (text,) in db.session.query(OutgoingMessage.text).order_by("id")]
    db.session.rollback()
    return found


def links() -> list[str]:
    """The page of the booking in each message, oldest first."""
    return [re.search(r"/bookings/[\w-]+", text)[0] for text in texts()]


def book(person, event, **changed) -> PageClient:
    person.get(f"{event}/book")
    return person.post(f"{event}/book", ADA | changed)


def booked(person, event, **changed) -> PageClient:
    """Book, open the link in the mail, and press the button."""
    book(person, event, **changed)
    link = links()[-1]
    return person.get(link).post(f"{link}/confirm").follow()


def everything() -> dict:
    """Every row of every table, to see that nothing changed."""
    tables = db.metadata.sorted_tables
    rows = {each.name: db.session.execute(each.select()).all() for each in tables}
    db.session.rollback()
    return rows


def test_a_place_is_booked_confirmed_and_given_up(person, event):
    person.get("/events")
    assert "Monday 16 March 2026, 12pm to 2pm" in person.text
    assert "1 place is free" in person.text
    assert "You can book until Sunday 15 March 2026, 12pm" in person.get(event).text
    book(person, event).follow()
    assert "You have not booked yet" in person.text
    assert "1 place is free" in person.get(event).text
    link = links()[0]
    assert "Before that, your booking does not count" in person.get(link).text
    assert "A ramp" in person.text
    assert person.checked("topics") == []
    person.post(f"{link}/confirm").follow()
    assert "You have a place" in person.text
    assert "All places are taken" in person.get(event).text
    own = links()[1]
    assert "Cancel my booking" in person.get(own).text
    person.get(f"{own}/cancel")
    assert states(1) == ["placed"]
    person.post(f"{own}/cancel").follow()
    assert "Your booking is cancelled" in person.text
    assert "Your booking is cancelled. We have deleted" in texts()[-1]
    assert "Ada" not in texts()[-1]
    assert "1 place is free" in person.get(event).text
    person.get(own, 404)
    person.get(f"{own}/cancel", 404)
    for gone in (Booking, MailToken, Consent):
        assert db.session.query(gone).count() == 0


def test_opening_every_link_of_every_mail_changes_nothing(person, event, lite_app):
    booked(person, event)
    booked(person, event, email="bea@testham.example")
    book(person, event, email="cleo@testham.example")
    before = everything()
    for path in re.findall(r"http://127.0.0.1:5000(\S+)", "\n".join(texts())):
        for method in ("get", "head", "options"):
            getattr(lite_app.test_client(), method)(path)
    assert everything() == before
    assert sorted(states(1)) == ["pending", "placed", "waiting"]


def test_a_used_a_made_up_and_an_old_link_lead_nowhere(person, event, clock):
    book(person, event)
    link = links()[0]
    token = person.get(link).value("csrf_token")
    person.post(f"{link}/confirm")
    person.get(link, 404)
    assert "does not work any more" in person.text
    person.post(f"{link}/confirm", token=token).follow(404)
    person.get("/bookings/" + "x" * 32, 404)
    book(person, event, email="bea@testham.example")
    late = links()[-1]
    person.get(late)
    clock.move(days=2)
    person.get(late, 404)
    person.post(f"{late}/confirm", token=token).follow(404)
    assert states(1).count("waiting") == 0


def test_the_answer_is_the_same_whatever_is_known_of_the_address(person, event):
    booked(person, event)
    known = book(person, event)
    said = (known.location, known.follow().text)
    new = book(person, event, email="new@testham.example")
    assert (new.location, new.follow().text) == said


def test_who_waits_sees_the_place_in_the_list_and_moves_up(person, event):
    booked(person, event)
    first = links()[-1]
    booked(person, event, email="bea@testham.example")
    assert "You are number 1 on the list" in person.text
    second = links()[-1]
    person.get(f"{first}/cancel").post(f"{first}/cancel")
    assert "You have a place" in person.get(second).text


def test_the_letter_that_asks_repeats_nothing_that_somebody_typed(person, event):
    book(person, event, name="Go Home", needs="Nobody wants you")
    [text] = texts()
    assert text.startswith("Hello,\n")
    assert not any(typed in text for typed in ("Go", "Home", "Nobody wants"))


def test_agreement_to_hear_more_is_its_own_and_only_what_was_ticked(person, event):
    book(person, event)
    link = links()[-1]
    person.get(link)
    person.post(f"{link}/confirm", {"topics": ["news", "something else"]})
    assert [(each.topic, each.given) for each in db.session.query(Consent)] == [("news", True)]
    assert [each.proven_on for each in db.session.query(Contact)] == [NOON.date()]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Ada\r\nBcc: all@testham.example"},
        {"name": "See www.bad.example"},
        {"email": "ada@testham.example\r\nBcc: all@testham.example"},
        {"email": "ada"},
        {"needs": "x" * 501},
        {"needs": "\x00"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(person, event, wrong):
    person.get(f"{event}/book")
    person.post(f"{event}/book", ADA | wrong, 422)
    assert "There is a problem" in person.text
    assert person.page.findtext("head/title").startswith("Error:")
    assert (db.session.query(Contact).count(), texts()) == (0, [])


def test_nobody_is_pestered_through_the_form_of_any_process(person, event, lite_app, clock):
    other = f"/events/{db.session.get(Event, make_event()).slug}"
    db.session.rollback()
    for number in range(7):
        lite_app.extensions["tally"] = Tally()  # as in a process of its own
        book(person, event if number % 2 else other).follow()
    assert len(texts()) == 5
    assert "Check your email" in person.text
    clock.move(days=1)
    book(person, event)
    assert len(texts()) == 6


def test_a_calendar_opens_the_file(person, lite_app, clock):
    summer = NOON.replace(month=7)
    text = "Bring lunch;\nand, please, \\ friends. " + "Ж" * 200
    make_event(slug="summer", starts_at=summer, text=text)
    answer = lite_app.test_client().get("/events/summer/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    [entry] = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert entry.decoded("dtstart") == summer
    clock.move(minutes=1)
    later = lite_app.test_client().get("/events/summer/calendar.ics").data
    [newer] = icalendar.Calendar.from_ical(later).walk("VEVENT")
    assert (newer["uid"], newer["sequence"] > entry["sequence"]) == (entry["uid"], True)
    assert entry.decoded("dtend") - summer == timedelta(hours=2)
    assert str(entry["description"]).startswith(text)
    assert "1pm to 3pm" in person.get("/events/summer").text


def test_what_is_not_shown_closed_or_called_off_cannot_be_booked(person, event, clock):
    hidden = make_event(slug="hidden", published=False)
    for path in ("/events/hidden", "/events/hidden/book", "/events/hidden/calendar.ics"):
        person.get(path, 404)
    assert hidden
    make_event(slug="off", cancelled_at=NOON)
    assert "This event is cancelled" in person.get("/events/off").text
    assert person.get("/events/off/book", 303).location == "/events/off"
    clock.move(days=13)
    assert "Booking is closed" in person.get(event).text
    assert person.get(f"{event}/book", 303).location == event
    assert db.session.query(MailToken).count() == 0
