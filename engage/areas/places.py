"""A gazetteer: neighbourhoods and landmarks that people know better than their ward."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, insert

from engage.areas.models import Place
from engage.areas.text import fold
from engage.areas.wards import Writer
from engage.core.files.csv_rows import csv_rows
from engage.core.files.faults import Faults
from engage.core.files.text import storable

LONGEST = 150


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place and the ward it lies in; one name may stand for places in several wards."""

    name: str
    kind: str
    ward_code: str


def read_places(file: Path, wards: dict[str, str]) -> list[NamedPlace]:
    """The places in a CSV file with name, kind, and ward_code or ward_name.

    `wards` are the wards on record. Raises RefusedFileError with everything wrong.
    """
    faults = Faults(file.name)
    ways = {"ward_code": r"ward_code|wd\d\dcd", "ward_name": r"ward_name|wd\d\dnm"}
    found: dict[NamedPlace, int] = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for line, row in csv_rows(lines, faults, {"name": "name", "kind": "kind"}, ways):
            where = f"Line {line}"
            fits = storable(row["name"], longest=LONGEST, what="name", where=where, faults=faults)
            fits &= storable(row["kind"], longest=40, what="kind", where=where, faults=faults)
            ward = _ward(row["ward_code"], row["ward_name"], where, wards, faults)
            if not fits or ward is None:
                continue
            if not fold(row["name"]):
                faults.add(f"{where}: the name {row['name'][:20]!r} has no letter or digit.")
            place = NamedPlace(row["name"], row["kind"], ward)
            if place in found:
                faults.add(f"{where} is the same as line {found[place]}.")
            found.setdefault(place, line)
    if not found:
        faults.add("It has no places that can be used.")
    faults.refuse()
    return list(found)


def replace_places(session: Writer, places: list[NamedPlace]) -> None:
    """Put places in the place of those on record; the caller commits."""
    session.execute(delete(Place))
    session.execute(
        insert(Place),
        [
            {
                "name": place.name,
                "kind": place.kind,
                "search": fold(place.name)[:LONGEST],
                "ward_code": place.ward_code,
            }
            for place in places
        ],
    )


def _ward(code: str, name: str, where: str, wards: dict[str, str], faults: Faults) -> str | None:
    """The code of the ward of a row; notes a ward that is unknown or could be two."""
    if code:
        if code in wards:
            return code
        faults.add(f"{where}: there is no ward {code[:20]!r} on record.")
        return None
    named = Counter(fold(each) for each in wards.values())[fold(name)] if fold(name) else 0
    if named == 1:
        return next(each for each, ward in wards.items() if fold(ward) == fold(name))
    if not name:
        faults.add(f"{where} has neither ward_code nor ward_name.")
    elif named:
        faults.add(f"{where}: {named} wards are called {name[:60]!r}. Give the ward_code.")
    else:
        faults.add(f"{where}: there is no ward called {name[:60]!r} on record.")
    return None
