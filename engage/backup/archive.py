"""The backup file: a zip that only its owner may read, complete or not there at all."""

import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engage.backup.manifest import BackupError, Manifest, read_manifest

MANIFEST = "manifest.json"
DATABASE = "database"
CHUNK = 1 << 20


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """Give a folder of mode 700 on the same disk as `beside`, gone afterwards."""
    if not beside.parent.is_dir():
        raise BackupError(f"There is no folder {beside.parent}: make it first, with mode 700.")
    with tempfile.TemporaryDirectory(prefix=".engage-backup-", dir=beside.parent) as name:
        yield Path(name)


def fingerprint(file: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            digest.update(chunk)
    return file.stat().st_size, digest.hexdigest()


def pack(database: Path, manifest: Manifest, target: Path) -> None:
    """Write the backup `target`; raises BackupError if there is a file of that name."""
    made = database.with_name("backup.zip")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(MANIFEST, manifest.to_json())
            archive.write(database, DATABASE)
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(made, target)  # unlike a rename, never takes the place of another backup
    except FileExistsError as error:
        raise BackupError(f"{target} is there already: choose another name.") from error
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def unpack(source: Path, folder: Path) -> tuple[Path, Manifest]:
    """Take the database out of a backup into `folder`, checked against its manifest.

    Raises BackupError when the file is no backup, was cut short or was changed.
    """
    database = folder / DATABASE
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(archive.read(MANIFEST).decode())
            with archive.open(DATABASE) as member, database.open("xb") as opened:
                while chunk := member.read(CHUNK):
                    opened.write(chunk)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {source}: give the path of a backup.") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, UnicodeDecodeError, EOFError) as error:
        raise BackupError(
            f"{source} is not a whole backup ({error}): nothing was changed. Use another."
        ) from error
    if fingerprint(database) != (manifest.size, manifest.sha256):
        raise BackupError(
            f"{source} does not hold what its manifest says: nothing was changed. Use another."
        )
    return database, manifest
