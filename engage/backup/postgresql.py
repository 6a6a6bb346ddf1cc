"""Backups of PostgreSQL by its own programs: one snapshot, put back in one transaction."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import pq, sql

from engage.backup import left_mail
from engage.backup.forgotten import LEFT_OUT, statements
from engage.backup.manifest import BackupError, Manifest, Snapshot

TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename
"""
PLAIN = ("--no-owner", "--no-privileges")
ENUMS = """
SELECT t.typname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE n.nspname = 'public' AND t.typtype = 'e' ORDER BY t.typname
"""


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """A PostgreSQL database, by its libpq address (`postgresql://...`)."""

    address: str

    kind = "postgresql"

    def snapshot(self, target: Path) -> Snapshot:
        """Dump the database as it is at one moment into the new file `target`.

        The rows are counted in a transaction whose snapshot pg_dump is then given, so that both saw
        the same moment; nobody is kept from writing. Messages that wait are not in it.
        """
        dump, script = (target.with_name(name) for name in (left_mail.DUMP, left_mail.SCRIPT))
        with psycopg.connect(self.address) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            (moment,) = _one(connection, sql.SQL("SELECT pg_export_snapshot()"))
            described = _described(connection)
            rows = {name: 0 if name in LEFT_OUT else n for name, n in described.rows.items()}
            mailed = left_mail.TABLE in rows
            if mailed:
                rows[left_mail.TABLE] = left_mail.write(connection, script)
            without = [
                f"--exclude-table-data=public.{name}" for name in (*LEFT_OUT, left_mail.TABLE)
            ]
            given = ("--format=custom", *PLAIN, *without, f"--snapshot={moment}")
            self._run("pg_dump", *given, f"--file={dump}")
        left_mail.pack(target, dump, script if mailed else None)
        return Snapshot(described.revision, rows)

    def rows(self) -> dict[str, int]:
        """Count the rows of each table now."""
        with psycopg.connect(self.address) as connection:
            return _described(connection).rows

    def check(self, database: Path, manifest: Manifest) -> None:
        """Raise BackupError unless the dump lists each table in the manifest, with its rows."""
        dump, script = left_mail.unpack(database)
        listed = self._run("pg_restore", "--list", str(dump))
        bare = {*LEFT_OUT, left_mail.TABLE} if script else {*LEFT_OUT}
        kinds = {name: "TABLE" if name in bare else "TABLE DATA" for name in manifest.rows}
        missing = [name for name, kind in kinds.items() if f" {kind} public {name} " not in listed]
        if missing:
            raise BackupError(
                f"The backup's dump lacks the table {missing[0]}: nothing was changed. Use another."
            )

    def replace(self, database: Path, manifest: Manifest) -> None:
        """Drop what is there, load the dump and count it again, in one transaction.

        Then delete what is not to be brought back.
        """
        dump, script = left_mail.unpack(database)
        names = ("1-drop.sql", "2-load.sql", "3-count.sql", "4-forget.sql")
        steps = [database.parent / name for name in names]
        steps[0].write_text(self._drop_all(), encoding="utf-8")
        self._run("pg_restore", *PLAIN, f"--file={steps[1]}", str(dump))
        steps[2].write_text(_recount(manifest.rows), encoding="utf-8")
        # pg_restore leaves the search path empty.
        forget = ["SET search_path = public;", *statements(manifest.rows), ""]
        steps[3].write_text("\n".join(forget), encoding="utf-8")
        if script is not None:
            steps.insert(2, script)
        quietly = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
        self._run("psql", *quietly, "--single-transaction", *(f"--file={step}" for step in steps))

    def _drop_all(self) -> str:
        """Write the statements that drop every table and enumeration (all are in `public`)."""
        with psycopg.connect(self.address) as connection:
            lines = [
                sql.SQL("DROP {} {} CASCADE;").format(sql.SQL(kind), sql.Identifier(name))
                for kind, query in (("TABLE", TABLES), ("TYPE", ENUMS))
                for (name,) in connection.execute(query).fetchall()
            ]
            drops = "\n".join(line.as_string(connection) for line in lines)
        # A process that reads must not hang us, and what goes with a table is no news.
        return f"SET lock_timeout = '30s';\nSET client_min_messages = warning;\n{drops}\n"

    def _run(self, program: str, *arguments: str) -> str:
        """Run a PostgreSQL program on this database; the password goes by the environment."""
        path = shutil.which(program)
        if path is None:
            raise BackupError(
                f"{program} is not installed: apt-get install postgresql-client "
                "(of the server's version or newer)."
            )
        done = subprocess.run(  # noqa: S603 (a program found by name, arguments made here)
            [path, *arguments], env=self._environment(), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            reason = done.stderr.strip() or "it gave no reason"
            if "version mismatch" in reason:
                reason += "\nInstall the postgresql-client package of the server's version."
            raise BackupError(f"{program} failed: {reason}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """Give the address to libpq by its own environment variables, whatever it holds."""
        options = pq.Conninfo.parse(self.address.encode())
        given = {
            option.envvar.decode(): option.val.decode()
            for option in options
            if option.envvar and option.val
        }
        return {**os.environ, **given}


def _one(connection: psycopg.Connection, query: sql.SQL | sql.Composed) -> tuple[object, ...]:
    row: tuple[object, ...] | None = connection.execute(query).fetchone()
    if row is None:
        raise BackupError("PostgreSQL gave no answer where one row was asked for.")
    return row


def _described(connection: psycopg.Connection) -> Snapshot:
    rows = {}
    for (name,) in connection.execute(TABLES).fetchall():
        (count,) = _one(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        rows[name] = int(str(count))
    revision = ""
    if rows.get("alembic_version"):
        (found,) = _one(connection, sql.SQL("SELECT version_num FROM alembic_version"))
        revision = str(found)
    return Snapshot(revision, rows)


def _recount(rows: dict[str, int]) -> str:
    """Write statements that undo the restore unless every table holds what the manifest lists."""
    lines = ["DO $recount$", "BEGIN"]
    for name, count in rows.items():
        table = sql.Identifier("public", name).as_string()
        lines.append(
            f"IF (SELECT count(*) FROM {table}) <> {count} "  # noqa: S608 (quoted; a number)
            f"THEN RAISE EXCEPTION 'a table does not hold the rows of the manifest'; END IF;"
        )
    return "\n".join([*lines, "END", "$recount$;", ""])
