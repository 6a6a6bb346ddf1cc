"""What a backup says about itself, and what it is checked against before anything is touched."""

import json
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1


class BackupError(Exception):
    """A backup could not be made or put back; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the database at one moment: its migration and the rows of each table."""

    revision: str
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first member of a backup: where it came from and what its database must hold."""

    made: str
    """UTC, to the second."""
    version: str
    """Of Engage."""
    database: str
    """``sqlite`` or ``postgresql``."""
    revision: str
    """The last migration that the database had seen."""
    rows: dict[str, int]
    """Rows of each table."""
    size: int
    """Of the database member, in bytes."""
    sha256: str
    """Of the database member."""

    def to_json(self) -> str:
        """Write the manifest as the text of its member."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=2) + "\n"

    @property
    def total(self) -> int:
        """Rows in all tables."""
        return sum(self.rows.values())


def read_manifest(text: str) -> Manifest:
    """Read a manifest member; raises BackupError for another format or a damaged one."""
    try:
        raw: dict[str, Any] = json.loads(text)
        found = raw.pop("format")
        if found != FORMAT:
            raise BackupError(
                f"The backup has format {found}; this version of Engage reads format {FORMAT}. "
                "Restore it with the version that made it, then upgrade."
            )
        return Manifest(**raw)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(
            f"The backup's manifest cannot be read ({error}): use another."
        ) from error
