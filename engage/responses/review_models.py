"""Responses that the rules marked for a person to look at, and what was decided about them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class Decision(StrEnum):
    """What somebody decided: the figures use the response, do not, or nobody has decided again."""

    KEEP = "keep"
    LEAVE_OUT = "leave_out"
    UNDONE = "undone"


class ResponseReview(Model):
    """One marked response; it goes with the response.

    `id` is a random UUID in hexadecimal that stands in addresses and in the audit log, where the
    response does not. `rules` are those that marked it (`engage.core.cleaning.words`), with commas
    between; none of a response that they do not mark any more. `decision` is empty until somebody
    has decided; `reason` is theirs, in their words. `version` counts the decisions. `taken_up` has
    a digit for each time that the figures of the wave were let use the decisions (`taking_up`), the
    last at `used_at`: 1 left the response out from then on, 2 kept it, 0 is what the rules say.
    """

    __tablename__ = "response_reviews"
    __table_args__ = (
        CheckConstraint("decision in ('', 'keep', 'leave_out', 'undone')", name="decision"),
        Index("ix_response_reviews_wave", "wave_id", "decision"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    response_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("responses.id", ondelete="CASCADE"), unique=True
    )
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    rules: Mapped[str] = mapped_column(String(240), default="", server_default="")
    decision: Mapped[str] = mapped_column(String(10), default="", server_default="")
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    staff_id: Mapped[int | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    taken_up: Mapped[str] = mapped_column(Text, default="", server_default="")
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
