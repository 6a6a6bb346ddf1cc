"""Several files as one: a zip whose bytes follow from its content and the time it was made."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import BinaryIO


def write_zip(
    out: BinaryIO, files: Mapping[str, bytes | Iterable[bytes]], *, made_at: datetime
) -> None:
    """Write a compressed zip of files that come whole or in parts; none is held in memory."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            with archive.open(entry_of(name, made_at), "w", force_zip64=True) as inside:
                for part in [content] if isinstance(content, bytes) else content:
                    inside.write(part)


def zip_bytes(files: Mapping[str, bytes], *, made_at: datetime) -> bytes:
    """A compressed zip of the files by name, each dated when it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(entry_of(name, made_at), content)
    return made.getvalue()


def entry_of(name: str, made_at: datetime) -> zipfile.ZipInfo:
    """The heading of a compressed file in a zip, dated when it was made."""
    entry = zipfile.ZipInfo(name, made_at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 3  # the same on every system
    return entry
