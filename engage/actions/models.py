"""An action: what people said, what was done, by which post, until when, and how far it is."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engage.extensions import Model, UtcDateTime


class ActionState(StrEnum):
    """How far an action is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    STOPPED = "stopped"


class Theme(StrEnum):
    """What an action is about, in words that residents would use."""

    STREETS = "streets"
    ANTISOCIAL = "antisocial_behaviour"
    POLICING = "policing"
    HATE = "hate_crime"
    WOMEN = "women_and_girls"
    YOUNG = "young_people"
    CRIME = "crime"
    OTHER = "other"


class Action(Model):
    """An action as staff keep it. `owner` is a body or post, never a person's name.

    `keeper` is the member of staff who keeps it up to date, by number. `why` says why it was
    stopped. `version` counts the changes. `shown` is the canonical JSON of what the public sees:
    the state to which a second person agreed last; empty when nothing is published. Without a
    ward the action is for the whole borough.
    """

    __tablename__ = "actions"
    __table_args__ = (
        CheckConstraint("state in ('planned', 'under_way', 'done', 'stopped')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    theme: Mapped[str] = mapped_column(String(20), default=Theme.OTHER)
    said: Mapped[str] = mapped_column(Text)
    did: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(120))
    keeper: Mapped[int]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default=ActionState.PLANNED)
    why: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)
    shown: Mapped[str] = mapped_column(Text, default="")
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    wards: Mapped[list["ActionWard"]] = relationship(
        order_by="ActionWard.ward", cascade="all, delete-orphan"
    )
    findings: Mapped[list["ActionFinding"]] = relationship(
        order_by="ActionFinding.id", cascade="all, delete-orphan"
    )
    quotes: Mapped[list["ActionQuote"]] = relationship(
        order_by="ActionQuote.quote_id", cascade="all, delete-orphan"
    )
    updates: Mapped[list["ActionUpdate"]] = relationship(
        order_by="ActionUpdate.id.desc()", cascade="all, delete-orphan"
    )


class ActionWard(Model):
    """A ward that an action is for, by its code."""

    __tablename__ = "action_wards"

    action_id: Mapped[int] = mapped_column(
        ForeignKey("actions.id", ondelete="CASCADE"), primary_key=True
    )
    ward: Mapped[str] = mapped_column(String(20), primary_key=True)


class ActionFinding(Model):
    """A published finding that an action answers: one indicator of a wave, for one group."""

    __tablename__ = "action_findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id", ondelete="CASCADE"), index=True)
    questionnaire: Mapped[str] = mapped_column(String(60))
    wave_id: Mapped[int]
    indicator: Mapped[str] = mapped_column(String(60))
    breakdown: Mapped[str] = mapped_column(String(60))
    group: Mapped[str] = mapped_column(String(60))


class ActionQuote(Model):
    """A released quote that stands beside an action."""

    __tablename__ = "action_quotes"

    action_id: Mapped[int] = mapped_column(
        ForeignKey("actions.id", ondelete="CASCADE"), primary_key=True
    )
    quote_id: Mapped[int] = mapped_column(
        ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True
    )


class ActionUpdate(Model):
    """What happened since, with its day."""

    __tablename__ = "action_updates"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    words: Mapped[str] = mapped_column(String(600))
    staff_id: Mapped[int]
