"""The days of a promise: it holds a year, and is due within it."""

from datetime import date, timedelta

RENEW_WITHIN = timedelta(days=60)
"""How long before its end a promise can be renewed."""
FIRST_DUE = timedelta(days=182)
"""Half a year: by when a promise is to be kept unless its organisation says another day."""


def ends_on(renewed_on: date) -> date:
    """The last day of the year that began on a day; the day before the same day of next year."""
    leap_day = (renewed_on.month, renewed_on.day) == (2, 29)
    if leap_day:
        return date(renewed_on.year + 1, 2, 28)
    return renewed_on.replace(year=renewed_on.year + 1) - timedelta(days=1)


def first_due(renewed_on: date) -> date:
    """The day by which a promise is to be kept, if nobody says another."""
    return renewed_on + FIRST_DUE
