"""What waits for a second person, and what was decided."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class ApprovalState(StrEnum):
    """What became of a request: nobody decided, agreed, refused, went without, taken back."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"
    WAIVED = "waived"
    WITHDRAWN = "withdrawn"


class Approval(Model):
    """A request that a second person agrees to one state of one thing.

    `subject` is `noun:number`, as in the audit log. `digest` stands for the state that was looked
    at: a change after that needs a new request. `reason` says why it was refused or waived. Staff
    are named by their number, without a foreign key: a decision outlives the account.
    """

    __tablename__ = "approvals"
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'given', 'refused', 'waived', 'withdrawn')", name="state"
        ),
        Index("ix_approvals_subject", "subject", "id"),
        Index(
            "uq_approvals_waiting",
            "subject",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default=ApprovalState.WAITING)
    asked_by: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
