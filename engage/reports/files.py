"""Evidence: the file as it came, with its hash, and a copy without what cameras add; both sealed.

In pieces, so that a server without much memory can keep a large file.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson
from sqlalchemy import Connection, delete, func, insert, select

from engage.extensions import table_of
from engage.reports.changing import touch
from engage.reports.holders import new_id
from engage.reports.models import ReportChunk, ReportFile
from engage.reports.rings import Ring, Rings
from engage.seals.box import BrokenSealError, lock, unlock

FILES, CHUNKS = table_of(ReportFile), table_of(ReportChunk)
Copy = Literal["original", "clean"]
CHUNK = 256 * 1024
"""Bytes of a file in a piece."""
STEP = 64 * 1024
"""Bytes: a piece is filled up to a multiple of it."""
ABOUT_STEP = 1024
MOST = 5
"""Files that a report can have."""
FROM_OUTSIDE: tuple[Ring, ...] = ("talk", "content")


class TooManyFilesError(Exception):
    """A report has as many files as it can have."""


class NoSuchFileError(LookupError):
    """There is no such file, or no such copy of it, that these keys open."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file of a report. `about` is what it was put with, and "size", "sha256", "clean_size".

    `sha256` (hexadecimal) is of the original; `clean_size` is None where there is no copy.
    """

    id: str
    ring: Ring
    about: Mapping[str, Any] = field(repr=False)


def put(
    connection: Connection,
    report_id: str,
    rings: Rings,
    about: Mapping[str, Any],
    *,
    original: bytes,
    clean: bytes | None,
    ring: Ring = "talk",
) -> str:
    """Add a file to a report; its id. Raises TooManyFilesError, and MissingRingError.

    `about` has what belongs to it, such as its name and kind. Files lie under `talk`: whoever
    gives evidence later need not want the centre that helped them at first to see it.
    """
    touch(connection, report_id)
    mine = select(func.count()).select_from(FILES).where(FILES.c.report_id == report_id)
    if (connection.scalar(mine) or 0) >= MOST:
        raise TooManyFilesError(f"A report can have {MOST} files.")
    file_id, key = new_id(), rings.key(ring)
    said = dict(about) | {
        "size": len(original),
        "sha256": hashlib.sha256(original).hexdigest(),
        "clean_size": None if clean is None else len(clean),
    }
    sealed = lock(key, orjson.dumps(said), _about(report_id, file_id), step=ABOUT_STEP)
    connection.execute(insert(FILES).values(id=file_id, report_id=report_id, about=sealed))
    copies: dict[Copy, bytes | None] = {"original": original, "clean": clean}
    for copy, content in copies.items():
        for number, piece in enumerate(_pieces(content)):
            named = _about(report_id, file_id, copy, number)
            row = {"file_id": file_id, "copy": copy, "number": number}
            row["sealed"] = lock(key, piece, named, step=STEP)
            connection.execute(insert(CHUNKS), row)
    return file_id


def listed(connection: Connection, report_id: str, rings: Rings) -> list[Evidence]:
    """The files of a report that these keys open, in no order: `about` may say when they came."""
    rows = connection.execute(
        select(FILES.c.id, FILES.c.about).where(FILES.c.report_id == report_id).order_by(FILES.c.id)
    )
    opened = (_opened(report_id, rings, file_id, sealed) for file_id, sealed in rows)
    return [each for each in opened if each is not None]


def fetch(
    connection: Connection, report_id: str, rings: Rings, file_id: str, copy: Copy
) -> tuple[Evidence, bytes]:
    """A file and the bytes of one of its copies.

    Raises NoSuchFileError, and BrokenSealError when a piece is missing or was changed.
    """
    sealed = connection.scalar(
        select(FILES.c.about).where(FILES.c.id == file_id, FILES.c.report_id == report_id)
    )
    found = None if sealed is None else _opened(report_id, rings, file_id, sealed)
    size = None if found is None else found.about["size" if copy == "original" else "clean_size"]
    if found is None or size is None:
        raise NoSuchFileError(f"There is no {copy} copy of that file that these keys open.")
    key = rings.key(found.ring)
    pieces = connection.execute(
        select(CHUNKS.c.number, CHUNKS.c.sealed)
        .where(CHUNKS.c.file_id == file_id, CHUNKS.c.copy == copy)
        .order_by(CHUNKS.c.number)
    )
    content = b"".join(
        unlock(key, each, _about(report_id, file_id, copy, number)) for number, each in pieces
    )
    if len(content) != size:
        raise BrokenSealError("A piece of this file is missing.")
    return found, content


def remove(connection: Connection, report_id: str, file_id: str) -> None:
    """Delete a file with every copy of it."""
    connection.execute(delete(FILES).where(FILES.c.id == file_id, FILES.c.report_id == report_id))


def _opened(report_id: str, rings: Rings, file_id: str, sealed: bytes) -> Evidence | None:
    """What is known of a file, by whichever key it lies under; None if that is not here."""
    for ring in FROM_OUTSIDE:
        if rings.has(ring):
            try:
                about = unlock(rings.key(ring), sealed, _about(report_id, file_id))
            except BrokenSealError:
                continue
            return Evidence(file_id, ring, orjson.loads(about))
    return None


def _pieces(content: bytes | None) -> Iterator[bytes]:
    if content is not None:
        # lock() needs a byte more for its end, so that a full piece stays one of 256 KiB.
        for start in range(0, max(len(content), 1), CHUNK - 1):
            yield content[start : start + CHUNK - 1]


def _about(report_id: str, file_id: str, copy: str = "", number: int = 0) -> bytes:
    return f"report/{report_id}/file/{file_id}/{copy}/{number}".encode()
