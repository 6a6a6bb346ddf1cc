"""What is on the sheets of a workbook, whatever the format that it is written in.

As the Analysis Function asks of government statistics: a cover, a list of contents, then one
marked table a sheet, with its title first, unique headings, no empty cell, and symbols in square
brackets for what has no number.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from engage.core.export.about import About
from engage.core.export.cells import Cell

MOST_LINES = 4
"""Lines above a table: whoever enlarges the page must not have to look for it."""
LINE = 16.5
"""The height of a line of text, in points."""
LETTERS = 1.0
"""How many letters of a text go into a unit of width, which is that of a figure."""
MOST_ON_A4 = 220
"""How wide a table may be, in characters, to be read on a page of A4."""
COVER_WIDTH = 110
FORMATS = (
    "Ask the council named above. The same figures are there as an Excel workbook, as an "
    "OpenDocument spreadsheet and as CSV."
)
STRUCTURE = (
    "The sheet Contents lists the others, each with a link. Each has one table, which begins below "
    "its title. How the figures are made is on the sheet Notes."
)


class Subtitle(str):
    """A line of the cover that is the heading of those below it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column; `width` is in characters."""

    text: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table; `lines`, at most 4, say what to know before reading it."""

    name: str
    title: str
    table: str
    headings: tuple[Heading, ...]
    rows: Sequence[Sequence[Cell]]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its origin, the lines of its cover, and its sheets after the contents."""

    about: About
    title: str
    cover: tuple[str, ...]
    sheets: tuple[Sheet, ...]

    @property
    def front(self) -> tuple[str, ...]:
        """Every line of the cover below its title."""
        return (*self.about.lines(), *self.cover)

    @property
    def contents(self) -> Sheet:
        """The list of the sheets, each with what it holds."""
        return _contents(self.sheets)

    def check(self) -> None:
        """Raise ValueError for a sheet that breaks a rule named above."""
        for sheet in self.sheets:
            _check(sheet)
        names = [sheet.name for sheet in self.sheets]
        if len(set(names)) < len(names):
            raise ValueError(f"Two sheets have one name: {', '.join(sorted(names))}.")


def _check(sheet: Sheet) -> None:
    if len(sheet.lines) > MOST_LINES:
        raise ValueError(
            f"The sheet {sheet.name!r} has {len(sheet.lines)} lines above its table, which stay in "
            f"view: give at most {MOST_LINES} and put the rest on a sheet of notes."
        )
    heads = [heading.text for heading in sheet.headings]
    if len(set(heads)) < len(heads) or not all(heads):
        raise ValueError(f"The sheet {sheet.name!r} has headings that are empty or not unique.")
    for number, row in enumerate(sheet.rows, start=1):
        if len(row) != len(heads) or any(cell == "" for cell in row):
            raise ValueError(
                f"Row {number} of the sheet {sheet.name!r} has an empty or missing cell: write a "
                "symbol such as [x] instead."
            )


def _contents(sheets: Sequence[Sheet]) -> Sheet:
    return Sheet(
        name="Contents",
        title="Contents",
        table="contents",
        headings=(Heading("Worksheet", 34), Heading("What it holds", 80)),
        rows=[(sheet.name, sheet.title) for sheet in sheets],
        lines=("This worksheet has one table, with a link to each of the others.",),
    )


def height(cells: Sequence[Cell], widths: Sequence[int], letters: float = LETTERS) -> float:
    """How high a row is whose texts are wrapped, in points: not every program reckons that."""
    lines = [
        len(textwrap.wrap(cell, max(1, int(width * letters))))
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell, str) and len(cell) > width * letters
    ]
    return LINE * max(lines, default=1)
