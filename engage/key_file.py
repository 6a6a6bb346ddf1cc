"""Files that keep a key: made once, whole, and for their owner alone."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def kept_key(file: Path) -> str:
    """The key in a file that only its owner can read, made once if there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        _make_key(file)
    return file.read_text("ascii").strip()


def _make_key(file: Path) -> None:
    """Write a fresh key whole, then give it its name: nobody ever reads half a key.

    When two processes start together, the name goes to one of them and both read that file.
    """
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_urlsafe(48))
        opened.flush()
        os.fsync(opened.fileno())
    with suppress(FileExistsError):
        os.link(name, file)
    Path(name).unlink()
