"""A row of recorded crime by ward: what each of its cells must be."""

import re
from typing import NamedTuple

from engage.areas.text import fold
from engage.core.files.csv_rows import Row
from engage.core.files.faults import Faults
from engage.core.files.text import storable
from engage.outside.ward_match import FileWard

COLUMNS = {
    "borough_name": "borough_name|borough",
    "year": "year",
    "offence": "offence|offence_group",
    "offences": "offences",
}
OPTIONAL = {"ward_code": r"ward_code|wd\d\dcd", "ward_name": r"ward_name|wd\d\dnm"}
MOST = 2**31 - 1
SUMS = {"all", "total", "totals", "overall"}
"""First words of what is no kind of offence, such as Total Notifiable Offences."""


class CrimeRow(NamedTuple):
    """A row that can be read: so many offences of a kind in a ward in a year."""

    line: int
    ward: FileWard
    year: int
    offence: str
    offences: int


def crime_row(row: Row, faults: Faults) -> CrimeRow | None:
    """A row as it stands in the file; notes everything that is wrong with it."""
    where, values = f"Line {row.line}", row.values
    code, name = values["ward_code"], values["ward_name"]
    fits = storable(code or name, longest=100, what="ward_code", where=where, faults=faults)
    if name:
        fits &= storable(name, longest=100, what="ward_name", where=where, faults=faults)
    offence = values["offence"]
    fits &= storable(offence, longest=120, what="offence", where=where, faults=faults)
    words = fold(offence).split()
    if fits and (not words or words[0] in SUMS):
        faults.add(f"{where}: {offence!r} is no kind of offence. Leave out rows that are sums.")
    year, count = values["year"], values["offences"]
    if not re.fullmatch(r"(19|20)\d\d", year, re.ASCII):
        faults.add(f"{where}: the year {year[:20]!r} is no calendar year such as 2021.")
        fits = False
    if not re.fullmatch(r"[0-9]{1,10}", count) or int(count) > MOST:
        faults.add(f"{where}: the offences {count[:20]!r} are no whole number from 0 up.")
        fits = False
    return (
        CrimeRow(row.line, FileWard(code, name), int(year), offence, int(count)) if fits else None
    )
