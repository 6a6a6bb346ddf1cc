"""Evidence as it comes in: what kind it is by its content, and its copy without what else is in it.

Nothing is written to a disk: the copy is made by a process that gets the file through a pipe.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from time import monotonic

PROGRAM = Path(__file__).with_name("clean_copy.py")
SECONDS = 30.0
"""For all copies of a form; files that come after it have none."""
LARGEST_COPY = 40 * 1024 * 1024
AT_ONCE = 2
"""Forms whose copies are made at once: each may take a gigabyte for a moment."""
WAIT = 5.0
"""Seconds until a form that finds no turn is sent back, so that other pages are still answered."""
_turns = BoundedSemaphore(AT_ONCE)
_lock, _at_work = Lock(), set[str]()

MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
MARKUP = (b"<?xml", b"<svg", b"<!doctype", b"<html", b"<script", b"{\\rtf")
"""How files begin that are text but do things; nobody sends them as evidence by themselves."""


def kind_of(content: bytes) -> str | None:
    """What a file is by its content, whatever it is called; None for what is not taken."""
    for start, kind in MAGIC:
        if content.startswith(start):
            return kind
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not content or b"\x00" in content or head.startswith(MARKUP):
        return None
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    strange = sum(not (each.isprintable() or each in "\r\n\t\ufeff") for each in words)
    return "text/plain" if strange * 100 <= len(words) else None


class BusyError(Exception):
    """As many copies are being made as can be, or others of the same report."""


@dataclass(slots=True)
class Turn:
    """Making the copies of the files of one form."""

    until: float

    @property
    def left(self) -> float:
        """Seconds that are left for it."""
        return max(0.0, self.until - monotonic())

    def copy_of(self, content: bytes, kind: str) -> bytes | None:
        """The copy of a file; None where none could be made of it, or no time is left."""
        return clean_copy(content, kind, seconds=left) if (left := self.left) else None


@contextmanager
def turn(report_id: str) -> Iterator[Turn]:
    """Keep others from making copies meanwhile; raises BusyError when it is not one's turn."""
    with _lock:
        if report_id in _at_work:
            raise BusyError
        _at_work.add(report_id)
    try:
        if not _turns.acquire(timeout=WAIT):
            raise BusyError
        try:
            yield Turn(monotonic() + SECONDS)
        finally:
            _turns.release()
    finally:
        with _lock:
            _at_work.discard(report_id)


def clean_copy(content: bytes, kind: str, *, seconds: float = SECONDS) -> bytes | None:
    """The copy that caseworkers look at first; None where none could be made of a broken file."""
    try:
        ran = subprocess.run(  # noqa: S603  our own program, with one of four words
            [sys.executable, "-I", str(PROGRAM), kind],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it says may quote the file
            timeout=seconds,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        return None
    if ran.returncode != 0 or not 0 < len(ran.stdout) <= LARGEST_COPY:
        return None
    return ran.stdout
