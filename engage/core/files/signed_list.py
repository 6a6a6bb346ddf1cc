"""A list of those who signed somewhere else: its columns by name, its rows, and what is wrong.

Of a row, only an address, a day and the kind of signatory are read. Names are never looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engage.core.files.decoded import UnreadableListError, decoded
from engage.core.files.loose_csv import loose_rows
from engage.core.words.written_day import read_day

HEADINGS = {
    "address": r"e-?mail( ?address)?|mail|address \(e-?mail\)",
    "day": r"(date|day)( (signed|of signing|of signature))?|signed( (on|at|date))?|timestamp",
    "kind": r"type|kind|signatory( type)?|signed as|person or organi[sz]ation",
}
"""What a column is for, to its heading in any case; only the first is needed."""
WORDS = {
    "person": re.compile(r"|person|individual|resident|p|i", re.IGNORECASE),
    "organisation": re.compile(r"organi[sz]ation|org|business|company|group|o", re.IGNORECASE),
}
SHORT_YEAR = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d\d)")
SEARCHED = 20
"""Rows at the top among which the headings are looked for; lists often start with a title."""
MOST_ROWS = 200_000


class Fault(StrEnum):
    """What can be wrong with a row."""

    UNREADABLE = "unreadable"
    CELLS = "cells"
    NO_ADDRESS = "no_address"
    ADDRESS = "address"
    DAY = "day"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that was read; `day` is None where the list does not say it."""

    row: int
    address: str
    day: date | None
    kind: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be taken, and why."""

    row: int
    fault: Fault


def csv_list(content: bytes) -> list[list[str] | None]:
    """All rows of a CSV file in any of the usual encodings; raises UnreadableListError."""
    text, _encoding = decoded(content)
    return list(loose_rows(text))


def signed_rows(
    rows: Iterable[list[str] | None], *, today: date, short: bool = False
) -> Iterator[Listed | Broken]:
    """Each row below the headings that is not empty, by its number in the file.

    `short` rows may lack cells at their end, as those of a workbook do. Raises
    UnreadableListError where no column of e-mail addresses is found or the list is too long.
    """
    places: dict[str, int] | None = None
    width = 0
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise UnreadableListError(f"The list has more than {MOST_ROWS:,} rows. Divide it.")
        if places is None:
            places = _places(cells or [])
            width = len(cells or [])
            if places is None and number >= SEARCHED:
                break
        elif cells is None:
            yield Broken(number, Fault.UNREADABLE)
        elif any(cell.strip() for cell in cells):
            if len(cells) == width or (short and len(cells) < width):
                yield _read(number, cells + [""] * (width - len(cells)), places, today)
            else:
                yield Broken(number, Fault.CELLS)
    if places is None:
        raise UnreadableListError(
            "No column of e-mail addresses was found. Name its heading Email, in one of the first "
            f"{SEARCHED} rows. Columns named Date and Type are read too."
        )


def _places(cells: list[str]) -> dict[str, int] | None:
    """Where each column stands, -1 for none; None where these are not the headings.

    Of two columns that could be meant, neither can be chosen: raises UnreadableListError.
    """
    headings = [" ".join(cell.replace("_", " ").split()) for cell in cells]
    places = {}
    for name, pattern in HEADINGS.items():
        found = [
            at for at, text in enumerate(headings) if re.fullmatch(pattern, text, re.IGNORECASE)
        ]
        if not found and name == "address":
            return None
        if len(found) > 1:
            columns = ", ".join(str(at + 1) for at in found)
            raise UnreadableListError(
                f"Columns {columns} could each be the {name}. Keep one, or rename the others."
            )
        places[name] = found[0] if found else -1
    return places


def _read(number: int, cells: list[str], places: dict[str, int], today: date) -> Listed | Broken:
    given = {name: cells[at].strip() if at >= 0 else "" for name, at in places.items()}
    if not given["address"]:
        return Broken(number, Fault.NO_ADDRESS)
    kind = next((name for name, words in WORDS.items() if words.fullmatch(given["kind"])), None)
    if kind is None:
        return Broken(number, Fault.KIND)
    day = None
    if given["day"]:
        day = _day(given["day"])
        if day is None or day > today:
            return Broken(number, Fault.DAY)
    return Listed(number, given["address"], day, kind)


def _day(written: str) -> date | None:
    """The day in a text that may go on with a time; None where there is none."""
    text = re.split(r"[T ]\d{1,2}:\d\d", written)[0].strip().rstrip(",")
    if short := SHORT_YEAR.fullmatch(text):
        text = f"{short[1]}20{short[2]}"
    try:
        return read_day(text)
    except ValueError:
        return None
