"""Stored figures: one run over a wave, and the rows of its suppressed table."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime
from engage.figures.columns import EstimateColumns, NamedColumns


class FigureRun(Model):
    """One calculation over a wave; the newest is what people see.

    `flow` is JSON: received, removed by rule, flagged by rule, used. `weighting` is JSON: the
    margins used or why not, and the diagnostics of the weights. `past_flows` (by version of the
    rules), `sensitivity`, `representation` and `unanswered` (by indicator) are JSON too, and empty
    in runs that were made before they were kept. Numbers of people in its figures are multiples of
    `counts_rounded_to`.
    """

    __tablename__ = "figure_runs"
    __table_args__ = (Index("ix_figure_runs_wave", "wave_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id", ondelete="CASCADE"))
    definition_id: Mapped[int] = mapped_column(ForeignKey("published_definitions.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    interim: Mapped[bool]
    flow: Mapped[str] = mapped_column(Text)
    weighting: Mapped[str] = mapped_column(Text)
    past_flows: Mapped[str | None] = mapped_column(Text)
    sensitivity: Mapped[str | None] = mapped_column(Text)
    representation: Mapped[str | None] = mapped_column(Text)
    unanswered: Mapped[str | None] = mapped_column(Text)
    counts_rounded_to: Mapped[int] = mapped_column(default=1, server_default="1")


class Figure(NamedColumns, EstimateColumns, Model):
    """A row of the suppressed table; a hidden one has no numbers, only its flag."""

    __tablename__ = "figures"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("figure_runs.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
