"""An organisation that signed, and its commitments."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class Standing(StrEnum):
    """How far an organisation is on the way to the public list."""

    ASKED = "asked"
    VERIFIED = "verified"
    APPROVED = "approved"
    REFUSED = "refused"
    LEFT = "left"


class Promise(StrEnum):
    """What an organisation can promise."""

    TRAIN_STAFF = "train_staff"
    DISPLAY_MATERIAL = "display_material"
    NAME_CHAMPION = "name_champion"
    SHARE_DATA = "share_data"
    SUPPORT_VICTIMS = "support_victims"


class Progress(StrEnum):
    """How a commitment stands; being late is worked out from its day."""

    PROMISED = "promised"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class Organisation(Model):
    """Verified by the domain of a mailbox or by staff, then approved, then listed."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint(
            "standing in ('asked', 'verified', 'approved', 'refused', 'left')", name="standing"
        ),
        CheckConstraint("verified_by in ('', 'domain', 'staff')", name="verified_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    sector: Mapped[str] = mapped_column(String(20))
    size: Mapped[str] = mapped_column(String(10))
    domain: Mapped[str] = mapped_column(String(253), default="")
    standing: Mapped[str] = mapped_column(String(10), default=Standing.ASKED)
    verified_by: Mapped[str] = mapped_column(String(10), default="")
    verified_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    signatory: Mapped[str] = mapped_column(String(100), default="")
    position: Mapped[str] = mapped_column(String(100), default="")
    asked_on: Mapped[date]


class Commitment(Model):
    """One promise of an organisation. `renewed_on` starts its year; `due_on` is when it is due."""

    __tablename__ = "commitments"
    __table_args__ = (
        UniqueConstraint("organisation_id", "promise"),
        CheckConstraint(
            "progress in ('promised', 'under_way', 'done', 'dropped')", name="progress"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    promise: Mapped[str] = mapped_column(String(20))
    progress: Mapped[str] = mapped_column(String(10), default=Progress.PROMISED)
    owner: Mapped[str] = mapped_column(String(100), default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    evidence_on: Mapped[date | None]
    due_on: Mapped[date]
    renewed_on: Mapped[date]
