"""Staff sessions, one row each."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class StaffSession(Model):
    """A signed-in browser; `token_hash` is SHA-256 of the token in its cookie.

    While `awaits_code` is set, the password was right and the code of the second step is not in.
    """

    __tablename__ = "staff_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    awaits_code: Mapped[bool] = mapped_column(default=False)
