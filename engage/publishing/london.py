"""A time of day in London that somebody typed, as one moment: not the hour that a change skips."""

import re
from datetime import UTC, date, datetime, time

from engage.clock import LONDON

SHAPE = re.compile(r"(\d{1,2})[:.](\d{2})\Z")


class TimeError(ValueError):
    """A time that is no moment, or is two; the message says why and what to do."""


def moment(day: date, typed: str) -> datetime:
    """The moment of a day and a time such as 9:30 or 14.00; raises TimeError.

    The clocks go forward one night in March and back one night in October: a time that does not
    come that night, or comes twice, is refused.
    """
    found = SHAPE.match(typed.strip())
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise TimeError("Enter the time as hours and minutes, such as 9:30 or 14:00")
    local = datetime.combine(day, time(hour, minute))
    first = local.replace(tzinfo=LONDON).astimezone(UTC)
    second = local.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    if first != second and first.astimezone(LONDON).replace(tzinfo=None) != local:
        raise TimeError("The clocks go forward that night and skip this time: choose another")
    if first != second:
        raise TimeError("The clocks go back that night and this time comes twice: choose another")
    return first


def later(day: date, typed: str, now: datetime) -> datetime:
    """The same, if it has not passed; raises TimeError."""
    at = moment(day, typed)
    if at <= now:
        raise TimeError("Choose a time that has not passed")
    return at


def words(at: datetime) -> str:
    """A moment as the time in London with the name of that time, such as 09:30 UK time (GMT)."""
    here = at.astimezone(LONDON)
    return f"{here.day} {here:%B %Y} at {here:%H:%M} UK time ({here:%Z})"
