"""Stored series from outside: whose figures they are, the figures, remarks on single periods."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class SeriesKind(StrEnum):
    """What a series tells of."""

    SURVEY = "survey"
    CRIME = "crime"


class Unit(StrEnum):
    """What the values of a series are: 0 to 1, a number of events, or events per 1,000 people."""

    PROPORTION = "proportion"
    COUNT = "count"
    RATE = "rate"


class AreaKind(StrEnum):
    """What sort of area a value is of."""

    BOROUGH = "borough"
    WARD = "ward"
    LONDON = "london"


def _one_of(column: str, kinds: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{kind.value}'" for kind in kinds)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class OutsideSeries(Model):
    """One measure as one source gives it; two sources of the same `code` are both kept.

    `measure` is the name as published, `about` what it measures in words. `borough` is the code
    of the area that is ours, `nearest` the indicator of ours that comes nearest; both may be
    empty. `digest` is the SHA-256 of the file that the values came from.
    """

    __tablename__ = "outside_series"
    __table_args__ = (
        UniqueConstraint("code", "source"),
        _one_of("kind", SeriesKind),
        _one_of("unit", Unit),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(260))
    title: Mapped[str] = mapped_column(String(150))
    source: Mapped[str] = mapped_column(String(200))
    licence: Mapped[str] = mapped_column(String(200))
    survey: Mapped[str] = mapped_column(String(100))
    measure: Mapped[str] = mapped_column(String(150))
    unit: Mapped[str] = mapped_column(String(10))
    about: Mapped[str] = mapped_column(Text)
    borough: Mapped[str] = mapped_column(String(100))
    nearest: Mapped[str] = mapped_column(String(60))
    imported_on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))


class OutsideValue(Model):
    """A published figure of an area for the period that ends on a day."""

    __tablename__ = "outside_values"
    __table_args__ = (_one_of("area_kind", AreaKind),)

    series_id: Mapped[int] = mapped_column(
        ForeignKey("outside_series.id", ondelete="CASCADE"), primary_key=True
    )
    area_kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    area: Mapped[str] = mapped_column(String(100), primary_key=True)
    period_end: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    value: Mapped[float] = mapped_column(Float)


class OutsideRemark(Model):
    """What a reader must know of one period of a series: that a year is not whole, say."""

    __tablename__ = "outside_remarks"

    series_id: Mapped[int] = mapped_column(
        ForeignKey("outside_series.id", ondelete="CASCADE"), primary_key=True
    )
    period_end: Mapped[date] = mapped_column(primary_key=True)
    says: Mapped[str] = mapped_column(String(300))
