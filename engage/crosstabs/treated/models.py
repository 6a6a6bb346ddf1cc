"""Comparisons of wards where something was done with wards where it was not."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class TreatedComparison(Model):
    """Two sets of wards over two waves; `result` is what the worker made of it, once it did.

    `treated` and `control` are JSON lists of ward codes in order. `result` has the suppressed
    figures, or why there are none; nothing else leaves the worker.
    """

    __tablename__ = "treated_comparisons"

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(60), index=True)
    before_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    after_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    treated: Mapped[str] = mapped_column(Text)
    control: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(Text)
