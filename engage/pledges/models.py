"""A pledge, its words, its signatures and how many there are."""

from datetime import date, datetime
from enum import IntEnum, StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class Kind(StrEnum):
    """Who signs."""

    PERSON = "person"
    ORGANISATION = "organisation"


class State(StrEnum):
    """Where a signature stands; only a confirmed one counts."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"


class Source(StrEnum):
    """By which way a signature came."""

    WEB = "web"
    PAPER = "paper"
    EVENT = "event"
    LEGACY = "legacy"


class Member(IntEnum):
    """Who of a mailbox signs: the second only where they say so; an organisation apart of them."""

    FIRST = 1
    SECOND = 2
    ORGANISATION = 3


class NameState(StrEnum):
    """What staff decided about a name that somebody asked to be shown; a new name waits."""

    WAITS = ""
    SHOWN = "shown"
    HIDDEN = "hidden"


class Pledge(Model):
    """Something that people and organisations put their name to.

    `questionnaire` is the one that is offered before signing; its answers are responses of a wave
    and know nothing of who signs. `published` shows the pledge; it can be signed from `opens_on` to
    `closes_on`, both included (no end: until further notice).
    """

    __tablename__ = "pledges"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    questionnaire: Mapped[str | None] = mapped_column(String(60))
    published: Mapped[bool] = mapped_column(default=False)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]


class PledgeWords(Model):
    """One version of a pledge's words in one language; a version that was signed never changes."""

    __tablename__ = "pledge_words"
    __table_args__ = (UniqueConstraint("pledge_id", "version", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id", ondelete="CASCADE"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    reviewed: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date]


class Signature(Model):
    """One signature. `address_key` is unique in a pledge for each `member` (see `Member`).

    A legacy signature has no contact, no name and no ward: a keyed hash, where it came from, and
    a day. `network` is the hash that tells a burst from one network; its key dies with the day.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        UniqueConstraint("pledge_id", "address_key", "member"),
        Index("ix_signatures_state", "pledge_id", "state", "confirmed_on"),
        CheckConstraint("kind in ('person', 'organisation')", name="kind"),
        CheckConstraint(
            "state in ('pending', 'confirmed', 'withdrawn', 'invalidated')", name="state"
        ),
        CheckConstraint("source in ('web', 'paper', 'event', 'legacy')", name="source"),
        CheckConstraint("member in (1, 2, 3)", name="member"),
        CheckConstraint("not (show_name and under_18)", name="shown"),
        CheckConstraint("name_state in ('', 'shown', 'hidden')", name="name_state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    kind: Mapped[str] = mapped_column(String(12), default=Kind.PERSON)
    state: Mapped[str] = mapped_column(String(12), default=State.PENDING)
    address_key: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    member: Mapped[int] = mapped_column(default=Member.FIRST)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(100), default="")
    show_name: Mapped[bool] = mapped_column(default=False)
    name_state: Mapped[str] = mapped_column(String(6), default=NameState.WAITS)
    under_18: Mapped[bool] = mapped_column(default=False)
    ward: Mapped[str] = mapped_column(String(20), default="")
    words_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_words.id"))
    source: Mapped[str] = mapped_column(String(10), default=Source.WEB)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("signature_batches.id"))
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="SET NULL")
    )
    invalidation_id: Mapped[int | None] = mapped_column(ForeignKey("invalidations.id"))
    signed_on: Mapped[date]
    confirmed_on: Mapped[date | None]
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    network: Mapped[bytes | None] = mapped_column(LargeBinary(16))


class SignatureCount(Model):
    """How many confirmed signatures a pledge has, in parts; the sum over `slot` is the count.

    Changed in the transaction that changes a signature. `slot` spreads those who confirm at one
    moment over rows, so that they need not wait for one another.
    """

    __tablename__ = "signature_counts"

    pledge_id: Mapped[int] = mapped_column(
        ForeignKey("pledges.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    ward: Mapped[str] = mapped_column(String(20), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class WardFigure(Model):
    """How many signed in a ward by the end of a day: what the table of a pledge is made of.

    What is shown of it is rounded (`engage.pledges.ward_figures`).
    """

    __tablename__ = "ward_figures"

    pledge_id: Mapped[int] = mapped_column(
        ForeignKey("pledges.id", ondelete="CASCADE"), primary_key=True
    )
    ward: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]
    as_of: Mapped[date]


class Invalidation(Model):
    """Signatures that staff took out of the count by conditions, and why; undone or not."""

    __tablename__ = "invalidations"

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    conditions: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(default=0)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    undone_reason: Mapped[str] = mapped_column(Text, default="")


class SignatureBatch(Model):
    """Where signatures from elsewhere came from: an older list, or paper of one day and place.

    `report` tells, as JSON, which rows were not taken and why, by number and kind of fault alone.
    """

    __tablename__ = "signature_batches"
    __table_args__ = (
        CheckConstraint("source in ('paper', 'event', 'legacy')", name="source"),
        CheckConstraint("state in ('waiting', 'checked', 'taken', 'refused')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    source: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rows: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    taken: Mapped[int] = mapped_column(default=0)
    twice: Mapped[int] = mapped_column(default=0)
    broken: Mapped[int] = mapped_column(default=0)
    report: Mapped[str] = mapped_column(Text, default="[]")
