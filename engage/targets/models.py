"""Stored targets."""

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class IndicatorTarget(Model):
    """A target of one group for one year, such as 2026 or 2025/26.

    `value` is in the unit of the figure: from 0 to 1 for a percentage, points for a score.
    `set_on` is the day on which it came to be on record as it stands.
    """

    __tablename__ = "targets"
    __table_args__ = (
        UniqueConstraint("questionnaire", "indicator", "breakdown", "group", "year"),
        CheckConstraint("operator in ('>=', '<=', '=')", name="operator"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(60))
    indicator: Mapped[str] = mapped_column(String(60))
    breakdown: Mapped[str] = mapped_column(String(60), default="overall")
    group: Mapped[str] = mapped_column(String(60), default="all")
    operator: Mapped[str] = mapped_column(String(2))
    value: Mapped[float]
    year: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(200))
    set_on: Mapped[date]
