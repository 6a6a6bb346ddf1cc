"""Third-party reporting centres and their workers."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class Standing(StrEnum):
    """Whether a centre takes reports."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Centre(Model):
    """A community organisation that staff registered. `agreed_on`: the day of its agreement."""

    __tablename__ = "centres"
    __table_args__ = (
        CheckConstraint("standing in ('active', 'paused', 'ended')", name="standing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    standing: Mapped[str] = mapped_column(String(10), default=Standing.ACTIVE)
    agreed_on: Mapped[date]
    review_on: Mapped[date]
    ended_on: Mapped[date | None]


class CentreWorker(Model):
    """An account of a centre; reports are taken from it while the training has not run out."""

    __tablename__ = "centre_workers"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id", ondelete="CASCADE"))
    trained_on: Mapped[date]
    training_ends_on: Mapped[date]
