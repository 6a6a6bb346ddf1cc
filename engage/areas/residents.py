"""Residents by ward, sex and age, from a CSV file."""

import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, insert

from engage.areas.models import Population
from engage.areas.residents_table import ALL_AGES, BOTH, Band, ResidentsTable
from engage.areas.store import PopulationRow
from engage.areas.wards import Writer
from engage.core.files.csv_rows import Row, csv_rows
from engage.core.files.faults import Faults

OPEN = 999
SEXES = frozenset({"female", "male"})
SUMS = frozenset({"all", "persons", "total", "all ages"})
MOST = 2**31 - 1

COLUMNS = {
    "ward_code": r"ward_code|wd\d\dcd",
    "sex": "sex",
    "age_band": "age_band|age",
    "population": "population|residents",
}


@dataclass(frozen=True, slots=True)
class Residents:
    """The residents in a file of the wards on record, and how many rows were of other wards."""

    rows: list[PopulationRow]
    left_out: int

    @property
    def total(self) -> int:
        """All residents together."""
        return sum(row.residents for row in self.rows)


def read_residents(file: Path, wards: dict[str, str]) -> Residents:
    """The residents in a CSV file with ward_code, sex, age_band (or age) and population.

    An age band is 0-15, 65+ or one year. Rows of wards that are not on record are left out and
    counted, unless borough_name says that they are of this borough. Rows of sex `all` or age
    `all` are not kept, but must be the sums of the others. Raises RefusedFileError.
    """
    faults = Faults(file.name)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv_rows(lines, faults, COLUMNS, {"borough": "borough_name"}))
    here = [row for row in rows if row.values["ward_code"] in wards]
    if not here:
        raise faults.stop(
            "None of its rows is of a ward on record. Import the wards first, or look whether "
            "both files use the same ward codes."
        )
    _fault_strangers(rows, wards, faults)
    table = ResidentsTable(wards, faults)
    for row in here:
        _take(row, table, faults)
    table.check()
    faults.refuse()
    kept = [
        PopulationRow(ward, sex, *band, number)
        for (ward, sex), bands in sorted(table.plain().items())
        for band, number in sorted(bands.items())
    ]
    return Residents(kept, len(rows) - len(here))


def replace_residents(session: Writer, rows: list[PopulationRow]) -> None:
    """Put a population in the place of the one on record; the caller commits."""
    session.execute(delete(Population))
    session.execute(
        insert(Population),
        [
            {
                "ward_code": row.ward_code,
                "sex": row.sex,
                "age_from": row.age_from,
                "age_to": row.age_to,
                "residents": row.residents,
            }
            for row in rows
        ],
    )


def _fault_strangers(rows: list[Row], wards: dict[str, str], faults: Faults) -> None:
    """Note wards that are of this borough by its name, but not on record."""
    ours = {row.values["borough"] for row in rows if row.values["ward_code"] in wards} - {""}
    told = set()
    for line, values in rows:
        ward = values["ward_code"]
        if values["borough"] in ours and ward not in wards and ward not in told:
            told.add(ward)
            faults.add(
                f"Line {line}: there is no ward {ward[:20]!r} of {values['borough']} on record."
            )


def _take(row: Row, table: ResidentsTable, faults: Faults) -> None:
    """Put a row into the table, or note why it has no place there."""
    where, values = f"Line {row.line}", row.values
    sex, age, number = values["sex"].lower(), values["age_band"], values["population"]
    band = ALL_AGES if age.lower() in SUMS else _band(age)
    if sex in SUMS:
        sex = BOTH
    elif sex not in SEXES:
        faults.add(f"{where}: the sex {values['sex'][:20]!r} is neither female nor male.")
        return
    if band is None:
        faults.add(f"{where}: the age band {age[:20]!r} is not like 16-24, 65+ or 30.")
    elif not re.fullmatch(r"[0-9]{1,10}", number) or int(number) > MOST:
        faults.add(f"{where}: the population {number[:20]!r} is no whole number from 0 up.")
    else:
        table.put(where, values["ward_code"], sex, band, int(number))


def _band(age: str) -> Band | None:
    """The ages of a band such as 0-15, 65+ or 30; None where it is no band."""
    found = re.fullmatch(r"([0-9]{1,3})(?:\s*[-–]\s*([0-9]{1,3})|(\+))?", age)
    if not found:
        return None
    first, last, unending = found.groups()
    youngest, oldest = int(first), OPEN if unending else int(last or first)
    return (youngest, oldest) if youngest <= oldest and youngest < OPEN else None
