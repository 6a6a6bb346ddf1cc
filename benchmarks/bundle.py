"""Writing responses for statistics programs, beside the plain library call for the same bytes.

A table of 100,000 and of 1,000,000 responses, made safe, stands in memory: two bytes or so an
answer. What is measured is writing it to a file: CSV beside pandas' `to_csv`, SPSS beside
`pyreadstat.write_sav`, Parquet beside `pyarrow.parquet.write_table`, each of which is given a whole
table of its own kind, and all three in one zip with checksums beside the three calls and `zipfile`.
Last the whole way of the button: the CSV in a zip, stored part by part and handed over again.
Memory is what writing took at its peak beyond what was there before. Each is a process of its own.
"""

import argparse
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.alone import alone, report, watched
from benchmarks.crowd import WARDS, crowd
from benchmarks.lines import say, seconds
from engage.core.cleaning.table import coded_table
from engage.core.export.about import About
from engage.core.export.archive import Archive
from engage.core.export.bundle import write_zip
from engage.core.export.parquet import write_parquet
from engage.core.export.responses import Areas, ResponsesFile
from engage.core.export.safe_responses import safe_responses
from engage.core.export.sav import numbers_in, spss_labels, write_sav
from engage.core.export.sav_codes import names_of
from engage.core.export.spans import ROWS
from engage.downloads.parts import PARTS, parts_of, put, size_of

MODULE = "benchmarks.bundle"
ABOUT = About("Council", "Survey", "fear_of_crime", 1, "2026", datetime(2026, 3, 2, tzinfo=UTC))
MEGABYTE = 1 << 20
Write = Callable[[ResponsesFile, Path], None]


def people(count: int) -> ResponsesFile:
    """So many responses, made safe, with weights."""
    held = crowd(count)
    table = coded_table(held.definition, held.records)
    del held.records.codes[:], held.answers[:]
    names = {code: code for code in WARDS}
    areas = Areas(
        names, {"N": "North", "S": "South"}, {code: "NS"[code > WARDS[11]] for code in WARDS}
    )
    weights = np.random.default_rng(1).lognormal(size=count)
    return safe_responses(held.definition, table, areas, weights=weights)


def ours_csv(file: ResponsesFile, place: Path) -> None:
    """Our CSV, part by part."""
    with place.open("wb") as out:
        out.writelines(file.coded_parts())


def plain_csv(file: ResponsesFile, place: Path) -> None:
    """The same by pandas."""
    coded(file).to_csv(place, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def coded(file: ResponsesFile) -> pd.DataFrame:
    """The table as files have it: the codes as they are written, whole numbers without a point."""
    made = {}
    for column in file.columns:
        values = file.table[column.name]
        if isinstance(values.dtype, pd.CategoricalDtype):
            names = [str(column.written(str(code))) for code in values.cat.categories]
            made[column.heading] = values.cat.rename_categories(names)
        else:
            made[column.heading] = values
    return pd.DataFrame(made)


def ours_sav(file: ResponsesFile, place: Path) -> None:
    """Our SPSS file."""
    with place.open("wb") as out:
        write_sav(out, file, ABOUT)


def plain_sav(file: ResponsesFile, place: Path) -> None:
    """The same by pyreadstat, from a table of numbers."""
    numbers, names = numbers_in(file), names_of(file.columns)
    made = {}
    for column in file.columns:
        values = file.table[column.name]
        if column.name in numbers:
            codes = [numbers[column.name][str(code)] for code in values.cat.categories]
            made[names[column.name]] = np.array([*codes, np.nan])[values.cat.codes.to_numpy()]
        else:
            made[names[column.name]] = values.to_numpy()
    labels = spss_labels(file.columns, names, numbers)
    pyreadstat.write_sav(pd.DataFrame(made), str(place), file_label="Survey 2026", **labels)


def ours_parquet(file: ResponsesFile, place: Path) -> None:
    """Our Parquet."""
    with place.open("wb") as out:
        write_parquet(out, file, ABOUT)


def plain_parquet(file: ResponsesFile, place: Path) -> None:
    """The same by pyarrow, from a whole table."""
    pq.write_table(
        pa.Table.from_pandas(coded(file), preserve_index=False),
        place,
        compression="zstd",
        row_group_size=ROWS,
    )


def ours_zip(file: ResponsesFile, place: Path) -> None:
    """All three in one zip with a manifest."""
    with place.open("wb") as out:
        archive = Archive(out, ABOUT)
        archive.put("responses.csv", "", file.coded_parts())
        with archive.file("responses.sav", "") as sav:
            write_sav(sav, file, ABOUT)
        with archive.file("responses.parquet", "") as parquet:
            write_parquet(parquet, file, ABOUT)
        archive.close()


def plain_zip(file: ResponsesFile, place: Path) -> None:
    """The three calls, and their files put into a zip."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for write in (plain_csv, plain_sav, plain_parquet):
            part = place.with_suffix(f".{write.__name__}")
            write(file, part)
            archive.write(part, part.name)


def ours_button(file: ResponsesFile, place: Path) -> None:
    """The export of the button: into a zip on disk, into the database by parts, out of it again."""
    engine = create_engine(f"sqlite:///{place.with_suffix('.sqlite')}")
    PARTS.create(engine)
    with TemporaryFile(dir=place.parent) as scratch, Session(engine) as session:
        write_zip(scratch, {"responses.csv": file.coded_parts()}, made_at=ABOUT.made_at)
        size = size_of(scratch)
        put(session, 1, scratch)
    with place.open("wb") as out:
        out.writelines(parts_of(engine, 1, size))
    engine.dispose()


def plain_button(file: ResponsesFile, place: Path) -> None:
    """The same zip by pandas and `zipfile`, read whole as who hands it over plainly would."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        part = place.with_suffix(".csv")
        plain_csv(file, part)
        archive.write(part, "responses.csv")
    place.with_suffix(".out").write_bytes(place.read_bytes())


WRITERS: dict[str, tuple[Write, Write]] = {
    "CSV": (ours_csv, plain_csv),
    "SPSS": (ours_sav, plain_sav),
    "Parquet": (ours_parquet, plain_parquet),
    "zip of all three": (ours_zip, plain_zip),
    "zip by the button": (ours_button, plain_button),
}


def measure(what: str, *, ours: bool, count: int) -> None:
    """CPU seconds of writing once, and the memory beyond what the table needs."""
    file = people(count)
    write = WRITERS[what][0 if ours else 1]
    with tempfile.TemporaryDirectory() as folder:
        (warm := Path(folder) / "warm").mkdir()
        write(ResponsesFile(file.columns, file.table.head(100)), warm / "made")
        spent, memory = watched(lambda: write(file, Path(folder) / "made"))
    report({"seconds": spent, "memory": memory})


def run(counts: list[int]) -> None:
    """Measure all and print the ratios."""
    for count in counts:
        for what in WRITERS:
            found = [
                alone(MODULE, "--one", what, "--who", who, "--count", count).cpu
                for who in ("ours", "plain")
            ]
            mine, plain = found
            told = [
                f"{seconds(each['seconds'])}, {each['memory'] / MEGABYTE:,.0f} MB" for each in found
            ]
            ratio = mine["seconds"] / plain["seconds"]
            say(
                f"{count:,} responses as {what}",
                told[0],
                f"plain library {told[1]}",
                f"{ratio:.2f}",
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", choices=WRITERS)
    parser.add_argument("--who", choices=("ours", "plain"))
    parser.add_argument("--count", type=int, nargs="*", default=[100_000, 1_000_000])
    given = parser.parse_args()
    if given.one:
        measure(given.one, ours=given.who == "ours", count=given.count[0])
    else:
        run(given.count)
