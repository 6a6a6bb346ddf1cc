"""Staff sessions, one row each, and the emergencies in which somebody acted as administrator."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
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


class BreakGlass(Model):
    """An hour in which somebody who was named beforehand was administrator, in one session.

    `session_hash` is that session's `token_hash` while the hour lasts: numbers of sessions come
    again. `review` is what another person wrote when they had looked at what was done. Staff are
    named by their number, without a foreign key: what was done outlives the account.
    """

    __tablename__ = "break_glass"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  as SQLAlchemy declares it

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int]
    session_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    reason: Mapped[str] = mapped_column(String(500))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None]
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review: Mapped[str] = mapped_column(String(500), default="", server_default="")
