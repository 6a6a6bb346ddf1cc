"""Events of the demonstration: one with room, one that is full, one that is over."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.contacts.address import random_key
from engage.contacts.models import Contact
from engage.events.models import Booking, Event
from engage.events.programme import free_slug
from engage.events.store import ABSENT, ATTENDED, LEAST, PLACED, WAITING
from engage.events.when import moment

NAMES = (
    "Amina Odell", "Ben Achterberg", "Chidi Lark", "Dana Whitlow", "Ewa Marsh", "Femi Thorne",
    "Grace Pell", "Hamza Ridley", "Ines Calder", "Jay Sorrel", "Kasia Brook", "Leo Fenwick",
    "Maya Holt", "Noor Ashby", "Omar Tindall", "Priya Vale",
)  # fmt: skip
"""Invented people."""
NEEDS = {1: "A seat near the door", 4: "Polish, if somebody can help", 9: "British Sign Language"}


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """An event so many days from today; of its `booked` people, the last wait if it is full."""

    title: str
    text: str
    place: str
    in_days: int
    hours: tuple[int, int]
    capacity: int
    booked: int
    training: bool = True


EVENTS = (
    PlannedEvent(
        "Safe bystander training",
        "What can you do when you see somebody being abused? We practise safe ways to help.\n"
        "For everyone from 16. You need to know nothing before.",
        "Quillhaven Central Library, 1 Ferry Road", 16, (10, 13), 20, 11,
    ),
    PlannedEvent(
        "Hate crime: how to report it",
        "An officer and a support worker explain what happens when you report a hate crime, and "
        "how to do it without going to a police station.",
        "Harbour Community Hall, 22 Quay Street", 30, (18, 20), 12, 16,
    ),
    PlannedEvent(
        "Walk and talk: lights in Mill Park",
        "We walk through the park after dark and note where you would like more light.",
        "Mill Park, north gate", 9, (17, 18), 40, 6, training=False,
    ),
    PlannedEvent(
        "Safe bystander training",
        "What can you do when you see somebody being abused? We practise safe ways to help.",
        "Quillhaven Town Hall, room 4", -12, (14, 17), 15, 14,
    ),
)  # fmt: skip
ACCESS = "Step-free from the street. There is an accessible toilet and a hearing loop."


def load_events(session: Session, now: datetime) -> None:
    """Put the events and their made-up bookings in; the caller commits.

    Nobody has proven the mailboxes, so nothing is ever written to them.
    """
    people = [
        Contact(
            address_key=random_key(),
            email=f"{name.lower().replace(' ', '.')}@quillhaven.example",
            made_on=day_of(now) - timedelta(days=40),
        )
        for name in NAMES
    ]
    session.add_all(people)
    session.flush()
    for plan in EVENTS:
        _load(session, plan, people, now)
    session.flush()


def _load(session: Session, plan: PlannedEvent, people: list[Contact], now: datetime) -> None:
    on = day_of(now) + timedelta(days=plan.in_days)
    starts, ends = (moment(on, time(hour)) for hour in plan.hours)
    event = Event(
        slug=free_slug(session.connection(), plan.title, starts),
        title=plan.title,
        text=plan.text,
        training=plan.training,
        place=plan.place,
        access=ACCESS,
        starts_at=starts,
        ends_at=ends,
        closes_at=starts,
        capacity=plan.capacity,
        published=True,
    )
    session.add(event)
    session.flush()
    booked = min(now, starts) - timedelta(days=7)
    over = ends <= now
    for number, (name, person) in enumerate(zip(NAMES, people, strict=True)):
        if number >= plan.booked:
            break
        came = ABSENT if number % 6 == 5 else ATTENDED
        placed = PLACED if number < plan.capacity else WAITING
        session.add(
            Booking(
                event_id=event.id,
                contact_id=person.id,
                name=name,
                needs="" if over else NEEDS.get(number, ""),
                state=came if over else placed,
                booked_at=booked + number * LEAST,
            )
        )
