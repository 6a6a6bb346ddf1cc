"""What a reporter's browser has begun or opened: gone within the hour."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class ReportDraft(Model):
    """A report that is being written, under a key that only the browser's cookie gives."""

    __tablename__ = "report_drafts"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ReporterVisit(Model):
    """A report that a receipt code opened: its number and keys under the cookie's key."""

    __tablename__ = "reporter_visits"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ReceiptTry(Model):
    """How often codes were tried from a network (a hash of the day) in a stretch of time."""

    __tablename__ = "receipt_tries"

    network: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
