"""Events and mailboxes for tests."""

from datetime import timedelta
from itertools import count

from conftest import NOON

from engage.contacts.models import Contact
from engage.events.models import Booking, Event
from engage.extensions import db

_numbers = count()


def make_event(**given) -> int:
    """A published training in two weeks with ten places; its number."""
    starts = given.pop("starts_at", NOON + timedelta(days=14))
    event = Event(
        **{
            "slug": f"bystander-{next(_numbers)}",
            "title": "Safe bystander training",
            "text": "Learn how to help without putting yourself in danger.",
            "training": True,
            "place": "Testham Library, 1 Mill Lane",
            "access": "Step-free from the street.",
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
            "closes_at": starts - timedelta(hours=24),
            "capacity": 10,
            "published": True,
        }
        | given
    )
    db.session.add(event)
    return _kept([event])[0]


def make_contacts(number: int) -> list[int]:
    """That many mailboxes; their numbers."""
    made = [
        Contact(
            address_key=f"{next(_numbers):032}".encode(),
            email=f"person{each}@testham.example",
            made_on=NOON.date(),
        )
        for each in range(number)
    ]
    db.session.add_all(made)
    return _kept(made)


def _kept(rows: list) -> list[int]:
    """Commit rows and give their numbers; nothing of it keeps the database locked."""
    db.session.flush()
    numbers = [each.id for each in rows]
    db.session.commit()
    db.session.remove()
    return numbers


def states(event_id: int) -> list[str]:
    """The states of an event's bookings, in the order of the queue."""
    db.session.rollback()
    found = db.session.query(Booking.state).filter_by(event_id=event_id)
    states = [state for (state,) in found.order_by(Booking.booked_at, Booking.id)]
    db.session.rollback()
    return states
