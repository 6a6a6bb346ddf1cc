"""What became of the rows of a list: their numbers and kinds of fault, never what they say."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from engage.core.files.signed_list import Fault

TWICE = "twice"
KNOWN = "known"

WORDS = {
    Fault.UNREADABLE: "A quotation mark is opened and never closed",
    Fault.CELLS: "More or fewer values than there are headings",
    Fault.NO_ADDRESS: "No email address",
    Fault.ADDRESS: "Not an email address, or one to throw away",
    Fault.DAY: "The day cannot be read, is before 2000 or still to come",
    Fault.KIND: "The type is neither a person nor an organisation",
    TWICE: "The same mailbox as in a row above",
    KNOWN: "The mailbox has signed this pledge already",
}
"""Why a row is not taken, in the words of the report."""
DUPLICATES = (TWICE, KNOWN)


@dataclass(slots=True)
class Report:
    """The rows that are not taken by the kind of reason; `refused` if nothing could be read.

    `day` stands for rows without a day of their own.
    """

    day: date
    refused: str = ""
    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, reason: str, row: int) -> None:
        """Note a row that is not taken."""
        self.rows.setdefault(str(reason), []).append(row)

    def number(self, reasons: Iterable[str]) -> int:
        """How many rows are not taken for one of these reasons."""
        return sum(len(self.rows.get(str(reason), ())) for reason in reasons)

    @property
    def broken(self) -> int:
        """How many rows have a fault."""
        return self.number(Fault)

    @property
    def twice(self) -> int:
        """How many rows are of a mailbox that counts already."""
        return self.number(DUPLICATES)

    def lines(self) -> list[tuple[int, str]]:
        """Each row that is not taken and why, in the order of the list."""
        named = [(row, WORDS[reason]) for reason in WORDS for row in self.rows.get(reason, ())]
        return sorted(named)

    def written(self) -> str:
        """The report as it is stored."""
        return json.dumps(asdict(self) | {"day": self.day.isoformat()})


def read_report(written: str) -> Report:
    """A stored report."""
    found = json.loads(written)
    return Report(date.fromisoformat(found["day"]), found["refused"], found["rows"])
