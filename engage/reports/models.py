"""Reports as they are stored. In the clear: the status, months, and that something is due.

Ids are random, and SQLite keeps the rows by them alone, so that nothing tells the order in which
reports came.
"""

from datetime import date
from enum import StrEnum

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

from engage.extensions import Model

BY_KEY = {"sqlite_with_rowid": False}


class Status(StrEnum):
    """How far a report is; whether it tells of a crime is nobody's to say here."""

    NEW = "new"
    OPEN = "open"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"


class Report(Model):
    """A report. Months are written `2026-11`; a part goes on the first day of its month.

    `version` counts changes of anything in it, so that two people who write at once notice.
    `facts` are its coded facts, sealed to the statistics key.
    """

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("status in ('new', 'open', 'handed_over', 'closed')", name="status"),
        # What an inbox asks for, so that the rows themselves need not be read.
        Index("ix_reports_id_version", "id", "version"),
        BY_KEY,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), index=True)
    status: Mapped[str] = mapped_column(String(12), default=Status.NEW)
    version: Mapped[int] = mapped_column(default=1)
    facts: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_until: Mapped[str | None] = mapped_column(String(7))
    narrative_until: Mapped[str | None] = mapped_column(String(7))
    facts_until: Mapped[str | None] = mapped_column(String(7))
    held: Mapped[bool] = mapped_column(default=False)


class ReportKey(Model):
    """The keys of a report, sealed to one holder.

    Those of a caseworker are found by `staff_id`, those of a centre or a receipt by `mark`, which
    only the holder can work out; those of the recovery key have neither.
    """

    __tablename__ = "report_keys"
    __table_args__ = (
        UniqueConstraint("report_id", "staff_id"),
        Index("ix_report_keys_staff_id", "staff_id", "report_id"),
        BY_KEY,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReportPart(Model):
    """One part of a report, sealed and filled up; every report has every part until it expires."""

    __tablename__ = "report_parts"
    __table_args__ = BY_KEY

    report_id: Mapped[str] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReportEntry(Model):
    """Something said or done about a report since, sealed under one of its keys.

    `ring` tells what goes with the identity (`talk`) from everything else (`notes`).
    """

    __tablename__ = "report_entries"
    __table_args__ = (
        UniqueConstraint("report_id", "number"),
        CheckConstraint("ring in ('talk', 'notes')", name="ring"),
        BY_KEY,
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"))
    number: Mapped[int]
    ring: Mapped[str] = mapped_column(String(8))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReportFile(Model):
    """A piece of evidence; `about` holds its name, kind, size and hash, sealed."""

    __tablename__ = "report_files"
    __table_args__ = BY_KEY

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    about: Mapped[bytes] = mapped_column(LargeBinary)


class ReportChunk(Model):
    """Some of a file, sealed: of the original, or of the copy without what cameras add."""

    __tablename__ = "report_chunks"
    __table_args__ = (CheckConstraint("copy in ('original', 'clean')", name="copy"), BY_KEY)

    file_id: Mapped[str] = mapped_column(
        ForeignKey("report_files.id", ondelete="CASCADE"), primary_key=True
    )
    copy: Mapped[str] = mapped_column(String(8), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReportClock(Model):
    """That something is to be done by a day. Which report it is about stands in that, sealed."""

    __tablename__ = "report_clocks"
    __table_args__ = BY_KEY

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    due_on: Mapped[date] = mapped_column(index=True)
    told_on: Mapped[date | None]


class ReportShelf(Model):
    """What a caseworker's inbox shows, sealed to themselves: made anew whenever it is not there."""

    __tablename__ = "report_shelves"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ReportTable(Model):
    """A suppressed table of figures about reports: all that is stored of what was counted."""

    __tablename__ = "report_tables"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    made_on: Mapped[date]
    content: Mapped[str] = mapped_column(Text)
