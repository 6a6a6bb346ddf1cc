"""Stored cross-tables: what was asked of a wave, and the suppressed table that everybody sees."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class CrossTable(Model):
    """A table of two questions of a wave; who asks the same later sees the same.

    `key` is a digest of `spec`, JSON of what was asked. `content` is JSON of the suppressed table,
    `hidden` of which of its sums are hidden: both stay, because what was shown stays known.
    `people` is a digest of which answers were used.
    `reason` says why it was refused. `asked_by` is staff by number, without a foreign key.
    """

    __tablename__ = "cross_tables"
    __table_args__ = (
        UniqueConstraint("wave_id", "key"),
        CheckConstraint("state in ('waiting', 'shown', 'refused')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    spec: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    reason: Mapped[str] = mapped_column(String(300), default="")
    content: Mapped[str | None] = mapped_column(Text)
    hidden: Mapped[str | None] = mapped_column(Text)
    people: Mapped[str] = mapped_column(String(64), default="")
    asked_by: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SavedTable(Model):
    """A table that somebody keeps at hand."""

    __tablename__ = "saved_tables"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    table_id: Mapped[int] = mapped_column(
        ForeignKey("cross_tables.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    saved_on: Mapped[date]
