"""An invitation: a one-time code of a wave, and nothing of whoever holds it."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class Invitation(Model):
    """A code that has not been used yet, by its mark; using it deletes the row.

    There is no number, name or case: nothing says to whom a code was given. It is good while its
    wave takes answers.
    """

    __tablename__ = "invitations"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))


class InvitationsMade(Model):
    """How many codes of a wave were ever made: with those left, how many were used."""

    __tablename__ = "invitations_made"

    wave_id: Mapped[int] = mapped_column(
        ForeignKey("waves.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(default=0)
