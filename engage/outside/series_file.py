"""A published survey by borough, as the file comes: one row a quarter, borough and measure."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from engage.areas.text import fold
from engage.core.files.csv_rows import csv_rows
from engage.core.files.faults import Faults
from engage.outside.given import Figure, GivenSeries, Spot
from engage.outside.known import LICENCE, known
from engage.outside.models import AreaKind, SeriesKind, Unit
from engage.outside.names import Respelt, Spellings, borough_key, code_of, own_borough
from engage.outside.survey_row import COLUMNS, OPTIONAL, SurveyRow, survey_row


@dataclass(frozen=True, slots=True)
class Wishes:
    """What whoever imports a file says of it.

    `borough` is ours, by whatever spelling; without it, the one that `council` is named after.
    `source` is who publishes rows that do not say it. `london` is the name of the area that every
    borough stands beside.
    """

    borough: str = ""
    council: str = ""
    source: str = ""
    licence: str = LICENCE
    london: str = "London"


class Told(NamedTuple):
    """A figure in a row: the line, how the row spells the borough, the figure."""

    line: int
    spelling: str
    value: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two spellings of one borough with two figures for one thing, so that neither is kept."""

    measure: str
    ends: date
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """What a file holds, and what had to be put right to read it.

    `merged` rows say again what another row says; `empty` ones have no figure. `borough` is the
    name of ours, empty where it is not known.
    """

    series: list[GivenSeries]
    rows: int
    boroughs: int
    borough: str
    respelt: list[Respelt]
    merged: int
    empty: int
    conflicts: list[Conflict]


class _Naming(NamedTuple):
    """What tells one series of a file from another, as names are compared."""

    source: str
    survey: str
    measure: str


@dataclass(slots=True)
class _Gathered:
    """The rows of one series, by what they are of."""

    told: defaultdict[tuple[str, date], list[Told]] = field(
        default_factory=lambda: defaultdict(list)
    )
    london: dict[date, Told] = field(default_factory=dict)
    texts: dict[str, tuple[int, str]] = field(default_factory=dict)


class _Reader:
    """Takes the rows of one file, and settles what they say of one thing."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.boroughs, self.names = Spellings(), Spellings()
        self.found: defaultdict[_Naming, _Gathered] = defaultdict(_Gathered)
        self.empty = self.merged = 0
        self.conflicts: list[Conflict] = []

    def take(self, row: SurveyRow) -> None:
        """Put a row with those of its series."""
        borough = borough_key(row.borough)
        naming = _Naming(row.source, fold(row.survey), fold(row.measure))
        self.boroughs.note(borough, row.borough)
        self.names.note(naming.survey, row.survey)
        self.names.note(naming.measure, row.measure)
        series = self.found[naming]
        for what, longest in (("about", 1000), ("nearest", 60)):
            self._text(series, row.line, what, getattr(row, what), longest)
        if row.value is None:
            self.empty += 1
        else:
            series.told[borough, row.ends].append(Told(row.line, row.borough, row.value))
        if row.london is not None:
            told = Told(row.line, "london", row.london)
            first = series.london.setdefault(row.ends, told)
            self._fault_second(first, told, row.measure, row.ends)

    def settle(self, measure: str, ends: date, told: list[Told]) -> float | None:
        """The one figure for a thing; None where two spellings of its borough differ.

        Equal figures are merged. One spelling that says two things is a fault of the file.
        """
        values = {each.value for each in told}
        self.merged += len(told) - len(values)
        if len(values) == 1:
            return told[0].value
        said: dict[str, Told] = {}
        for each in told:
            self._fault_second(said.setdefault(each.spelling, each), each, measure, ends)
        self.conflicts.append(Conflict(measure, ends, tuple(said.values())))
        return None

    def _fault_second(self, first: Told, told: Told, measure: str, ends: date) -> None:
        if first.value != told.value:
            self.faults.add(
                f"Line {told.line}: {measure} of {told.spelling} on {ends} is {told.value:g} here "
                f"and {first.value:g} in line {first.line}."
            )

    def _text(self, series: _Gathered, line: int, what: str, says: str, longest: int) -> None:
        """Keep what a series is about; every row that says it must say the same."""
        if not says:
            return
        first, said = series.texts.setdefault(what, (line, says))
        if says != said:
            self.faults.add(f"Line {line}: the {what} is another than in line {first}.")
        elif len(says) > longest:
            self.faults.add(f"Line {line}: the {what} is longer than {longest} characters.")


def read_series(file: Path, wishes: Wishes) -> SeriesFile:
    """The series in a CSV file with quarter_end, survey, borough, measure, proportion and london.

    Raises AreaFileError with everything wrong.
    """
    faults = Faults(file.name)
    reader = _Reader(faults)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv_rows(lines, faults, COLUMNS, OPTIONAL))
    for row in rows:
        if read := survey_row(row, wishes.source, faults):
            reader.take(read)
    if not rows:
        faults.add("It has no rows.")
    boroughs = reader.boroughs.names()
    ours = own_borough(boroughs, wishes.borough, wishes.council)
    if wishes.borough and boroughs and not ours:
        listed = ", ".join(sorted(boroughs.values()))
        faults.add(f"It has no borough {wishes.borough[:40]!r}. It has: {listed}.")
    series = [
        _given(reader, naming, gathered, ours or "", wishes)
        for naming, gathered in reader.found.items()
    ]
    faults.refuse()
    return SeriesFile(
        series=series,
        rows=len(rows),
        boroughs=len(boroughs),
        borough=boroughs[ours] if ours else "",
        respelt=[*reader.boroughs.respelt(), *reader.names.respelt()],
        merged=reader.merged,
        empty=reader.empty,
        conflicts=reader.conflicts,
    )


def _given(
    reader: _Reader, naming: _Naming, gathered: _Gathered, ours: str, wishes: Wishes
) -> GivenSeries:
    """One series, with the figures that could be settled."""
    names, boroughs = reader.names.names(), reader.boroughs.names()
    title, code = names[naming.measure], code_of(naming.survey, naming.measure)
    values = {
        Spot(AreaKind.LONDON, "london", ends): Figure(wishes.london, told.value)
        for ends, told in gathered.london.items()
    }
    for (borough, ends), told in gathered.told.items():
        value = reader.settle(title, ends, told)
        if value is not None:
            values[Spot(AreaKind.BOROUGH, borough, ends)] = Figure(boroughs[borough], value)
    usual = known(code)
    texts = {what: says for what, (_line, says) in gathered.texts.items()}
    return GivenSeries(
        kind=SeriesKind.SURVEY,
        code=code,
        title=title,
        source=naming.source,
        licence=wishes.licence,
        survey=names[naming.survey],
        measure=title,
        unit=Unit.PROPORTION,
        about=texts.get("about", usual.about),
        borough=ours,
        nearest=texts.get("nearest", usual.nearest),
        values=values,
    )
