"""What became of each time that somebody had the audit log verified."""

import json
from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class AuditCheck(Model):
    """The audit log was read from end to end: by whom it was asked, and what was found.

    `agree` are the anchors that the log bears out, `unanchored` the events since the last of
    them, `faults` a JSON list of sentences, empty where the log is sound. Without a foreign key,
    as the log itself: it outlives the account.
    """

    __tablename__ = "audit_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int | None]
    events: Mapped[int]
    agree: Mapped[int]
    unanchored: Mapped[int]
    restores: Mapped[int]
    faults: Mapped[str] = mapped_column(Text, default="[]")

    @property
    def wrong(self) -> list[str]:
        """The sentences that say what is wrong; none where the log is as it was written."""
        found: list[str] = json.loads(self.faults)
        return found
