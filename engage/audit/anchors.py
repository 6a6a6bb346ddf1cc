"""Anchors: where the chain of the audit log stood, written down outside the database.

Whoever can write to the database can write a whole chain anew. They cannot make it agree with what
a file of another owner, a printout or another machine says. A line is `NUMBER HASH MOMENT`; after a
backup was put back, a line `restored NUMBER HASH MOMENT` says where the log stands since.
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engage.extensions import site_settings

logger = logging.getLogger("engage.audit")

LINE = re.compile(r"(restored )?(\d{1,18}) ([0-9a-f]{64}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The chain stood at this event, with this hash; `at` is the moment of the event."""

    number: int
    hash: bytes
    at: datetime
    restored: bool = False

    def line(self) -> str:
        """Write it down."""
        word = "restored " if self.restored else ""
        moment = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{word}{self.number} {self.hash.hex()} {moment}"


def file_of_site() -> Path:
    """The file in which this site keeps its anchors."""
    settings = site_settings()
    return settings.audit_anchors


def drop(anchor: Anchor) -> None:
    """Write an anchor into the site's file. What it tells of is stored, so a fault is only told."""
    file = file_of_site()
    try:
        append(file, anchor)
    except OSError as error:
        logger.error(  # noqa: TRY400  the reason is enough
            "anchor=%d file=%s failed=%s", anchor.number, file, error.strerror
        )


def append(file: Path, anchor: Anchor) -> None:
    """Add a line to the end of a file that only its owner can read; raises OSError.

    A line goes in one write, so those of several processes do not mix; they may change places.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{anchor.line()}\n".encode("ascii"))
    finally:
        os.close(descriptor)


def read(file: Path) -> tuple[list[Anchor], int]:
    """The anchors in a file, in its order, and how many of its lines are none; raises OSError."""
    lines = [line.strip() for line in file.read_text("ascii", errors="replace").splitlines()]
    found = [anchor for line in lines for anchor in _anchors(line)]
    return found, sum(1 for line in lines if line) - len(found)


def _anchors(line: str) -> Iterator[Anchor]:
    match = LINE.fullmatch(line)
    if match:
        word, number, digest, moment = match.groups()
        at = datetime.fromisoformat(moment)
        yield Anchor(int(number), bytes.fromhex(digest), at, restored=bool(word))


def standing(anchors: Iterable[Anchor]) -> list[Anchor]:
    """The anchors that still hold: a restore ends those of events that were lost by it."""
    kept: list[Anchor] = []
    for anchor in anchors:
        if anchor.restored:
            kept = [each for each in kept if each.number <= anchor.number]
        kept.append(anchor)
    return kept
