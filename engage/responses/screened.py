"""What people wrote in their own words, waiting for somebody to look whether anyone needs help."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class ScreeningState(StrEnum):
    """What became of a text: nobody looked yet, nothing to worry about, flagged, dealt with."""

    WAITING = "waiting"
    PASSED = "passed"
    FLAGGED = "flagged"
    HANDLED = "handled"


class Reason(StrEnum):
    """Why a text was flagged to the safeguarding lead."""

    AT_RISK = "at_risk"
    CHILD = "child"
    NAMES = "names"
    THREAT = "threat"


class ScreenedText(Model):
    """One text that came in an answer; the words stay in the response alone, and go with it.

    `id` is a random UUID in hexadecimal that stands in the audit log, where the response does not.
    `due_on` is the last day on which somebody should look at it. `staff_id` is who decided;
    `told_at` is when the safeguarding lead was told of a flag.
    """

    __tablename__ = "screened_texts"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'passed', 'flagged', 'handled')", name="state"),
        UniqueConstraint("response_id", "question"),
        Index("ix_screened_texts_due", "state", "due_on"),
        Index("ix_screened_texts_wave", "wave_id", "question"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    response_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("responses.id", ondelete="CASCADE")
    )
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    question: Mapped[str] = mapped_column(String(140))
    came_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default=ScreeningState.WAITING)
    reason: Mapped[str] = mapped_column(String(10), default="")
    staff_id: Mapped[int | None]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
