"""The audit log."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class AuditEvent(Model):
    """Something a member of staff (or the system, when `staff_id` is empty) did.

    Staff are named by their number, without a foreign key: the log outlives the account. `hash`
    covers the event and the hash of the one before it.
    """

    __tablename__ = "audit_events"
    # With the moment in each, whoever filters gets the newest first without sorting them all.
    __table_args__ = (
        Index("ix_audit_events_at", "at"),
        Index("ix_audit_events_staff", "staff_id", "at"),
        Index("ix_audit_events_action", "action", "at"),
        Index("ix_audit_events_subject", "subject", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(100))
    detail: Mapped[str] = mapped_column(Text, default="{}")
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Model):
    """Where the chain of events stands: the last event, and the last that was deleted by age."""

    __tablename__ = "audit_heads"

    id: Mapped[int] = mapped_column(primary_key=True)
    last_id: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    gone_id: Mapped[int] = mapped_column(default=0)
    gone_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
