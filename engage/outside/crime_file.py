"""Recorded crime by ward, as the file comes: one row a ward, year and kind of offence."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engage.areas.text import fold
from engage.core.files.csv_rows import Row, csv_rows
from engage.core.files.faults import Faults
from engage.outside.crime_row import COLUMNS, OPTIONAL, CrimeRow, crime_row
from engage.outside.given import Figure, GivenSeries, Spot
from engage.outside.known import LICENCE, RECORDED_CRIME
from engage.outside.models import AreaKind, SeriesKind, Unit
from engage.outside.names import Respelt, Spellings, borough_key, code_of, own_borough
from engage.outside.ward_match import FileWard, Matched, match_wards

ABOUT = (
    "Offences that the police recorded, by the ward in which they happened. Much of what happens "
    "to people is never reported, and so is not in it."
)
Spots = dict[tuple[str, int, str], CrimeRow]
"""The row of a ward on record, a year and a kind of offence."""


@dataclass(frozen=True, slots=True)
class CrimeWishes:
    """What whoever imports a file says of it; `borough` and `council` as for a survey.

    `remarks` are what a reader must know of a year.
    """

    borough: str = ""
    council: str = ""
    source: str = RECORDED_CRIME
    licence: str = LICENCE
    remarks: Mapping[int, str] | None = None


@dataclass(frozen=True, slots=True)
class CrimeFile:
    """What a file holds of our borough, and what was left out.

    `totals` are the offences of each year in all wards, `elsewhere` the rows of other boroughs.
    `absent` is how often a ward has no row for a kind of offence that others have in that year.
    `unseen` are wards on record of which the file has nothing.
    """

    series: list[GivenSeries]
    rows: int
    borough: str
    elsewhere: int
    matched: Matched
    unseen: list[str]
    totals: dict[int, int]
    absent: int
    respelt: list[Respelt]


def read_crime(file: Path, wards: Mapping[str, str], wishes: CrimeWishes) -> CrimeFile:
    """The recorded crime of our borough in a CSV file, by the wards on record.

    Its columns are borough_name, ward_code, ward_name, year, offence and offences. Raises
    RefusedFileError with everything wrong.
    """
    faults = Faults(file.name)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        raw = list(csv_rows(lines, faults, COLUMNS, OPTIONAL))
    boroughs = Spellings()
    for row in raw:
        boroughs.note(borough_key(row.values["borough_name"]), row.values["borough_name"])
    ours = _ours(boroughs.names(), wishes, faults)
    own = [row for row in raw if borough_key(row.values["borough_name"]) == ours]
    _fault_elsewhere(raw, ours, wards, faults)
    rows = [read for row in own if (read := crime_row(row, faults))]
    matched = match_wards(Counter(row.ward for row in rows), wards)
    if not matched.codes:
        faults.add(
            "None of its rows can be kept, or none is of a ward on record. Look whether both use "
            "the same wards."
        )
    offences = Spellings()
    spots = _spots([row for row in rows if row.ward in matched.codes], matched, offences, faults)
    years = {year for _ward, year, _offence in spots}
    for year in sorted(set(wishes.remarks or {}) - years):
        faults.add(f"It has no rows of {year}, for which there is a remark.")
    faults.refuse()
    names, known = offences.names(), {code: wards[code] for code, _year, _offence in spots}
    return CrimeFile(
        series=[
            _given(key, name, spots, wards=known, ours=ours, wishes=wishes)
            for key, name in names.items()
        ],
        rows=len(own),
        borough=boroughs.names()[ours],
        elsewhere=len(raw) - len(own),
        matched=matched,
        unseen=[name for code, name in wards.items() if code not in known],
        totals=_totals(spots),
        absent=_absent(spots),
        respelt=[*boroughs.respelt(), *offences.respelt()],
    )


def _ours(boroughs: Mapping[str, str], wishes: CrimeWishes, faults: Faults) -> str:
    """The key of our borough; without it there is nothing to look at."""
    ours = own_borough(boroughs, wishes.borough, wishes.council)
    if not boroughs:
        raise faults.stop("It has no rows.")
    if ours is None:
        listed = ", ".join(sorted(boroughs.values()))
        wanted = wishes.borough or wishes.council
        told = f"It has no borough {wanted[:60]!r}." if wanted else "No borough is named as yours."
        raise faults.stop(f"{told} Name one of these with --borough: {listed[:1000]}.")
    return ours


def _fault_elsewhere(rows: list[Row], ours: str, wards: Mapping[str, str], faults: Faults) -> None:
    """Note wards on record that the file puts into another borough, each once."""
    told = set()
    for line, values in rows:
        code, borough = values["ward_code"], values["borough_name"]
        if code in wards and code not in told and borough_key(borough) != ours:
            told.add(code)
            faults.add(
                f"Line {line}: the ward {code} ({wards[code]}) is on record, but this row is of "
                f"{borough[:60]!r}."
            )


def _spots(rows: list[CrimeRow], matched: Matched, offences: Spellings, faults: Faults) -> Spots:
    """Each row by what it counts; a second row for the same thing is a fault."""
    spots: Spots = {}
    for row in rows:
        key = fold(row.offence)
        offences.note(key, row.offence)
        first = spots.setdefault((matched.codes[row.ward], row.year, key), row)
        if first is not row:
            faults.add(
                f"Line {row.line}: {row.offence} in {_said(row.ward)} in {row.year} was counted in "
                f"line {first.line} already."
            )
    return spots


def _said(ward: FileWard) -> str:
    return ward.name or ward.code


def _given(
    key: str, name: str, spots: Spots, *, wards: Mapping[str, str], ours: str, wishes: CrimeWishes
) -> GivenSeries:
    """One kind of offence as a series."""
    values = {
        Spot(AreaKind.WARD, ward, _end_of(year)): Figure(wards[ward], float(row.offences))
        for (ward, year, offence), row in spots.items()
        if offence == key
    }
    years = {spot.period_end for spot in values}
    remarks = {_end_of(year): says for year, says in (wishes.remarks or {}).items()}
    return GivenSeries(
        kind=SeriesKind.CRIME,
        code=code_of("crime", key),
        title=name[:1].upper() + name[1:],
        source=wishes.source,
        licence=wishes.licence,
        survey="",
        measure=name,
        unit=Unit.COUNT,
        about=ABOUT,
        borough=ours,
        nearest="",
        values=values,
        remarks={day: says for day, says in remarks.items() if day in years},
    )


def _end_of(year: int) -> date:
    return date(year, 12, 31)


def _totals(spots: Spots) -> dict[int, int]:
    totals: Counter[int] = Counter()
    for (_ward, year, _offence), row in spots.items():
        totals[year] += row.offences
    return dict(sorted(totals.items()))


def _absent(spots: Spots) -> int:
    """How many rows are not there for a ward, year and offence that others have."""
    wards: defaultdict[int, set[str]] = defaultdict(set)
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    for ward, year, offence in spots:
        wards[year].add(ward)
        kinds[year].add(offence)
    return sum(len(wards[year]) * len(kinds[year]) for year in wards) - len(spots)
