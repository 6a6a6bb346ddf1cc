"""A draft: pages that only the respondent's own cookie, or code of words, can open."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class Draft(Model):
    """One walk through a questionnaire. `token_hash` is SHA-256 of the token in the cookie.

    Once sent, its pages are gone and `sent` stays until the draft expires, so that the same
    form sent again is recognised.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_expires_at", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent: Mapped[bool] = mapped_column(default=False)


class DraftPage(Model):
    """The sealed answers of one page; `version` counts how often it was saved."""

    __tablename__ = "draft_pages"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
    )
    section: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ResumeCode(Model):
    """What a code of words finds and opens: the draft's token, sealed under a key from the code.

    Both `mark` and that key come of stretching the code, which is kept nowhere.
    """

    __tablename__ = "resume_codes"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class LeftDrafts(Model):
    """How many drafts of a wave ended unsent, by the day and the last page that was saved.

    A sum that is added to when drafts are deleted because their time is over: it stands beside no
    draft and no response. `section` is empty for those who saved no page. Whoever deletes what they
    answered is not counted. Where the survey keeps no days, `day` is the wave's first.
    """

    __tablename__ = "left_drafts"

    wave_id: Mapped[int] = mapped_column(
        ForeignKey("waves.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(String(60), primary_key=True)
    drafts: Mapped[int]
