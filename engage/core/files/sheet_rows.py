"""The rows of the first sheet of a workbook, read as a stream. Only the worker loads this."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from engage.core.files.decoded import UnreadableListError

MOST_BYTES = 200 * 1024 * 1024
"""What a workbook may unpack to; one that says more was made to fill a disk."""
MOST_COLUMNS = 60
NOT_A_WORKBOOK = "The file is no workbook that can be read. Save it as XLSX or as CSV UTF-8."


def is_workbook(content: bytes) -> bool:
    """Whether a file is packed as workbooks are."""
    return content.startswith(b"PK\x03\x04")


def sheet_rows(content: bytes) -> Iterator[list[str]]:
    """The cells of each row as texts, days as 2019-10-31; raises UnreadableListError.

    Formulas are not worked out: what counts is the value that was saved with the workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableListError(NOT_A_WORKBOOK) from error
    if size > MOST_BYTES:
        raise UnreadableListError(
            f"The workbook unpacks to {size // 2**20:,} MB. Save its list alone as CSV UTF-8."
        )
    try:
        yield from _rows(content)
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError, EOFError) as error:
        # SyntaxError is what the parser of its XML raises.
        raise UnreadableListError(NOT_A_WORKBOOK) from error


def _rows(content: bytes) -> Iterator[list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not concern us
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet: Any = book.worksheets[0]
            sheet.reset_dimensions()  # what a workbook says of its size may be wrong
            for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
                cells = [_text(cell) for cell in row]
                while cells and not cells[-1]:
                    cells.pop()
                yield cells
        finally:
            book.close()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):  # of no place: its day is as written
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
