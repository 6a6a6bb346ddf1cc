"""Places that people name: found by search, kept by a code that survives a new gazetteer.

The rows of the gazetteer are replaced as a whole, so their numbers mean nothing. A code is the
ward of the place, a colon and its folded name: two entries of one name in one ward are one place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from engage.areas.models import Place, Ward
from engage.areas.search import find
from engage.areas.store import Source
from engage.areas.text import fold

BETWEEN = ":"
MOST = 10
SEARCHED = 30
"""So many matches are looked through, since wards are found by the same words and left out."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place of the borough, and the name of the ward that it lies in."""

    code: str
    name: str
    ward: str

    @property
    def label(self) -> str:
        """The place as it is told from others of its name."""
        return f"{self.name}, {self.ward}" if self.ward else self.name


def code_of(ward_code: str, name: str) -> str:
    """The code of a place: only its ward and its name, never where in the ward it is."""
    return f"{ward_code}{BETWEEN}{fold(name).replace(' ', '_')}"


def find_named(source: Source, words: str) -> list[Named]:
    """At most ten places whose names hold the words, best first; no wards, and no postcodes."""
    found: dict[str, Named] = {}
    for match in find(source, words, SEARCHED):
        if match.kind not in {"ward", "postcode"}:
            code = code_of(match.ward_code, match.name)
            found.setdefault(code, Named(code, match.name, match.ward_name))
    return list(found.values())[:MOST]


def named(source: Source, codes: Iterable[str]) -> dict[str, Named]:
    """The places of these codes that are on record, by code."""
    wanted = [code.partition(BETWEEN) for code in codes if BETWEEN in code]
    if not wanted:
        return {}
    query = (
        select(Place.name, Place.ward_code, Ward.name)
        .join(Ward, Ward.code == Place.ward_code)
        .where(
            or_(
                *(
                    and_(Place.ward_code == ward, Place.search == slug.replace("_", " "))
                    for ward, _colon, slug in wanted
                )
            )
        )
        .order_by(Place.id)
    )
    found: dict[str, Named] = {}
    for name, ward_code, ward in source.execute(query):
        code = code_of(ward_code, name)
        found.setdefault(code, Named(code, name, ward))
    return found


def no_longer(code: str) -> Named:
    """A place that is not on record any more, called after its code."""
    return Named(code, code.partition(BETWEEN)[2].replace("_", " ").title(), "")
