"""A short link: the code on a poster, and the place where the poster hangs."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model

LONGEST_PLACE = 40
"""Characters: as many as the source of a response may have."""


class Link(Model):
    """A short address for one wave at one place. Nothing is kept of those who follow it.

    A retired link still leads people to the survey, but no longer says where they came from.
    """

    __tablename__ = "links"
    __table_args__ = (UniqueConstraint("wave_id", "place"),)

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    made_on: Mapped[date]
    active: Mapped[bool] = mapped_column(default=True)
