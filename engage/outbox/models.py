"""A message that is to leave, and what became of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class OutgoingMessage(Model):
    """One message to one mailbox. `key` makes asking twice one message.

    `message_id` is made with the row, so that a message that leaves twice around a crash is one
    to whoever reads it. `subject` and `text` are emptied once it has left; the messages of a
    campaign never have them: they are written from the campaign's as they leave.
    """

    __tablename__ = "outgoing_messages"
    __table_args__ = (
        Index("ix_outgoing_messages_due", "state", "due_at"),
        Index("ix_outgoing_messages_campaign", "campaign_id", "state"),
        CheckConstraint(
            "state in ('waiting', 'sending', 'sent', 'refused', 'failed', 'dropped')", name="state"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    subject: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(100), default="")
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
