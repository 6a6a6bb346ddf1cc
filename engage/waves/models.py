"""Published definitions and the waves that use them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.core.statistics.sampling import SampleType
from engage.extensions import Model, UtcDateTime


class WaveState(StrEnum):
    """A wave is prepared, then in the field, then closed for good."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class PublishedDefinition(Model):
    """A definition as it was published: its canonical JSON, whatever becomes of the file."""

    __tablename__ = "published_definitions"
    __table_args__ = (UniqueConstraint("questionnaire", "version", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    published_on: Mapped[date]


class Wave(Model):
    """One round of a survey. `closes_on` is the last day on which answers are taken.

    `version` counts the changes of what was planned, so that two who change it at once are told.
    """

    __tablename__ = "waves"
    __table_args__ = (
        UniqueConstraint("questionnaire", "name"),
        CheckConstraint("state in ('draft', 'open', 'closed')", name="state"),
        CheckConstraint("sample in ('open_link', 'panel', 'random')", name="sample"),
        CheckConstraint("closes_on >= opens_on", name="dates"),
        CheckConstraint("delete_on > closes_on", name="deletion"),
        # One round of a survey at a time, whoever opens two at the same moment.
        Index(
            "uq_waves_open",
            "questionnaire",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        # Approvals and the audit log name a wave by its number: no other one gets it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(60))
    definition_id: Mapped[int] = mapped_column(ForeignKey("published_definitions.id"))
    state: Mapped[str] = mapped_column(String(10), default=WaveState.DRAFT)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    delete_on: Mapped[date]
    made_up: Mapped[bool] = mapped_column(default=False)
    sample: Mapped[str] = mapped_column(
        String(10), default=SampleType.OPEN_LINK, server_default=SampleType.OPEN_LINK
    )
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    definition: Mapped[PublishedDefinition] = relationship(lazy="joined")


class WaveGate(Model):
    """What somebody signed before a wave opens, such as where its impact assessment lies.

    `facts` are JSON, in the shape that `engage.waves.gates` gives the gate. `signed_by` is a member
    of staff by number, without a foreign key: what was signed outlives the account. `version`
    counts how often it was signed.
    """

    __tablename__ = "wave_gates"

    wave_id: Mapped[int] = mapped_column(
        ForeignKey("waves.id", ondelete="CASCADE"), primary_key=True
    )
    gate: Mapped[str] = mapped_column(String(20), primary_key=True)
    facts: Mapped[str] = mapped_column(Text)
    signed_by: Mapped[int]
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
