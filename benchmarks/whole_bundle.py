"""The bundle of a wave, from its stored responses to the stored zip, beside the plain libraries.

The wave and its figures are stored first, which is not measured. *Ours* is the worker's job: read
responses and figures, clean, weigh, make safe, write every file into a zip on disk, and store that
part by part. *Plain* is given the same tables, read and prepared by us in the same process, and
writes them as the libraries do by themselves: `to_csv`, `write_sav`, `write_table`, openpyxl cell
by cell, and `zipfile`. It writes no OpenDocument, no board pack, no descriptions and no checksums,
which flatters it. Memory is what each took at its peak beyond what the process held before.
"""

import argparse
import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
from flask import Flask
from flask_migrate import upgrade
from openpyxl import Workbook
from sqlalchemy.orm import Session

from benchmarks.alone import alone, report, watched
from benchmarks.bundle import plain_csv, plain_parquet, plain_sav
from benchmarks.dashboard import fill
from benchmarks.lines import say, seconds
from engage import clock
from engage.app import create_app
from engage.config import read_settings
from engage.core.export.metadata import COLUMNS
from engage.core.export.responses import ResponsesFile
from engage.downloads.board_pack import pack_pdf
from engage.downloads.coded import coded
from engage.downloads.content import Content
from engage.downloads.figure_files import book_of, content_of
from engage.downloads.kinds import FileKind
from engage.downloads.made import Wanted
from engage.downloads.make import make
from engage.downloads.tidy import figure_rows
from engage.extensions import db
from engage.figures.refresh import refresh
from engage.waves.models import Wave

MODULE = "benchmarks.whole_bundle"
MEGABYTE = 1 << 20


def application(folder: Path) -> Flask:
    """A site whose database is in the folder."""
    environ = {"INSTANCE_DIR": str(folder), "DEMO": "0", "COUNCIL_NAME": "Bench"}
    environ["DATABASE_URL"] = f"sqlite:///{folder / 'bench.sqlite'}"
    return create_app(read_settings(environ))


def ours(session: Session, wave_id: int, folder: Path, now: datetime) -> None:
    """The bundle as the worker makes it."""
    payload = {"wave_id": wave_id, "kind": FileKind.BUNDLE.value}
    make(session, payload, now, council="Bench", folder=folder)
    session.commit()


def prepare(session: Session, wave_id: int, _folder: Path, now: datetime) -> None:
    """What both sides need before anything is written."""
    read(session, wave_id, now)


def read(session: Session, wave_id: int, now: datetime) -> tuple[Wanted, Content, ResponsesFile]:
    """The figures of the wave and its responses, made safe."""
    wanted = Wanted(session.get_one(Wave, wave_id), "Bench", now)
    content = content_of(session, wanted)
    return wanted, content, coded(session, wanted, content).file


def pack(session: Session, wave_id: int, _folder: Path, now: datetime) -> None:
    """The data pack for a board, which no library call writes."""
    wanted = Wanted(session.get_one(Wave, wave_id), "Bench", now)
    pack_pdf(content_of(session, wanted), wanted.about(now, interim=False))


def plain(session: Session, wave_id: int, folder: Path, now: datetime) -> None:
    """The same tables by the plain library calls, put into a zip and read whole."""
    wanted, content, file = read(session, wave_id, now)
    place = folder / "plain.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for write in (plain_csv, plain_sav, plain_parquet):
            part = folder / write.__name__
            write(file, part)
            archive.write(part, part.name)
        rows = [*figure_rows(content.told.wave.name, content.figures)]
        frame = pd.DataFrame(rows, columns=[*COLUMNS])
        archive.writestr("indicators.csv", frame.to_csv(index=False))
        frame.astype(object).where(frame.notna(), None).to_parquet(folder / "indicators.parquet")
        archive.write(folder / "indicators.parquet", "indicators.parquet")
        archive.writestr("figures.xlsx", plain_book(content, wanted, now))
    place.with_suffix(".out").write_bytes(place.read_bytes())


def plain_book(content: Content, wanted: Wanted, now: datetime) -> bytes:
    """The sheets of the workbook by openpyxl, without a style."""
    book, out = Workbook(write_only=True), io.BytesIO()
    for sheet in book_of(content, wanted.about(now, interim=False)).sheets:
        made = book.create_sheet(sheet.name)
        made.append([each.text for each in sheet.headings])
        for row in sheet.rows:
            made.append([each if isinstance(each, int | float) else str(each) for each in row])
    book.save(out)
    return out.getvalue()


WAYS = {"ours": ours, "plain": plain, "prepare": prepare, "pack": pack}


def measure(folder: Path, who: str) -> None:
    """CPU seconds and memory of one way."""
    app, now = application(folder), clock.now()
    with app.app_context(), tempfile.TemporaryDirectory(dir=folder) as scratch:
        session = db.session()
        wave_id = session.query(Wave.id).order_by(Wave.id).limit(1).scalar()
        spent, memory = watched(lambda: WAYS[who](session, wave_id, Path(scratch), now))
        report({"seconds": spent, "memory": memory})


def run(counts: list[int]) -> None:
    """Measure all and print the ratios."""
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            with application(Path(folder)).app_context():
                upgrade()
                session = db.session()
                refresh(session, fill(session, count), clock.now())
                session.commit()
                db.session.remove()
                db.engine.dispose()
            found = {who: alone(MODULE, "--one", who, "--folder", folder).cpu for who in WAYS}
        told = {
            who: f"{seconds(each['seconds'])}, {each['memory'] / MEGABYTE:,.0f} MB"
            for who, each in found.items()
        }
        ratio = found["ours"]["seconds"] / found["plain"]["seconds"]
        say(f"the bundle of {count:,}, stored", told["ours"], f"plain library {told['plain']}",
            f"{ratio:.2f}")  # fmt: skip
        say(f"of that, reading and making safe {count:,}", told["prepare"])
        say("of that, the board pack", told["pack"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", choices=WAYS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--count", type=int, nargs="*", default=[100_000])
    given = parser.parse_args()
    if given.one:
        measure(given.folder, given.one)
    else:
        run(given.count)
