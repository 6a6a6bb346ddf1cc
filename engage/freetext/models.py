"""What analysts make of what people wrote: a codeframe, codings, redacted copies, quotes."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class CodeState(StrEnum):
    """A code is used for new texts, kept for old ones only, or part of another by now."""

    USED = "used"
    RETIRED = "retired"
    MERGED = "merged"


class Turn(StrEnum):
    """Who coded a text first, and who did it again so that the two can be compared."""

    FIRST = "first"
    SECOND = "second"


class QuoteState(StrEnum):
    """A quote waits for a second person, is released, was refused, or was taken back."""

    ASKED = "asked"
    RELEASED = "released"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


class Codeframe(Model):
    """The codes of one question over all its waves; each change makes its next version."""

    __tablename__ = "codeframes"
    __table_args__ = (UniqueConstraint("questionnaire", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(String(140))
    version: Mapped[int] = mapped_column(default=0)


class FrameVersion(Model):
    """A codeframe as it stood from a day on: its codes as JSON, and who changed it."""

    __tablename__ = "codeframe_versions"
    __table_args__ = (UniqueConstraint("frame_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("codeframes.id"))
    version: Mapped[int]
    codes: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[int]
    made_on: Mapped[date]


class Code(Model):
    """One theme: its label, and in a sentence what belongs there."""

    __tablename__ = "codes"
    __table_args__ = (
        CheckConstraint("state in ('used', 'retired', 'merged')", name="state"),
        UniqueConstraint("frame_id", "label"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    frame_id: Mapped[int] = mapped_column(ForeignKey("codeframes.id"))
    label: Mapped[str] = mapped_column(String(80))
    belongs: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(8), default=CodeState.USED)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("codes.id"))


class Coding(Model):
    """One person's coding of one text; without a code nothing in the frame fits it.

    It goes with the text, which goes with the response. `version` counts its changes.
    """

    __tablename__ = "codings"
    __table_args__ = (
        CheckConstraint("turn in ('first', 'second')", name="turn"),
        UniqueConstraint("text_id", "turn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("screened_texts.id", ondelete="CASCADE")
    )
    turn: Mapped[str] = mapped_column(String(6))
    staff_id: Mapped[int]
    frame_version: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)


class CodingCode(Model):
    """A code that one coding gives a text."""

    __tablename__ = "coding_codes"
    __table_args__ = (Index("ix_coding_codes_code", "code_id"),)

    coding_id: Mapped[int] = mapped_column(
        ForeignKey("codings.id", ondelete="CASCADE"), primary_key=True
    )
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"), primary_key=True)


class Redaction(Model):
    """A text that somebody read for what could tell who wrote it, without that.

    `words` is the copy that may go on; `spans` are the places that were taken out of the
    original, as JSON pairs of first and last-but-one character. No spans: nothing had to go.
    """

    __tablename__ = "redacted_texts"

    text_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("screened_texts.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(Text)
    spans: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    staff_id: Mapped[int]


class Quote(Model):
    """Some words of a redacted text, to be shown to everybody once two people agree.

    Until then it is two places in the redacted copy (`begins` and `ends`) of that version, and
    holds no word of its own: it goes with the text. Released, it holds its `words`, and stays
    when the response is deleted; taken back, it loses them.
    """

    __tablename__ = "quotes"
    __table_args__ = (
        CheckConstraint("state in ('asked', 'released', 'refused', 'taken_back')", name="state"),
        Index("ix_quotes_wave", "wave_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[str | None] = mapped_column(
        String(32), ForeignKey("screened_texts.id", ondelete="SET NULL"), index=True
    )
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    question: Mapped[str] = mapped_column(String(140))
    begins: Mapped[int]
    ends: Mapped[int]
    redaction: Mapped[int]
    about: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default=QuoteState.ASKED)
    asked_by: Mapped[int]
    released_on: Mapped[date | None]


class ThemeTable(Model):
    """The suppressed table of themes of one question of a wave, as the worker made it last."""

    __tablename__ = "theme_tables"
    __table_args__ = (UniqueConstraint("wave_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    question: Mapped[str] = mapped_column(String(140))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[str] = mapped_column(Text)
