"""The same workbook as an OpenDocument spreadsheet, which every office program opens."""

import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engage.core.export.bundle import entry_of
from engage.core.export.cells import Cell, Percent, WholePercent
from engage.core.export.csv_file import visible
from engage.core.export.ods_styles import (
    HEAD,
    XMLNS,
    automatic_styles,
    of_number,
    pages_of_sheets,
    styles_xml,
)
from engage.core.export.sheets import (
    COVER_WIDTH,
    LINE,
    MOST_ON_A4,
    Book,
    Sheet,
    Subtitle,
    height,
)

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CENTIMETRES = 0.21
"""How wide a figure is."""
PARTS = ("content.xml", "styles.xml", "meta.xml")


def ods_bytes(book: Book) -> bytes:
    """The workbook as ODS; raises ValueError for a sheet that breaks a rule.

    The same workbook gives the same bytes.
    """
    book.check()
    made, at = io.BytesIO(), book.about.made_at
    with zipfile.ZipFile(made, "w") as package:
        first = entry_of("mimetype", at)
        first.compress_type = zipfile.ZIP_STORED  # so that its kind is read off the first bytes
        package.writestr(first, MEDIA_TYPE)
        for name, content in zip(PARTS, (_content(book), styles_xml(), _meta(book)), strict=True):
            package.writestr(entry_of(name, at), content)
        package.writestr(entry_of("META-INF/manifest.xml", at), _manifest())
    return made.getvalue()


@dataclass
class _Sizes:
    """The widths of columns and heights of rows that occur, each of which needs a style."""

    widths: dict[int, str] = field(default_factory=dict)
    heights: dict[tuple[float, bool], str] = field(default_factory=dict)

    def column(self, width: int) -> str:
        """The name of the style of a column so wide, in characters."""
        return self.widths.setdefault(width, f"W{width}")

    def row(self, points: float, *, fixed: bool = False) -> str:
        """The name of the style of a row so high; only one that is `fixed` keeps room to spare."""
        return self.heights.setdefault((points, fixed), f"{'F' if fixed else 'H'}{points * 10:.0f}")

    def styles(self) -> str:
        """All of them."""
        columns = (
            f'<style:style style:name="{name}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width * CENTIMETRES:.2f}cm"/>'
            "</style:style>"
            for width, name in self.widths.items()
        )
        rows = (
            f'<style:style style:name="{name}" style:family="table-row">'
            f'<style:table-row-properties style:row-height="{points}pt" '
            f'style:use-optimal-row-height="{"false" if fixed else "true"}"/></style:style>'
            for (points, fixed), name in self.heights.items()
        )
        return "".join((*columns, *rows))


def _content(book: Book) -> str:
    sizes, contents = _Sizes(), book.contents
    pages = [_cover(book, sizes)]
    pages += [_page(each, sizes, links=each is contents) for each in (contents, *book.sheets)]
    ranges = "".join(_range(sheet) for sheet in (contents, *book.sheets))
    return (
        f'{HEAD}<office:document-content {XMLNS} office:version="1.3"><office:automatic-styles>'
        f"{pages_of_sheets()}{sizes.styles()}{automatic_styles()}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{''.join(pages)}<table:database-ranges>{ranges}"
        "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"
    )


def _cover(book: Book, sizes: _Sizes) -> str:
    rows = [_row([_texted(book.title, "Heading_20_1")], sizes.row(LINE * 1.5))]
    for line in book.front:
        if isinstance(line, Subtitle):
            rows.append(_row([_texted(line, "Heading_20_2")], sizes.row(LINE * 2, fixed=True)))
        else:
            rows.append(_row([_texted(line, "Text")], sizes.row(height([line], [COVER_WIDTH]))))
    return _table("Cover", [COVER_WIDTH], rows, sizes)


def _page(sheet: Sheet, sizes: _Sizes, *, links: bool) -> str:
    numbers = {at for cells in sheet.rows for at, cell in enumerate(cells) if not _is_text(cell)}
    widths = [heading.width for heading in sheet.headings]
    heads = [heading.text for heading in sheet.headings]
    rows = [_row([_texted(sheet.title, "Heading_20_1")], sizes.row(LINE * 1.5))]
    rows += [_row([_texted(line, "Line")], sizes.row(LINE)) for line in sheet.lines]
    head = _row(
        [_texted(text, _head(at, numbers)) for at, text in enumerate(heads)],
        sizes.row(height(heads, widths, 1.0)),
    )
    rows.append(f"<table:table-header-rows>{head}</table:table-header-rows>")
    for cells in sheet.rows:
        made = [*_cells(cells, numbers, links=links)]
        rows.append(_row(made, sizes.row(height(cells, widths))))
    return _table(sheet.name, widths, rows, sizes)


def _head(at: int, numbers: set[int]) -> str:
    """The style of a column's head, which stands as the cells below it do."""
    if at in numbers:
        return "HeadNumber"
    return "HeadAfter" if at - 1 in numbers else "Head"


def _cells(cells: Sequence[Cell], numbers: set[int], *, links: bool) -> Iterator[str]:
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            shape = "Symbol" if at in numbers else "After" if at - 1 in numbers else "Text"
            link = f"#'{cell}'.A1" if links and at == 0 else ""
            yield _texted(cell, shape, link)
        else:
            kind = "percentage" if isinstance(cell, Percent | WholePercent) else "float"
            yield (
                f'<table:table-cell table:style-name="{of_number(type(cell))}" '
                f'office:value-type="{kind}" office:value="{float(cell)!r}"/>'
            )


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str)


def _texted(said: str, shape: str, link: str = "") -> str:
    inside = html.escape(re.sub(r"\s+", " ", visible(said)))
    if link:
        where = html.escape(link)
        inside = f'<text:a xlink:type="simple" xlink:href="{where}">{inside}</text:a>'
    return (
        f'<table:table-cell table:style-name="{shape}" office:value-type="string">'
        f"<text:p>{inside}</text:p></table:table-cell>"
    )


def _row(cells: Sequence[str], shape: str) -> str:
    return f'<table:table-row table:style-name="{shape}">{"".join(cells)}</table:table-row>'


def _table(name: str, widths: Sequence[int], rows: Sequence[str], sizes: _Sizes) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="{sizes.column(width)}"/>' for width in widths
    )
    page = "PageWide" if sum(widths) > MOST_ON_A4 else "Page"
    return (
        f'<table:table table:name="{html.escape(name)}" table:style-name="{page}">{columns}'
        f"{''.join(rows)}</table:table>"
    )


def _range(sheet: Sheet) -> str:
    """The table of a sheet, marked: its name, where it is, and that it has a heading."""
    top = 2 + len(sheet.lines)
    end = f"{_letters(len(sheet.headings))}{top + len(sheet.rows)}"
    where = html.escape(f"'{sheet.name}'.A{top}:'{sheet.name}'.{end}")
    return (
        f'<table:database-range table:name="{html.escape(sheet.table)}" '
        f'table:target-range-address="{where}" table:contains-header="true" '
        'table:display-filter-buttons="false"/>'
    )


def _letters(column: int) -> str:
    """The letters of a column, the first of which is 1."""
    told = ""
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def _meta(book: Book) -> str:
    council, at = html.escape(book.about.council), f"{book.about.made_at:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{HEAD}<office:document-meta {XMLNS} office:version="1.3"><office:meta>'
        f"<dc:title>{html.escape(book.title)}</dc:title><dc:creator>{council}</dc:creator>"
        f"<meta:creation-date>{at}</meta:creation-date><dc:date>{at}</dc:date>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>"
    )


def _manifest() -> str:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    parts = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in PARTS
    )
    return (
        f'{HEAD}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
        f"{parts}</manifest:manifest>"
    )
