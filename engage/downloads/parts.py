"""The bytes of made files in the database, part by part: nobody holds a whole file in memory.

Each part is a transaction of its own, so that nobody who answers waits while a long file is stored.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from engage.downloads.models import FilePart
from engage.extensions import table_of

PARTS = table_of(FilePart)
PART = 1 << 20
"""Bytes of a part."""


class FileGoneError(LookupError):
    """A file that was deleted while it was handed over."""


def as_file(content: bytes | BinaryIO) -> BinaryIO:
    """The content to be read from its beginning."""
    out = io.BytesIO(content) if isinstance(content, bytes) else content
    out.seek(0)
    return out


def size_of(file: BinaryIO) -> int:
    """How many bytes a file has; it is read from its beginning afterwards."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size


def put(session: Session, file_id: int, file: BinaryIO) -> None:
    """Store the bytes of a file, committing after each part."""
    number = 0
    while content := file.read(PART):
        row = {"file_id": file_id, "number": number, "content": content}
        session.execute(insert(PARTS), row)
        session.commit()
        number += 1


def parts_of(engine: Engine, file_id: int, size: int) -> Iterator[bytes]:
    """The bytes of a file, a part at a time.

    No connection is held between two parts: who takes a file slowly keeps nobody else waiting.
    Raises FileGoneError where the file is deleted meanwhile, so that a broken one is seen as such.
    """
    number = given = 0
    while given < size:
        wanted = select(PARTS.c.content).where(PARTS.c.file_id == file_id, PARTS.c.number == number)
        with engine.connect().execution_options(read_only=True) as connection:
            content = connection.execute(wanted).scalar_one_or_none()
        if content is None:
            raise FileGoneError(f"File {file_id} was deleted while somebody took it.")
        yield bytes(content)
        number, given = number + 1, given + len(content)
