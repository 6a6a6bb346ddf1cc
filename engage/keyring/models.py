"""Keys as they are stored: the public halves openly, every private half sealed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class StaffKey(Model):
    """The pair of a member of staff; `sealed` is its private half under their stretched password.

    `factor` is the secret of their code generator, sealed likewise; none until they set it up.
    `step` is the time step of the last code that was taken: none is taken twice.
    """

    __tablename__ = "staff_keys"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    public: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    factor: Mapped[bytes | None] = mapped_column(LargeBinary)
    step: Mapped[int] = mapped_column(default=0)
    made_on: Mapped[date]


class SpareCode(Model):
    """A one-time code that stands in for the code generator; `code_hash` is SHA-256 of it."""

    __tablename__ = "spare_codes"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))


class SessionKey(Model):
    """What a signed-in session can open: private keys under a key that only its cookie gives."""

    __tablename__ = "session_keys"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("staff_sessions.id", ondelete="CASCADE"), primary_key=True
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SharedKey(Model):
    """A pair that several people hold: `recovery`, `statistics`, or that of a centre."""

    __tablename__ = "shared_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    public: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_on: Mapped[date]


class KeyShare(Model):
    """The private half of a shared pair, sealed to one holder; `staff_id` is empty for recovery."""

    __tablename__ = "key_shares"
    __table_args__ = (UniqueConstraint("shared_key_id", "staff_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shared_key_id: Mapped[int] = mapped_column(ForeignKey("shared_keys.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
