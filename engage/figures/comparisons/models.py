"""Stored comparisons of a run: its changes since the wave before, its verdicts on targets.

Both are made of the stored, suppressed tables alone, which have all their digits. A change is one
figure less another that is stored too, so it tells nothing that the two tables do not. It goes as
soon as one of them does.
"""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model
from engage.figures.columns import NamedColumns


class FigureChange(NamedColumns, Model):
    """One figure less that of the run before, or the `reason` why there is no such number.

    `before_run_id` is the run that it was compared with, the newest over the wave before.
    """

    __tablename__ = "figure_changes"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("figure_runs.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    before_run_id: Mapped[int] = mapped_column(
        ForeignKey("figure_runs.id", ondelete="CASCADE"), index=True
    )
    value: Mapped[float | None]
    standard_error: Mapped[float | None]
    lower: Mapped[float | None]
    upper: Mapped[float | None]
    p: Mapped[float | None]
    p_adjusted: Mapped[float | None]
    tests: Mapped[int]
    detectable: Mapped[float | None]
    reason: Mapped[str] = mapped_column(String(20), default="")
    break_kind: Mapped[str] = mapped_column(String(20), default="")
    says: Mapped[str] = mapped_column(Text, default="")


class FigureVerdict(NamedColumns, Model):
    """One figure held to a target, or the `reason` why it cannot be.

    `distance` is the figure less the target, from `lower` to `upper`. `ahead` tells that the target
    is for a year that had not begun when the wave opened.
    """

    __tablename__ = "figure_verdicts"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("figure_runs.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    operator: Mapped[str] = mapped_column(String(2))
    target: Mapped[float]
    year: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(Text)
    ahead: Mapped[bool]
    verdict: Mapped[str] = mapped_column(String(40), default="")
    distance: Mapped[float | None]
    lower: Mapped[float | None]
    upper: Mapped[float | None]
    detectable: Mapped[float | None]
    reason: Mapped[str] = mapped_column(String(20), default="")
    says: Mapped[str] = mapped_column(Text, default="")
