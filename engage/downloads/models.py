"""Files that leave."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class MadeFile(Model):
    """A file that the worker made. `run_id` is the run of a file of figures, while it is kept.

    `purpose` and `asked_by` are set for the full responses, which need both; every file has a
    day on which it is deleted.
    """

    __tablename__ = "made_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("figure_runs.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delete_on: Mapped[date]
    purpose: Mapped[str] = mapped_column(String(500), default="")
    asked_by: Mapped[int | None]
