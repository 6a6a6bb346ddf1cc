"""The columns that stored figures have in common, wherever they are kept."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class NamedColumns:
    """What a row is about: an indicator of a group; `label` names the group for people."""

    indicator: Mapped[str] = mapped_column(String(60))
    breakdown: Mapped[str] = mapped_column(String(60))
    group: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(150))


class EstimateColumns:
    """How a row was estimated, and the estimate; a hidden one has no numbers, only its flag."""

    estimator: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20))
    estimate: Mapped[float | None]
    standard_error: Mapped[float | None]
    lower: Mapped[float | None]
    upper: Mapped[float | None]
    base: Mapped[int | None]
    effective_base: Mapped[float | None]
    design_effect: Mapped[float | None]
    flag: Mapped[str] = mapped_column(String(20), default="")
