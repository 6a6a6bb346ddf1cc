"""A series as a file gives it, before it is put on record."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from engage.outside.models import AreaKind, SeriesKind, Unit


class Spot(NamedTuple):
    """What a figure is of: an area, and the period that ends on a day."""

    area_kind: AreaKind
    area: str
    period_end: date


class Figure(NamedTuple):
    """The name of the area, and the figure."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class GivenSeries:
    """One measure from one source: what is kept of it, named as in `OutsideSeries`."""

    kind: SeriesKind
    code: str
    title: str
    source: str
    licence: str
    survey: str
    measure: str
    unit: Unit
    about: str
    borough: str
    nearest: str
    values: Mapping[Spot, Figure]
    remarks: Mapping[date, str] = field(default_factory=dict)


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
