"""A row of a published survey: what each of its cells must be."""

import re
from datetime import date
from typing import NamedTuple

from engage.areas.text import fold
from engage.core.files.csv_rows import Row
from engage.core.files.faults import Faults
from engage.core.files.text import storable
from engage.outside.known import SOURCES
from engage.outside.names import borough_key

COLUMNS = {
    "quarter_end": "quarter_end|period_end",
    "survey": "survey",
    "borough": "borough|borough_name",
    "measure": "measure",
    "proportion": "proportion",
}
OPTIONAL = {"london": "london", "source": "source", "about": "about", "nearest": "nearest"}
LONGEST = {"survey": 100, "borough": 100, "measure": 150}


class SurveyRow(NamedTuple):
    """A row that can be read; `value` and `london` are None where the row has no figure."""

    line: int
    source: str
    survey: str
    borough: str
    measure: str
    ends: date
    value: float | None
    london: float | None
    about: str
    nearest: str


def survey_row(row: Row, source: str, faults: Faults) -> SurveyRow | None:
    """A row as it stands in the file; notes everything that is wrong with it.

    `source` is who publishes rows that do not say it themselves.
    """
    where, values = f"Line {row.line}", row.values
    fits = [_name(values[what], what, where, faults) for what in LONGEST]
    publisher = _source(values, source, where, faults)
    ends = _day(values["quarter_end"], where, faults)
    value = _share(values["proportion"], "proportion", where, faults)
    london = _share(values["london"], "london", where, faults)
    if not all(fits) or publisher is None or ends is None:
        return None
    names = (values["survey"], values["borough"], values["measure"])
    texts = (values["about"], values["nearest"])
    return SurveyRow(row.line, publisher, *names, ends, value, london, *texts)


def _name(name: str, what: str, where: str, faults: Faults) -> bool:
    """Whether a name can be kept and compared."""
    fits = storable(name, longest=LONGEST[what], what=what, where=where, faults=faults)
    key = borough_key(name) if what == "borough" else fold(name)
    if fits and not key:
        faults.add(f"{where}: the {what} {name[:20]!r} names nothing.")
    return fits and bool(key)


def _source(values: dict[str, str], given: str, where: str, faults: Faults) -> str | None:
    """Who publishes a row: the file says so, or whoever imports it, or it is well known."""
    source = values["source"] or given or SOURCES.get(fold(values["survey"]), "")
    if not source:
        faults.add(
            f"{where}: nothing says who publishes the survey {values['survey'][:40]!r}. Say it "
            "with --source, or in a column source."
        )
        return None
    fits = storable(source, longest=200, what="source", where=where, faults=faults)
    return source if fits else None


def _day(day: str, where: str, faults: Faults) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day, re.ASCII):
            return date.fromisoformat(day)
    except ValueError:
        pass
    faults.add(f"{where}: the quarter_end {day[:20]!r} is no day such as 2023-12-31.")
    return None


def _share(number: str, what: str, where: str, faults: Faults) -> float | None:
    """A proportion; None where there is none, or where it is no proportion."""
    if not number:
        return None
    if not re.fullmatch(r"\d*\.?\d+", number, re.ASCII) or len(number) > 30:
        faults.add(f"{where}: the {what} {number[:20]!r} is no number from 0 to 1.")
    elif float(number) > 1:
        faults.add(f"{where}: the {what} {number} is above 1. Write 56% as 0.56.")
    else:
        return float(number)
    return None
