"""An accessible workbook, as the Analysis Function asks of government statistics.

A cover, a list of contents, then one marked-up table a sheet: its title in A1, no merged or empty
cell, unique headers, wrapped text, symbols in square brackets, and titles that are headings by
their style. Nothing is in a header or footer of the page, and no pane is frozen: who enlarges the
sheet would see little else.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engage.core.export.bundle import entry_of
from engage.core.export.cells import NUMBERS, Cell
from engage.core.export.csv_file import visible
from engage.core.export.sheets import (
    COVER_WIDTH,
    LINE,
    MOST_ON_A4,
    Book,
    Sheet,
    Subtitle,
    height,
)
from engage.core.export.styles import FONT, H1, H2, with_headings

A4, A3 = 9, 8
INDENT = 2
"""What a text gives up of its width so that it does not touch the numbers before it."""


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    subtitle: Format
    line: Format
    text: Format
    after: Format
    symbol: Format
    head: Format
    head_after: Format
    head_number: Format
    link: Format
    numbers: dict[type, Format]

    def of_head(self, place: int, numbers: set[int]) -> Format:
        """That of a column's head, which stands as the cells below it do."""
        if place in numbers:
            return self.head_number
        return self.head_after if place - 1 in numbers else self.head


def workbook_bytes(book: Book) -> bytes:
    """The workbook as XLSX; raises ValueError for a sheet that breaks a rule.

    The same workbook gives the same bytes.
    """
    book.check()
    made = io.BytesIO()
    written = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    written.set_properties(
        {
            "title": book.title,
            "author": book.about.council,
            "company": book.about.council,
            "created": book.about.made_at.replace(tzinfo=None),
        }
    )
    formats = _formats(written)
    _write_cover(written.add_worksheet("Cover"), formats, book)
    contents = book.contents
    for sheet in (contents, *book.sheets):
        _write(written.add_worksheet(sheet.name), formats, sheet, links=sheet is contents)
    written.close()
    return _finished(made.getvalue(), book)


def _formats(book: Any) -> _Formats:
    font = {"font_name": FONT}
    plain = font | {"font_size": 12, "text_wrap": True, "valign": "top"}
    number = plain | {"text_wrap": False, "align": "right", "indent": 1}
    head = plain | {"bold": True, "bottom": 1}
    return _Formats(
        title=book.add_format(font | {"font_size": H1, "bold": True}),
        subtitle=book.add_format(font | {"font_size": H2, "bold": True, "valign": "bottom"}),
        line=book.add_format(font | {"font_size": 12}),
        text=book.add_format(plain),
        after=book.add_format(plain | {"align": "left", "indent": 1}),
        symbol=book.add_format(number),
        head=book.add_format(head),
        head_after=book.add_format(head | {"align": "left", "indent": 1}),
        head_number=book.add_format(head | {"align": "right", "indent": 1}),
        link=book.add_format(plain | {"font_color": "#0000EE", "underline": 1}),
        numbers={
            kind: book.add_format(number | {"num_format": shape}) for kind, shape in NUMBERS.items()
        },
    )


def _write_cover(page: Worksheet, formats: _Formats, book: Book) -> None:
    page.set_column(0, 0, COVER_WIDTH)
    page.write_string(0, 0, book.title, formats.title)
    for number, line in enumerate(book.front, start=1):
        shape = formats.subtitle if isinstance(line, Subtitle) else formats.text
        page.write_string(number, 0, visible(line), shape)
        high = LINE * 2 if shape is formats.subtitle else height([line], [COVER_WIDTH])
        page.set_row(number, high)
    _on_paper(page)


def _on_paper(page: Worksheet, width: int = 0) -> None:
    """One page wide, however many high; a wide table could not be read on A4."""
    page.set_landscape()
    page.set_paper(A3 if width > MOST_ON_A4 else A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    page.fit_to_pages(1, 0)


def _write(page: Worksheet, formats: _Formats, sheet: Sheet, *, links: bool) -> None:
    page.write_string(0, 0, sheet.title, formats.title)
    for number, line in enumerate(sheet.lines, start=1):
        # Not wrapped: the first column may be narrow.
        page.write_string(number, 0, visible(line), formats.line)
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
                    "header_format": formats.of_head(place, numbers),
                }
                for place, heading in enumerate(sheet.headings)
            ],
        },
    )
    widths = [
        heading.width - INDENT * (place - 1 in numbers)
        for place, heading in enumerate(sheet.headings)
    ]
    page.set_row(top, height([heading.text for heading in sheet.headings], widths, 1.0))
    for row, cells in enumerate(sheet.rows, start=top + 1):
        page.set_row(row, height(cells, widths))
        for column, cell in enumerate(cells):
            if links and column == 0:
                target = f"internal:'{cell}'!A1"
                page.write_url(row, column, target, formats.link, string=str(cell))
            else:
                beside = formats.after if column - 1 in numbers else formats.text
                text = formats.symbol if column in numbers else beside
                _write_cell(page, formats, (row, column), cell, text)
    page.repeat_rows(top)
    _on_paper(page, sum(heading.width for heading in sheet.headings))


def _number(cell: Cell) -> bool:
    return not isinstance(cell, str)


def _write_cell(
    page: Worksheet, formats: _Formats, place: tuple[int, int], cell: Cell, text: Format
) -> None:
    if isinstance(cell, str):
        page.write_string(*place, visible(cell), text)
        return
    page.write_number(*place, cell, formats.numbers.get(type(cell), formats.numbers[float]))


def _finished(written: bytes, book: Book) -> bytes:
    """The same workbook with its language and its headings, which the library leaves out.

    Its parts are dated when the workbook was made, so that their bytes do not hang on the clock.
    """
    told = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as before, zipfile.ZipFile(told, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, b"<dc:language>en-GB</dc:language>" + end)
            if entry.filename == "xl/styles.xml":
                content = with_headings(content.decode()).encode()
            after.writestr(entry_of(entry.filename, book.about.made_at), content)
    return told.getvalue()
