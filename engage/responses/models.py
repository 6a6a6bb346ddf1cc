"""A response: coded answers without a name, an address or a time of day."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class Mode(StrEnum):
    """How the answers were taken."""

    WEB = "web"
    KIOSK = "kiosk"
    PAPER = "paper"
    PHONE = "phone"


class Response(Model):
    """One sent questionnaire.

    `id` is a random UUID in hexadecimal, and the table has no row numbers on SQLite, so that
    neither tells when it came. `submission` is a one-way mark of the draft or paper form it came
    from, for finding the same submission twice. `duration` is in seconds. `codes` are the
    `answers` packed as `engage.core.definition.codebook.pack` does. `flags` are the signs that
    it may not be a person's (`engage.core.cleaning.signs`), with commas between.
    """

    __tablename__ = "responses"
    __table_args__ = (
        Index("ix_responses_wave", "wave_id", "id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    definition_id: Mapped[int] = mapped_column(ForeignKey("published_definitions.id"))
    submission: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(12), default="en")
    mode: Mapped[str] = mapped_column(String(8), default=Mode.WEB)
    source: Mapped[str | None] = mapped_column(String(40))
    ward: Mapped[str | None] = mapped_column(String(20))
    day: Mapped[date]
    duration: Mapped[int | None]
    flags: Mapped[str] = mapped_column(String(80), default="", server_default="")
    # Behind the rest: reading the short columns of a long table need not pass over the long one.
    codes: Mapped[bytes] = mapped_column(LargeBinary)
    answers: Mapped[str] = mapped_column(Text)
