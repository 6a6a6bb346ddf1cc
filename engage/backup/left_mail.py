"""The dump of a PostgreSQL database with, beside it, the messages that have left.

pg_dump takes a table whole or not at all. Messages that wait say things that are nobody's but their
reader's, with links that work; but those that have left must stay known, or a restore writes them
anew. So the dump has none of them, and these are a script of their own.
"""

import tarfile
from pathlib import Path

import psycopg
from psycopg import sql

from engage.backup.forgotten import WAITING_MAIL

TABLE = "outgoing_messages"
DUMP, SCRIPT = "database.dump", "left.sql"
COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = 'public.outgoing_messages'::regclass AND attnum > 0 AND NOT attisdropped
ORDER BY attnum
"""


def write(connection: psycopg.Connection, target: Path) -> int:
    """Write the messages that have left, as psql loads them, into a new file; how many.

    They are those of the moment that the connection's transaction sees.
    """
    names = [sql.Identifier(name) for (name,) in connection.execute(COLUMNS)]
    columns = sql.SQL(", ").join(names)
    where = sql.SQL("FROM public.outgoing_messages WHERE NOT ({})").format(sql.SQL(WAITING_MAIL))
    asked = sql.SQL("COPY (SELECT {} {}) TO STDOUT").format(columns, where)
    begun = sql.SQL("COPY public.outgoing_messages ({}) FROM stdin;\n").format(columns)
    with target.open("wb") as script, connection.cursor() as cursor:
        script.write(begun.as_string(connection).encode())
        with cursor.copy(asked) as rows:
            for row in rows:
                script.write(row)
        script.write(b"\\.\n")
    counted = connection.execute(sql.SQL("SELECT count(*) {}").format(where)).fetchone()
    return int(counted[0]) if counted else 0


def pack(target: Path, dump: Path, script: Path | None) -> None:
    """Put the dump and the script into one file, and delete them."""
    with tarfile.open(target, "w") as packed:
        for name, file in ((DUMP, dump), (SCRIPT, script)):
            if file is not None:
                packed.add(file, name)
                file.unlink()


def unpack(database: Path) -> tuple[Path, Path | None]:
    """The dump and the script beside a packed file; a backup of an earlier version is a dump."""
    if not tarfile.is_tarfile(database):
        return database, None
    dump, script = database.parent / DUMP, database.parent / SCRIPT
    if not dump.exists():
        with tarfile.open(database) as packed:
            for name in {DUMP, SCRIPT} & set(packed.getnames()):
                packed.extract(name, database.parent, filter="data")
    return dump, script if script.exists() else None
