"""Residents by broad age band, rounded: the population on record, as it was imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from engage.areas.store import PopulationRow, population_rows

EDGES = (0, 16, 25, 45, 65)
"""The youngest of each broad band; an edge that the bands on record cross is left out."""
BEYOND = 1_000
NEAREST = 10


@dataclass(frozen=True, slots=True)
class Band:
    """How many residents of these ages there are, to the nearest ten."""

    label: str
    number: int
    all_ages: bool = False


def residents(session: Session, ward: str = "") -> list[Band]:
    """All residents, then those of each broad band; of one ward, or of the borough without."""
    rows = [each for each in population_rows(session) if ward in {"", each.ward_code}]
    if not rows:
        return []
    bands = [_band(rows, low, below) for low, below in pairwise((*_edges(rows), BEYOND))]
    everybody = Band(_("All ages"), _rounded(sum(each.residents for each in rows)), all_ages=True)
    return [everybody, *bands] if len(bands) > 1 else [everybody]


def _edges(rows: Sequence[PopulationRow]) -> list[int]:
    return [low for low in EDGES if not any(row.age_from < low <= row.age_to for row in rows)]


def _band(rows: Sequence[PopulationRow], low: int, below: int) -> Band:
    number = sum(each.residents for each in rows if low <= each.age_from < below)
    label = (
        _("%(low)s and over", low=low)
        if below == BEYOND
        else _("%(low)s to %(high)s", low=low, high=below - 1)
    )
    return Band(label, _rounded(number))


def _rounded(number: int) -> int:
    """To the nearest ten, halves up."""
    return (number + NEAREST // 2) // NEAREST * NEAREST
