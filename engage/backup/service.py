"""Make a backup and put one back, for either kind of database."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL

from engage.backup.archive import DATABASE, fingerprint, pack, unpack, workplace
from engage.backup.manifest import BackupError, Manifest, Snapshot
from engage.backup.postgresql import PostgresDatabase
from engage.backup.sqlite import SqliteDatabase


class Database(Protocol):
    """What a kind of database must be able to do."""

    @property
    def kind(self) -> str: ...
    def snapshot(self, target: Path) -> Snapshot: ...
    def rows(self) -> dict[str, int]: ...
    def check(self, database: Path, manifest: Manifest) -> None: ...
    def replace(self, database: Path, manifest: Manifest) -> None: ...


def database_at(url: URL) -> Database:
    """Find the database of an SQLAlchemy address; raises BackupError where none can be kept."""
    if url.get_backend_name() == "postgresql":
        plain = url.set(drivername="postgresql")
        return PostgresDatabase(plain.render_as_string(hide_password=False))
    if not url.database or url.database == ":memory:":
        raise BackupError("The database is in memory only: set DATABASE_URL to one that lasts.")
    return SqliteDatabase(Path(url.database))


def make_backup(database: Database, target: Path, *, now: datetime, version: str) -> Manifest:
    """Write a checked backup of `database` to the new file `target` and say what it holds."""
    if target.exists():
        raise BackupError(f"{target} is there already: choose another name.")
    with workplace(target) as folder:
        copy = folder / DATABASE
        snapshot = database.snapshot(copy)
        if not snapshot.revision:
            raise BackupError("The database is empty: run `flask --app run db upgrade` first.")
        size, digest = fingerprint(copy)
        manifest = Manifest(
            made=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            version=version,
            database=database.kind,
            revision=snapshot.revision,
            rows=snapshot.rows,
            size=size,
            sha256=digest,
        )
        pack(copy, manifest, target)
    return manifest


def restore_backup(
    database: Database, source: Path, *, known: Iterable[str], replace: bool
) -> Manifest:
    """Put a backup in the place of `database`, whole or not at all, and say what it held.

    Everything that can be checked is checked first. `known` are the migrations of this version of
    Engage; `replace` allows that rows which are there now are lost. Sessions, drafts, unfinished
    jobs, mail that waits and mailed links of the backup are not put back.
    """
    with workplace(source) as folder:
        file, manifest = unpack(source, folder)
        if manifest.database != database.kind:
            raise BackupError(
                f"The backup is of {manifest.database}, the database here is {database.kind}: "
                "set DATABASE_URL to one of the same kind."
            )
        if manifest.revision not in set(known):
            raise BackupError(
                f"The backup was made by Engage {manifest.version} after migration "
                f"{manifest.revision}, which this version does not know: install that version."
            )
        database.check(file, manifest)
        _refuse_to_lose(database, replace=replace)
        database.replace(file, manifest)
    return manifest


def _refuse_to_lose(database: Database, *, replace: bool) -> None:
    held = {name: count for name, count in database.rows().items() if count}
    held.pop("alembic_version", None)
    if held and not replace:
        listed = ", ".join(f"{name} {count}" for name, count in sorted(held.items()))
        raise BackupError(
            f"The database is not empty ({listed}). Restoring loses what it holds: make a backup "
            "of it, then add --replace."
        )
