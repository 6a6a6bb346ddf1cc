"""Replacing the wards on record, and the groups that they form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, scoped_session

from engage.areas.boundaries import WardShape
from engage.areas.models import AreaGroup, Place, Population, Postcode, Ward
from engage.areas.outlines import draw
from engage.areas.store import ward_names
from engage.areas.text import fold
from engage.core.files.csv_rows import csv_rows
from engage.core.files.faults import Faults
from engage.core.files.text import storable

Writer = Session | scoped_session[Any]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Area groups: the name of each by its code, and the group of each ward."""

    names: dict[str, str]
    of_ward: dict[str, str]


def replace_wards(session: Writer, shapes: Sequence[WardShape]) -> list[str]:
    """Put the wards of a file in the place of those on record; the caller commits.

    Wards that stay keep their group, residents, places and postcodes; those that leave take them
    along. Returns the names of those that left.
    """
    before = ward_names(session)
    leaving = sorted(set(before) - {shape.code for shape in shapes})
    for table in (Population, Place, Postcode):
        session.execute(delete(table).where(table.ward_code.in_(leaving)))
    session.execute(delete(Ward).where(Ward.code.in_(leaving)))
    for shape in shapes:
        session.merge(Ward(code=shape.code, name=shape.name, boundary=shape.boundary))
    session.flush()
    draw(session)
    return [before[code] for code in leaving]


def replace_groups(session: Writer, grouping: Grouping) -> None:
    """Put area groups in the place of those on record; the caller commits."""
    session.execute(update(Ward).values(group_code=None))
    session.execute(delete(AreaGroup))
    session.add_all(AreaGroup(code=code, name=name) for code, name in grouping.names.items())
    session.flush()
    for ward, group in grouping.of_ward.items():
        session.execute(update(Ward).where(Ward.code == ward).values(group_code=group))


def drop_empty_groups(session: Writer) -> None:
    """Forget area groups that no ward is left in; the caller commits."""
    used = select(Ward.group_code).where(Ward.group_code.is_not(None))
    session.execute(delete(AreaGroup).where(AreaGroup.code.not_in(used)))


def named_groups(shapes: Iterable[WardShape], faults: Faults) -> Grouping:
    """The grouping that the wards' own property gives, with codes made from the names."""
    names: dict[str, str] = {}
    of_ward = {}
    for shape in shapes:
        name = shape.group or ""
        code = re.sub(" ", "_", fold(name))[:60]
        if names.setdefault(code, name) != name:
            faults.add(f"The groups {names[code]!r} and {name!r} cannot be told apart.")
        of_ward[shape.code] = code
    faults.refuse()
    return Grouping(names, of_ward)


def read_groups(file: Path, wards: dict[str, str]) -> Grouping:
    """The grouping in a CSV file with ward_code, group_code and group_name.

    `wards` are the wards on record. Raises RefusedFileError with everything wrong.
    """
    faults = Faults(file.name)
    needed = {name: name for name in ("ward_code", "group_code", "group_name")}
    names: dict[str, str] = {}
    of_ward: dict[str, str] = {}
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for line, row in csv_rows(lines, faults, needed):
            ward, code, name = row["ward_code"], row["group_code"], row["group_name"]
            where = f"Line {line}"
            storable(code, longest=60, what="group_code", where=where, faults=faults)
            storable(name, longest=100, what="group_name", where=where, faults=faults)
            if ward not in wards:
                faults.add(f"{where}: there is no ward {ward[:20]!r} on record.")
            elif ward in of_ward:
                faults.add(f"{where}: the ward {ward} ({wards[ward]}) is in a group already.")
            if names.setdefault(code, name) != name:
                faults.add(f"{where}: the group {code[:60]} is called {names[code]!r} above.")
            of_ward[ward] = code
    if not of_ward:
        faults.add("It has no rows.")
    faults.refuse()
    return Grouping(names, of_ward)
