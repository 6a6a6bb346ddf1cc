"""The half-years that figures of reports are told for, each of them once it is over.

They do not overlap, and nothing is told of one that goes on: what differs between two tables of
the same time would tell of the few reports that came between.
"""

from dataclasses import dataclass
from datetime import date

from engage.core.definition.days import MONTHS

STARTS = (4, 10)
"""April, as financial years begin, and October."""
LENGTH = 6


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-year by its first month, written `2026-04`."""

    start: str

    @property
    def months(self) -> tuple[str, ...]:
        """Its months, written like its start."""
        first = _number(self.start)
        return tuple(_written(first + each) for each in range(LENGTH))

    def is_over(self, today: date) -> bool:
        """Whether its last month has ended."""
        return self.months[-1] < f"{today:%Y-%m}"


def period_of(month: str) -> Period:
    """The period of a month."""
    number = _number(month)
    return Period(_written(number - (number - (STARTS[0] - 1)) % LENGTH))


def read_period(written: str) -> Period | None:
    """The period that begins with that month; None if none does."""
    try:
        return period if (period := period_of(written)).start == written else None
    except ValueError:
        return None


def over(first: str, today: date) -> list[Period]:
    """The periods that are over, from that of the first month on, the newest first."""
    found = []
    period = period_of(first)
    while period.is_over(today):
        found.append(period)
        period = Period(_written(_number(period.start) + LENGTH))
    return found[::-1]


def _number(month: str) -> int:
    year, of_year = month.split("-")
    if not (len(year) == 4 and len(of_year) == 2 and 1 <= int(of_year) <= 12):
        raise ValueError(f"{month!r} is no month: write it as 2026-04.")
    return int(year) * 12 + int(of_year) - 1


def _written(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def month_words(month: str) -> str:
    """A month as people write it: April 2026."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def in_words(period: Period) -> str:
    """A half-year as people write it: April 2026 to September 2026."""
    return f"{month_words(period.months[0])} to {month_words(period.months[-1])}"
