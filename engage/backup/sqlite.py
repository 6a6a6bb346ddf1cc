"""Backups of SQLite by its online backup interface: one moment's state, while others write."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engage.backup.forgotten import LEFT_OUT, WAITING_MAIL, statements
from engage.backup.manifest import BackupError, Manifest, Snapshot

WAIT = 60.0
"""Seconds to wait for a writer."""


@dataclass(frozen=True, slots=True)
class SqliteDatabase:
    """A SQLite database in a file."""

    path: Path

    kind = "sqlite"

    def snapshot(self, target: Path) -> Snapshot:
        """Copy the database as it is at one moment into the new file `target`.

        One step copies every page inside one read transaction; in WAL mode writers go on meanwhile.
        (In smaller steps every write by another process would start the copy again.)
        """
        with _opened(self.path) as live, _opened(target) as copy:
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            _check_integrity(copy, "The database")
            there = _described(copy).rows
            for table in LEFT_OUT:
                if table in there:
                    copy.execute(f"DELETE FROM {table}")  # noqa: S608 (a constant of ours)
            if "outgoing_messages" in there:
                copy.execute(f"DELETE FROM outgoing_messages WHERE {WAITING_MAIL}")  # noqa: S608
            copy.execute("VACUUM")  # what was deleted would stay in free pages
            return _described(copy)

    def rows(self) -> dict[str, int]:
        """Count the rows of each table now; no table where there is no database yet."""
        if not self.path.exists():
            return {}
        with _opened(self.path) as live:
            return _described(live).rows

    def check(self, database: Path, manifest: Manifest) -> None:
        """Raise BackupError unless the file is a sound database with the manifest's rows."""
        with _opened(database) as copy:
            _check_integrity(copy, "The backup's database")
            if _described(copy) != Snapshot(manifest.revision, manifest.rows):
                raise BackupError(
                    "The backup's database does not hold the rows that its manifest lists: "
                    "nothing was changed. Use another."
                )

    def replace(self, database: Path, manifest: Manifest) -> None:
        """Put the checked file in the place of the live database, in one transaction.

        What is not to be brought back is deleted from the file first.

        SQLite writes the pages through its own journal: after a power cut the old state is there
        or the new one, and processes that have the database open see the new one. (A file moved
        over the live one would meet the old one's write-ahead log.)
        """
        with _opened(database) as copy, _opened(self.path) as live:
            copy.execute("PRAGMA secure_delete=ON")
            for statement in statements(manifest.rows):
                copy.execute(statement)
            live.execute("PRAGMA synchronous=FULL")
            copy.backup(live, pages=-1)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, timeout=WAIT, isolation_level=None))


def _check_integrity(connection: sqlite3.Connection, name: str) -> None:
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        raise BackupError(f"{name} is damaged ({found[0]}): take the last good backup.")


def _described(connection: sqlite3.Connection) -> Snapshot:
    """Count every table and read the migration, in one transaction."""
    connection.execute("BEGIN")
    try:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' "
                "AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        rows = {name: _count(connection, name) for name in names}
        revision = ""
        if rows.get("alembic_version"):
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.execute("ROLLBACK")
    return Snapshot(revision, rows)


def _count(connection: sqlite3.Connection, table: str) -> int:
    quoted = '"' + table.replace('"', '""') + '"'
    (count,) = connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608 (quoted)
    return int(count)
