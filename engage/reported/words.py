"""Half-years and months in words."""

from engage.core.definition.days import MONTHS
from engage.core.reporting.periods import Period


def month_words(month: str) -> str:
    """A month as people write it: April 2026."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def in_words(period: Period) -> str:
    """A half-year as people write it: April 2026 to September 2026."""
    return f"{month_words(period.months[0])} to {month_words(period.months[-1])}"
