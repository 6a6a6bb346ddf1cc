"""An accessible workbook, as the Analysis Function asks of government statistics.

A cover, a list of contents, then one marked-up table a sheet: its title in A1, no merged or empty
cell, unique headers that stay in view, wrapped text, and symbols in square brackets.
"""

import io
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engage.core.export.about import About
from engage.core.export.cells import NUMBERS, Cell
from engage.core.export.csv_file import visible

MOST_LINES = 4
"""Lines above a table: with its title and its headings they are six rows that stay in view."""
A4 = 9
LINE = 16.5
"""The height of a line of text, in points."""
LETTERS = 1.1
"""How many letters of a text go into a unit of width, which is that of a figure."""
COVER_WIDTH = 110
INDENT = 2
"""What a text gives up of its width so that it does not touch the numbers before it."""


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
class _Formats:
    title: Format
    text: Format
    after: Format
    symbol: Format
    head: Format
    head_after: Format
    link: Format
    numbers: dict[type, Format]


def workbook_bytes(
    about: About, *, title: str, cover: Sequence[str], sheets: Sequence[Sheet]
) -> bytes:
    """The workbook as XLSX; raises ValueError for a sheet that breaks a rule named above."""
    for sheet in sheets:
        _check(sheet)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(
        {
            "title": title,
            "author": about.council,
            "company": about.council,
            "created": about.made_at.replace(tzinfo=None),
        }
    )
    formats = _formats(book)
    _write_cover(book.add_worksheet("Cover"), formats, title, [*about.lines(), *cover])
    contents = _contents(sheets)
    for sheet in (contents, *sheets):
        _write(book.add_worksheet(sheet.name), formats, sheet, links=sheet is contents)
    book.close()
    return _in_english(made.getvalue())


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


def _formats(book: Any) -> _Formats:
    plain = {"font_size": 12, "text_wrap": True, "valign": "top"}
    number = plain | {"text_wrap": False, "align": "right", "indent": 1}
    return _Formats(
        title=book.add_format({"font_size": 15, "bold": True}),
        text=book.add_format(plain),
        after=book.add_format(plain | {"align": "left", "indent": 1}),
        symbol=book.add_format(number),
        head=book.add_format(plain | {"bold": True, "bottom": 1}),
        head_after=book.add_format(
            plain | {"bold": True, "bottom": 1, "align": "left", "indent": 1}
        ),
        link=book.add_format(plain | {"font_color": "#0000EE", "underline": 1}),
        numbers={
            kind: book.add_format(number | {"num_format": shape}) for kind, shape in NUMBERS.items()
        },
    )


def _write_cover(page: Worksheet, formats: _Formats, title: str, lines: Sequence[str]) -> None:
    page.set_column(0, 0, COVER_WIDTH)
    page.write_string(0, 0, title, formats.title)
    for number, line in enumerate(lines, start=1):
        page.write_string(number, 0, visible(line), formats.text)
        page.set_row(number, _height([line], [COVER_WIDTH]))
    _on_paper(page)


def _on_paper(page: Worksheet) -> None:
    """One page wide, however many high, with the sheet's name and the page at the foot."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&RPage &P of &N")


def _contents(sheets: Sequence[Sheet]) -> Sheet:
    return Sheet(
        name="Contents",
        title="Contents",
        table="contents",
        headings=(Heading("Worksheet", 24), Heading("What it holds", 80)),
        rows=[(sheet.name, sheet.title) for sheet in sheets],
        lines=("This worksheet has one table, with a link to each of the others.",),
    )


def _write(page: Worksheet, formats: _Formats, sheet: Sheet, *, links: bool) -> None:
    page.write_string(0, 0, sheet.title, formats.title)
    for number, line in enumerate(sheet.lines, start=1):
        page.write_string(number, 0, visible(line))  # not wrapped: the first column may be narrow
    top = 1 + len(sheet.lines)
    for number, heading in enumerate(sheet.headings):
        page.set_column(number, number, heading.width)
    numbers = {place for cells in sheet.rows for place, cell in enumerate(cells) if _number(cell)}
    page.add_table(
        top,
        0,
        top + max(1, len(sheet.rows)),
        len(sheet.headings) - 1,
        {
            "name": sheet.table,
            "autofilter": False,
            "banded_rows": False,
            "style": "Table Style Light 1",
            "columns": [
                {
                    "header": heading.text,
                    "header_format": formats.head_after if place - 1 in numbers else formats.head,
                }
                for place, heading in enumerate(sheet.headings)
            ],
        },
    )
    widths = [
        heading.width - INDENT * (place - 1 in numbers)
        for place, heading in enumerate(sheet.headings)
    ]
    page.set_row(top, _height([heading.text for heading in sheet.headings], widths, 1.0))
    for row, cells in enumerate(sheet.rows, start=top + 1):
        page.set_row(row, _height(cells, widths))
        for column, cell in enumerate(cells):
            if links and column == 0:
                target = f"internal:'{cell}'!A1"
                page.write_url(row, column, target, formats.link, string=str(cell))
            else:
                beside = formats.after if column - 1 in numbers else formats.text
                text = formats.symbol if column in numbers else beside
                _write_cell(page, formats, (row, column), cell, text)
    page.freeze_panes(top + 1, 1)
    page.repeat_rows(top)
    _on_paper(page)


def _height(cells: Sequence[Cell], widths: Sequence[int], letters: float = LETTERS) -> float:
    """How high a row is whose texts are wrapped: not every program reckons that by itself."""
    lines = [
        len(textwrap.wrap(cell, max(1, int(width * letters))))
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell, str) and len(cell) > width * letters
    ]
    return LINE * max(lines, default=1)


def _number(cell: Cell) -> bool:
    return not isinstance(cell, str)


def _write_cell(
    page: Worksheet, formats: _Formats, place: tuple[int, int], cell: Cell, text: Format
) -> None:
    if isinstance(cell, str):
        page.write_string(*place, visible(cell), text)
        return
    page.write_number(*place, cell, formats.numbers.get(type(cell), formats.numbers[float]))


def _in_english(book: bytes) -> bytes:
    """The same workbook with its language among its properties, which the library leaves out."""
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(told, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, b"<dc:language>en-GB</dc:language>" + end)
            after.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return told.getvalue()
