"""The events themselves: made, found, changed, called off."""

import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from engage.clock import day_of
from engage.events.store import BOOKINGS, EVENTS, HOLDING, WAITING, held, lock_with_booked

LONGEST_SLUG = 50
LONGEST_EVENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class EventPlan:
    """What staff decide about an event; moments are in UTC."""

    title: str
    text: str
    training: bool
    place: str
    access: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    capacity: int
    published: bool


@dataclass(frozen=True, slots=True)
class EventFault:
    """What is wrong with a plan: the field, and what to do about it."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Counted:
    """An event, how many places of it are taken, and how many people wait."""

    event: Row[Any]
    held: int
    waiting: int

    @property
    def free(self) -> int:
        """How many places can be had now: none while somebody waits."""
        return 0 if self.waiting else max(0, self.event.capacity - self.held)


class PlanError(ValueError):
    """A plan that cannot be; `faults` says what is wrong with it."""

    def __init__(self, faults: list[EventFault]) -> None:
        """Keep the faults."""
        super().__init__(" ".join(each.message for each in faults))
        self.faults = faults


def faults_of(plan: EventPlan, now: datetime, taken: int = 0) -> list[EventFault]:
    """What is wrong with a plan for an event that has so many places taken."""
    faults = []
    if plan.starts_at <= now:
        faults.append(EventFault("day", "The event starts in the past: choose a later day"))
    if not plan.starts_at < plan.ends_at <= plan.starts_at + LONGEST_EVENT:
        faults.append(EventFault("ends", "The event must end after it starts, within 14 days"))
    if plan.closes_at > plan.starts_at:
        faults.append(EventFault("closes", "Bookings must close before the event starts"))
    if plan.capacity < taken:
        said = f"{taken} people have a place already: give {taken} or more places"
        faults.append(EventFault("capacity", said))
    return faults


def make(connection: Connection, plan: EventPlan, now: datetime) -> int:
    """Store a new event; its number. Raises PlanError."""
    if faults := faults_of(plan, now):
        raise PlanError(faults)
    slug = free_slug(connection, plan.title, plan.starts_at)
    row = insert(EVENTS).values(slug=slug, **asdict(plan)).returning(EVENTS.c.id)
    return int(connection.execute(row).scalar_one())


def change(
    connection: Connection, event_id: int, plan: EventPlan, now: datetime
) -> tuple[Row[Any], bool]:
    """Change an event; what it was before, and whether those who booked must be told.

    They must when it moves to another time or place; the reminder then comes anew. Raises
    PlanError, and LookupError where there is none or it was called off.
    """
    before = lock_with_booked(connection, event_id)
    if before is None or before.cancelled_at is not None:
        raise LookupError(f"Event {event_id} is not there, or was called off.")
    if faults := faults_of(plan, now, held(connection, event_id)):
        raise PlanError(faults)
    connection.execute(update(EVENTS).where(EVENTS.c.id == event_id).values(**asdict(plan)))
    moved = (before.starts_at, before.ends_at, before.place) != (
        plan.starts_at, plan.ends_at, plan.place,
    )  # fmt: skip
    if moved:
        again = update(BOOKINGS).where(
            BOOKINGS.c.event_id == event_id, BOOKINGS.c.reminded_at.is_not(None)
        )
        connection.execute(again.values(reminded_at=None))
    return before, moved


def call_off(connection: Connection, event_id: int, now: datetime) -> bool:
    """End an event for everybody; False where it was over, or called off before."""
    event = lock_with_booked(connection, event_id)
    if event is None or event.cancelled_at is not None or event.ends_at <= now:
        return False
    off = update(EVENTS).where(EVENTS.c.id == event_id).values(cancelled_at=now)
    connection.execute(off)
    return True


def get(connection: Connection, event_id: int) -> Row[Any] | None:
    """The event of that number; None where there is none."""
    return connection.execute(select(EVENTS).where(EVENTS.c.id == event_id)).first()


def by_slug(connection: Connection, slug: str) -> Row[Any] | None:
    """The published event at that address; None where there is none."""
    wanted = select(EVENTS).where(EVENTS.c.slug == slug, EVENTS.c.published)
    return connection.execute(wanted).first()


def coming(connection: Connection, now: datetime) -> list[Counted]:
    """The published events that are not over, the next first."""
    wanted = EVENTS.c.published & (EVENTS.c.ends_at > now)
    return _counted(connection, wanted, EVENTS.c.starts_at)


def any_coming(connection: Connection, now: datetime) -> bool:
    """Whether a published event is to come."""
    wanted = select(EVENTS.c.id).where(
        EVENTS.c.published, EVENTS.c.ends_at > now, EVENTS.c.cancelled_at.is_(None)
    )
    return connection.execute(wanted.limit(1)).first() is not None


def every(connection: Connection) -> list[Counted]:
    """All events, the latest first."""
    return _counted(connection, EVENTS.c.id > 0, EVENTS.c.starts_at.desc())


def counted(connection: Connection, event: Row[Any]) -> Counted:
    """An event with its places as they are now."""
    return _counted(connection, EVENTS.c.id == event.id, EVENTS.c.id)[0]


def _counted(connection: Connection, wanted: Any, order: Any) -> list[Counted]:
    events = connection.execute(select(EVENTS).where(wanted).order_by(order, EVENTS.c.id)).all()
    states = (
        select(BOOKINGS.c.event_id, BOOKINGS.c.state, func.count())
        .join(EVENTS, EVENTS.c.id == BOOKINGS.c.event_id)
        .where(wanted)
        .group_by(BOOKINGS.c.event_id, BOOKINGS.c.state)
    )
    found = {(event_id, state): number for event_id, state, number in connection.execute(states)}
    return [
        Counted(
            event,
            sum(found.get((event.id, state), 0) for state in HOLDING),
            found.get((event.id, WAITING), 0),
        )
        for event in events
    ]


def free_slug(connection: Connection, title: str, starts_at: datetime) -> str:
    """An address made of the title and the day, that no other event has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 11].strip("-")
    base = f"{words or 'event'}-{day_of(starts_at).isoformat()}"
    taken = set(connection.scalars(select(EVENTS.c.slug).where(EVENTS.c.slug.startswith(base))))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
