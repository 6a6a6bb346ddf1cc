"""Files that leave, and what the responses in full were asked for."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class FullRequest(Model):
    """What somebody needs the responses in full for, and until when: the only place that says it.

    Jobs, files and the audit log name it by number. `asked_at` is when it was asked last.
    """

    __tablename__ = "full_requests"
    # What somebody agreed to is known by its number alone: no other request gets it.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  as SQLAlchemy declares it

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))
    asked_by: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    purpose: Mapped[str] = mapped_column(String(500))
    delete_on: Mapped[date]


class MadeFile(Model):
    """A file that the worker made. `run_id` is the run of a file of figures, while it is kept.

    `request_id` is set for the full responses; every file has a day on which it is deleted. Its
    `size` is in bytes. It is written part by part, and `ready` once the last is there.
    """

    __tablename__ = "made_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("figure_runs.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    ready: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delete_on: Mapped[date]
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("full_requests.id", ondelete="CASCADE")
    )


class FilePart(Model):
    """Some bytes of a made file, in their order: neither writer nor reader holds a whole file."""

    __tablename__ = "file_parts"

    file_id: Mapped[int] = mapped_column(
        ForeignKey("made_files.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
