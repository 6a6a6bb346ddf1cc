"""`flask --app run backup FILE` and `flask --app run restore FILE`."""

import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext

from engage import clock
from engage.audit.commands import note_restored
from engage.backup.manifest import BackupError, Manifest
from engage.backup.service import database_at, make_backup, restore_backup
from engage.config import ROOT
from engage.extensions import db

FORGOTTEN = (
    "Sessions, answers that were not sent and unfinished jobs are not brought back. Everybody has "
    "to sign in again; ask again for figures and files that were still to be made. "
    "Codes for invited people are not brought back either: make new ones for those who have not "
    "answered. Paper forms that were counted stay counted, but can no longer be changed. "
    "Messages that waited are not sent, and messages to many that were on their way are stopped. "
    "Links that were mailed no longer work, but those that stop messages: invite staff who had not "
    "joined again. Results that were to be published on a day are not, and what waited for a "
    "second person is taken back: ask again. Stops, withdrawals and erasures since the backup, and "
    "editions, quotes and actions that were taken back, must be repeated before the site is "
    "started: see docs/deploy.md, part 8."
)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole database to the new FILE, while the site goes on."""
    with _told_plainly():
        database = database_at(db.engine.url)
        manifest = make_backup(database, file.resolve(), now=clock.now(), version=_version())
        click.echo(f"{file}: {_summary(manifest)}.")


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Lose what the database holds now.")
@with_appcontext
def restore(file: Path, *, replace: bool) -> None:
    """Put the backup FILE in the place of the database."""
    scripts = ScriptDirectory(current_app.config["MIGRATIONS_DIR"])
    known = [script.revision for script in scripts.walk_revisions()]
    with _told_plainly():
        database = database_at(db.engine.url)
        db.engine.dispose()
        manifest = restore_backup(database, file.resolve(), known=known, replace=replace)
        click.echo(f"Restored {_summary(manifest)}.")
    click.echo(FORGOTTEN)
    note_restored()
    if manifest.revision not in scripts.get_heads():
        click.echo("It is of an older version: run `flask --app run db upgrade` now.")


def _summary(manifest: Manifest) -> str:
    return (
        f"{manifest.total:,} rows in {len(manifest.rows)} tables, as of {manifest.made}, "
        f"Engage {manifest.version}, migration {manifest.revision}"
    )


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn what can go wrong into one plain line and exit status 1."""
    try:
        yield
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    except (sqlite3.Error, psycopg.Error, OSError) as error:
        raise click.ClickException(f"The database or the file did not let us: {error}") from error
