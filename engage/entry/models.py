"""Batches of forms that were not filled in online, and the forms in them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model
from engage.links.models import LONGEST_PLACE

LONGEST_LABEL = 60


class EntryBatch(Model):
    """A pile of forms that one member of staff types in. `operator` is their number.

    Open until `closed_on` is set, which the closing of its wave does at the latest.
    """

    __tablename__ = "entry_batches"
    __table_args__ = (
        CheckConstraint("mode in ('paper', 'phone', 'kiosk')", name="mode"),
        Index("ix_entry_batches_wave", "wave_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    mode: Mapped[str] = mapped_column(String(8))
    source: Mapped[str | None] = mapped_column(String(LONGEST_PLACE))
    language: Mapped[str] = mapped_column(String(12))
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    operator: Mapped[int]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class EnteredForm(Model):
    """A form that was typed in. `id` is a UUID made where it was typed: it is counted once.

    `number` is what stands on the paper. A form that was `removed` stays known, so that it does not
    come back when it is sent again.
    """

    __tablename__ = "entered_forms"
    __table_args__ = (UniqueConstraint("batch_id", "number"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("entry_batches.id", ondelete="CASCADE"))
    number: Mapped[int]
    removed: Mapped[bool] = mapped_column(default=False)


class FormAnswers(Model):
    """The way from a form to its answers while its batch is open; it is in no backup."""

    __tablename__ = "form_answers"

    form_id: Mapped[str] = mapped_column(
        String(32), ForeignKey("entered_forms.id", ondelete="CASCADE"), primary_key=True
    )
    response_id: Mapped[str] = mapped_column(String(32))
