"""Postcodes and the wards they lie in, from the ONS Postcode Directory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from sqlalchemy import delete, insert

from engage.areas.models import Postcode
from engage.areas.wards import Writer
from engage.core.files.csv_rows import csv_rows
from engage.core.files.faults import Faults

SHAPE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
BATCH = 5000

# The names of the columns changed over the years; their patterns did not.
COLUMNS = {"postcode": "pcds", "end date": "doterm", "ward": r"osward|wd\d\dcd"}


@dataclass(slots=True)
class Postcodes:
    """The live postcodes of the wards on record, and what was left out."""

    wards: dict[str, str] = field(default_factory=dict)
    elsewhere: int = 0
    terminated: int = 0


def plain_postcode(text: str) -> str:
    """A postcode as it is stored: capitals, no space; empty where the text is no postcode."""
    plain = "".join(text.split()).upper()
    return plain if SHAPE.fullmatch(plain) else ""


def read_postcodes(file: Path, wards: dict[str, str]) -> Postcodes:
    """The live postcodes of the wards on record, from a CSV file or a zip of them.

    In a zip the files in `multi_csv` are read, one a postcode area. Only what is kept is held
    in memory. Raises RefusedFileError with everything wrong.
    """
    faults = Faults(file.name)
    found = Postcodes()
    try:
        if is_zipfile(file):
            _read_zip(file, wards, found, faults)
        else:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                _read(lines, wards, found, faults)
    except BadZipFile as error:
        raise faults.stop(f"It is a damaged zip: {error}.") from error
    if not found.wards:
        faults.add(
            f"None of its live postcodes lies in a ward on record ({found.elsewhere:,} lie "
            "elsewhere). Look whether both files use the same ward codes."
        )
    faults.refuse()
    return found


def replace_postcodes(session: Writer, found: Postcodes) -> None:
    """Put postcodes in the place of those on record; the caller commits."""
    session.execute(delete(Postcode))
    rows = [{"code": code, "ward_code": ward} for code, ward in found.wards.items()]
    for start in range(0, len(rows), BATCH):
        session.execute(insert(Postcode), rows[start : start + BATCH])


def _read(lines: Iterable[str], wards: dict[str, str], found: Postcodes, faults: Faults) -> None:
    for line, row in csv_rows(lines, faults, COLUMNS):
        if row["ward"] not in wards:
            found.elsewhere += 1
        elif row["end date"]:
            found.terminated += 1
        elif not (code := plain_postcode(row["postcode"])):
            faults.add(f"Line {line}: {row['postcode'][:20]!r} is not a postcode.")
        elif found.wards.setdefault(code, row["ward"]) != row["ward"]:
            faults.add(f"Line {line}: the postcode {row['postcode'][:20]} is in two wards.")


def _read_zip(file: Path, wards: dict[str, str], found: Postcodes, faults: Faults) -> None:
    with ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        split = [name for name in names if "multi_csv" in name.lower()]
        if not split and len(names) != 1:
            raise faults.stop("It is a zip with neither a folder multi_csv nor just one CSV file.")
        for name in split or names:
            with (
                archive.open(name) as raw,
                TextIOWrapper(raw, encoding="utf-8-sig", newline="") as lines,
            ):
                _read(lines, wards, found, faults)
