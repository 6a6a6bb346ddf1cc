"""Verifying the site's own log against anchors in a file: for the command and for the worker."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engage.audit import anchors
from engage.audit.verify import Told, Verdict, verify
from engage.extensions import db


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and how many lines of the file are no anchors."""

    verdict: Verdict
    broken: int


def check(source: Path, now: datetime, told: Told = lambda _done, _of: None) -> Checked:
    """Read the whole log and hold it against the anchors in a file, if there is one.

    It sees one moment throughout: else an event that comes meanwhile would look like a fault.
    """
    try:
        known, broken = anchors.read(source)
    except FileNotFoundError:
        known, broken = [], 0
    with db.engine.connect().execution_options(read_only=True) as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        return Checked(verify(connection, known, now, told), broken)
