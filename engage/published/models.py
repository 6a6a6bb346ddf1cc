"""What is published of a wave: the chosen figures, frozen, through the editions of their lives."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime
from engage.figures.columns import EstimateColumns, NamedColumns


class PublicationState(StrEnum):
    """The life of an edition.

    It is chosen, frozen by the worker (or refused with why), agreed to for a time, and then seen
    by all; later replaced by the next edition, or withdrawn. One that never came out is dropped.
    """

    CHOSEN = "chosen"
    FROZEN = "frozen"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


PREPARING = (PublicationState.CHOSEN, PublicationState.FROZEN, PublicationState.SCHEDULED)
_PREPARING = "state in ('chosen', 'frozen', 'scheduled')"
_OUT = "state in ('published', 'withdrawn')"


class Publication(Model):
    """One edition of a wave's results: which figures, as they were frozen, and when they came out.

    `chosen` is JSON: indicators and breakdowns by id. `about` is JSON: all that the page says
    besides figures (`engage.published.about`), frozen with them, since runs are pruned. `digest`
    is of what a second person agrees to. `note` says what was changed, for readers of an edition
    after the first; `said` why it was refused, dropped or withdrawn. `version` is for two people
    who change one. Staff are named by number, without a foreign key.
    """

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint(
            "state in ('chosen', 'frozen', 'scheduled', 'published', 'replaced', 'withdrawn', "
            "'dropped')",
            name="state",
        ),
        Index("ix_publications_wave", "wave_id", "id"),
        # Of a wave one edition is prepared at a time, and one is the newest that came out.
        Index(
            "uq_publications_preparing",
            "wave_id",
            unique=True,
            sqlite_where=text(_PREPARING),
            postgresql_where=text(_PREPARING),
        ),
        Index(
            "uq_publications_out",
            "wave_id",
            unique=True,
            sqlite_where=text(_OUT),
            postgresql_where=text(_OUT),
        ),
        # Approvals, files and readers know an edition by its number: no other one gets it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))
    questionnaire: Mapped[str] = mapped_column(String(60))
    edition: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=PublicationState.CHOSEN)
    version: Mapped[int] = mapped_column(default=1)
    chosen: Mapped[str] = mapped_column(Text)
    run_id: Mapped[int | None]
    about: Mapped[str] = mapped_column(Text, default="{}")
    digest: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    said: Mapped[str] = mapped_column(String(500), default="")
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_by: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PublishedFigure(NamedColumns, EstimateColumns, Model):
    """A row of the frozen, suppressed table; a hidden one has no numbers, only its flag.

    `change` and `targets` are JSON (`engage.published.figure`): less the figure that is published
    of the wave before, and what it is held to; empty where there is none.
    """

    __tablename__ = "published_figures"
    __table_args__ = (Index("ix_published_figures_group", "breakdown", "group"),)

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    # Last, as in the database: the digest of an edition reads its columns in order.
    change: Mapped[str] = mapped_column(Text, default="", sort_order=1)
    targets: Mapped[str] = mapped_column(Text, default="", sort_order=1)


class PublishedFile(Model):
    """A file of just the published rows, made by the worker when they came out."""

    __tablename__ = "published_files"

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
