"""What is kept of a row of an older list."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Keyed:
    """The hash of its mailbox, a kind, and a day if the list says it; nothing else."""

    row: int
    key: bytes
    kind: str
    day: date | None
