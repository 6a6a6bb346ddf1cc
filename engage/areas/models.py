"""The borough on record: wards, the groups they form, places in them, postcodes, residents."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model


class AreaGroup(Model):
    """A grouping of wards large enough to report on."""

    __tablename__ = "area_groups"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))


class Ward(Model):
    """A ward, by its official code; `boundary` is a GeoJSON geometry.

    `outline` is the same as a small SVG path, `label_x` and `label_y` a place inside it: see
    engage.areas.outlines.
    """

    __tablename__ = "wards"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    group_code: Mapped[str | None] = mapped_column(ForeignKey("area_groups.code"))
    boundary: Mapped[str | None] = mapped_column(Text)
    outline: Mapped[str | None] = mapped_column(Text)
    label_x: Mapped[int | None]
    label_y: Mapped[int | None]


class Place(Model):
    """A neighbourhood or landmark that people know better than their ward."""

    __tablename__ = "places"
    __table_args__ = (Index("ix_places_search", "search"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(150))
    kind: Mapped[str] = mapped_column(String(40))
    search: Mapped[str] = mapped_column(String(150))
    ward_code: Mapped[str] = mapped_column(ForeignKey("wards.code"))


class Postcode(Model):
    """A live postcode without its space, and the ward it lies in."""

    __tablename__ = "postcodes"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    ward_code: Mapped[str] = mapped_column(ForeignKey("wards.code"))


class Population(Model):
    """Residents of a ward by sex and age in whole years, both ends included; 999 is open."""

    __tablename__ = "population"

    ward_code: Mapped[str] = mapped_column(ForeignKey("wards.code"), primary_key=True)
    sex: Mapped[str] = mapped_column(String(10), primary_key=True)
    age_from: Mapped[int] = mapped_column(primary_key=True)
    age_to: Mapped[int]
    residents: Mapped[int]
