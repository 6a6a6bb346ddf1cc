"""Files of figures as the worker makes them, opened again."""

import csv
import io

import openpyxl
from conftest import NOON
from sqlalchemy import select

from engage.downloads.make import make
from engage.downloads.models import MadeFile
from engage.downloads.parts import parts_of
from engage.extensions import db


def content_of(file: MadeFile) -> bytes:
    """The bytes of a made file."""
    return b"".join(parts_of(db.engine, file.id, file.size))


def files_of(wave, kind: str) -> dict[str, bytes]:
    """The wave's files by kind, once this one is made anew."""
    make(db.session(), {"kind": kind, "wave_id": wave.id}, NOON, council="Testham Council")
    db.session.commit()
    mine = select(MadeFile).filter_by(wave_id=wave.id)
    return {file.kind: content_of(file) for file in db.session.scalars(mine)}


def book_of(wave) -> openpyxl.Workbook:
    """The workbook of a wave's figures."""
    return openpyxl.load_workbook(io.BytesIO(files_of(wave, "indicators_xlsx")["indicators_xlsx"]))


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table_of(sheet) -> list[tuple]:
    """The heading and the rows of the one table of a sheet."""
    (place,) = [reference for _name, reference in sheet.tables.items()]
    return [tuple(cell.value for cell in row) for row in sheet[place]]


def told_in(sheet) -> list[dict[str, object]]:
    """The rows of the one table of a sheet by its headings."""
    heading, *rows = table_of(sheet)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def notes_of(book) -> list[str]:
    """What the sheet of notes says."""
    return [str(row["Note"]) for row in told_in(book["Notes"])]
