"""An event, and the people who have or await a place."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class Event(Model):
    """A meeting or training with so many places. `cancelled_at` ends it for everybody.

    `walk_ins` is how many came without a booking; of them nothing else is kept.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("walk_ins >= 0", name="walk_ins"),
        CheckConstraint("ends_at > starts_at", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    training: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(200))
    access: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int]
    published: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    walk_ins: Mapped[int] = mapped_column(default=0, server_default="0")


class Booking(Model):
    """A place, or a place in the queue; `needs` is what the person said they need to take part."""

    __tablename__ = "bookings"
    __table_args__ = (
        UniqueConstraint("event_id", "contact_id"),
        CheckConstraint(
            "state in ('pending', 'placed', 'waiting', 'cancelled', 'attended', 'absent')",
            name="state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(100))
    needs: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="pending")
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
