"""`flask --app run downloads`: the bundle of a wave, or its board pack, straight to a file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from engage import clock
from engage.audit.log import record
from engage.downloads.board_pack import pack_of
from engage.downloads.bundle_files import write_bundle
from engage.downloads.kinds import FileKind
from engage.downloads.made import NothingToMakeError, OldFiguresError, Wanted
from engage.downloads.make import with_new_figures
from engage.extensions import db, site_settings
from engage.figures.refresh import NoFiguresError
from engage.waves.models import Wave, WaveState

downloads = AppGroup("downloads", help="Write the bundle or the board pack of a wave.")
PART = "part"


@downloads.command("bundle")
@click.argument("wave", type=int)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--figures-only", is_flag=True, help="Leave out the responses and the scripts.")
def bundle(wave: int, folder: Path, *, figures_only: bool) -> None:
    """Write every file of WAVE (its number) as one zip into FOLDER, and note that in the log.

    The responses in it are the ones that are safe to share in the council. Nobody else may read
    the file.
    """
    kind = FileKind.FIGURES_BUNDLE if figures_only else FileKind.BUNDLE
    now = clock.now()
    unfinished = folder / f".{kind}-{wave}.{PART}"
    try:
        name = with_new_figures(db.session(), wave, now, lambda: _write(wave, kind, unfinished))
        # Noted before it can be had: what could not be noted does not leave.
        record(
            db.session(),
            at=now,
            staff_id=None,
            action="file.exported",
            subject=f"wave:{wave}",
            detail={"kind": kind.value, "name": name},
        )
        db.session.commit()
        unfinished.replace(folder / name)
    except (NothingToMakeError, OldFiguresError, NoFiguresError, OSError) as error:
        raise click.ClickException(f"No bundle was written: {error}") from error
    finally:
        unfinished.unlink(missing_ok=True)
        db.session.rollback()
    click.echo(f"{folder / name}: {(folder / name).stat().st_size:,} bytes.")


@downloads.command("board-pack")
@click.argument("wave", type=int)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def board_pack(wave: int, file: Path) -> None:
    """Write the data pack of WAVE (its number) for a board as PDF to FILE, and note it in the log.

    It holds suppressed figures only.
    """
    try:
        name, content = _pack(wave)
        record(
            db.session(),
            at=clock.now(),
            staff_id=None,
            action="file.exported",
            subject=f"wave:{wave}",
            detail={"kind": FileKind.BOARD_PACK.value, "name": name},
        )
        db.session.commit()
        file.write_bytes(content)
    except (NothingToMakeError, OSError) as error:
        raise click.ClickException(f"No board pack was written: {error}") from error
    finally:
        db.session.rollback()
    click.echo(f"{file}: {file.stat().st_size:,} bytes.")


def _pack(wave_id: int) -> tuple[str, bytes]:
    with _reading() as reading:
        name, content, _run_id = pack_of(reading, _wanted(reading, wave_id))
    return name, content


def _write(wave_id: int, kind: FileKind, place: Path) -> str:
    only_we = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with _reading() as reading, os.fdopen(os.open(place, only_we, 0o600), "wb") as out:
        name, _run_id = write_bundle(reading, _wanted(reading, wave_id), out, kind, _tell)
    return name


@contextmanager
def _reading() -> Iterator[Session]:
    with (
        db.engine.connect().execution_options(read_only=True) as connection,
        Session(connection) as reading,
    ):
        yield reading


def _wanted(reading: Session, wave_id: int) -> Wanted:
    wave = reading.get(Wave, wave_id)
    if wave is None or wave.state == WaveState.DRAFT:
        raise NothingToMakeError(
            f"There is no wave {wave_id} in the field: `flask --app run waves list` has them."
        )
    council = site_settings().council_name
    return Wanted(wave, council, clock.now())


def _tell(name: str, done: int, rows: int) -> None:
    end = "\n" if done == rows else ""
    click.echo(f"\r{name}: {done:,} of {rows:,} responses{end}", err=True, nl=False)
