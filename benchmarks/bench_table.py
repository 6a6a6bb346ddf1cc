"""Stored responses to a typed table, against reading the same responses' answers as JSON.

Both start at the same SQLite database and end in memory: the table with every variable and every
bookkeeping column on one side, a list of answers as dicts (not yet a table) on the other. Much of
the latter is Python's garbage collector, which runs as it always does. The second line leaves the
database out of both.
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson
from sqlalchemy import Connection, create_engine, select

from benchmarks.crowd import Crowd, crowd
from benchmarks.lines import say, seconds
from engage import models  # noqa: F401  the other tables, which responses refer to
from engage.core.cleaning.table import coded_table
from engage.core.definition.model import Definition
from engage.extensions import Base, table_of
from engage.responses.coded import read_records
from engage.responses.models import Response

TABLE = table_of(Response)


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of the work; what it made is dropped outside the time."""
    start = time.process_time()
    made = work()
    seconds = time.process_time() - start
    del made
    return seconds


def store(file: Path, held: Crowd) -> None:
    """Write the crowd as responses of wave 1 into a new database."""
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine, [TABLE])
    engine.dispose()
    records = held.records
    rows = zip(
        records.ids,
        records.submissions,
        records.durations,
        records.modes,
        records.languages,
        records.sources,
        records.wards,
        records.codes,
        records.days,
        held.answers,
        strict=True,
    )
    with sqlite3.connect(file) as connection:
        connection.executemany(
            "insert into responses (wave_id, definition_id, id, submission, duration, mode, "
            "language, source, ward, codes, day, answers) values (1, 1, ?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
    connection.close()


def as_json(connection: Connection) -> list[dict]:
    """The answers of wave 1 as Python objects."""
    wanted = select(TABLE.c.answers).where(TABLE.c.wave_id == 1).order_by(TABLE.c.id)
    rows = connection.execute(wanted.execution_options(yield_per=20_000))
    return [orjson.loads(row.answers) for row in rows]


def in_memory(held: Crowd) -> None:
    """Both roads from what is in memory already."""
    table = timed(lambda: coded_table(held.definition, held.records))
    json = timed(lambda: [orjson.loads(text) for text in held.answers])
    line("the same without the database", table, json)


def from_database(definition: Definition, file: Path) -> None:
    """Both roads from the stored rows."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        table = timed(lambda: coded_table(definition, read_records(connection, 1, 1)))
        json = timed(lambda: as_json(connection))
    engine.dispose()
    line("stored responses to a table", table, json)


def run(count: int) -> None:
    """Measure both and print the ratios."""
    held = crowd(count)
    definition = held.definition
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.sqlite"
        store(file, held)
        in_memory(held)
        del held
        from_database(definition, file)


def line(what: str, table: float, json: float) -> None:
    """One comparison with its ratio and the most it may be."""
    ratio = table / json
    say(what, seconds(table), f"as JSON, {seconds(json)}", f"{ratio:.2f}", "0.20")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    run(parser.parse_args().count)
