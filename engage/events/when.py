"""The times of an event: entered and shown as London's clocks have them, kept in UTC."""

import re
from datetime import UTC, date, datetime, time

from babel.dates import format_date, format_time
from flask_babel import gettext as _

from engage.clock import LONDON, day_of
from engage.web.days import day
from engage.web.language import ENGLISH, language

HOURS = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?(am|pm)?", re.IGNORECASE)


class TimeError(ValueError):
    """A time of day that cannot be used; the message says why and what to write."""


def read_time(written: str) -> time:
    """A time of day as people write it: 14:30, 2.30pm, 10am; raises TimeError."""
    how = "Write it as 14:30 or 2:30pm."
    found = HOURS.fullmatch(written.strip())
    if not found or not (found[2] or found[3]):
        raise TimeError(f"{written[:20]!r} is not a time. {how}")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            raise TimeError(f"{written[:20]!r} is not a time. {how}")
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    if hour > 23 or minute > 59:
        raise TimeError(f"{written[:20]!r} is not a time. {how}")
    return time(hour, minute)


def moment(on: date, at: time) -> datetime:
    """The moment in UTC at which London's clocks show this; raises TimeError.

    On the nights when the clocks change, an hour is not there at all and another comes twice.
    """
    local = datetime.combine(on, at, LONDON)
    if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise TimeError("The clocks go forward over this time. Choose a time before or after.")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise TimeError("The clocks go back, and this time comes twice. Choose another time.")
    return local.astimezone(UTC)


def local(moment: datetime) -> datetime:
    """A moment as London's clocks show it."""
    return moment.astimezone(LONDON)


def hour(moment: datetime) -> str:
    """The time of day of a moment, as people write it: 10am, 2:30pm."""
    at = local(moment)
    if language().tag != ENGLISH.tag:
        return format_time(at.time(), "short", locale=language().tag)
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def long_day(moment: datetime) -> str:
    """The day of a moment with its weekday: Tuesday 3 March 2026."""
    weekday = format_date(day_of(moment), "EEEE", locale="en_GB" if _english() else language().tag)
    return f"{weekday} {day(day_of(moment))}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, in words: Tuesday 3 March 2026, 10am to 12:30pm."""
    if day_of(starts_at) == day_of(ends_at):
        return _(
            "%(day)s, %(start)s to %(end)s",
            day=long_day(starts_at), start=hour(starts_at), end=hour(ends_at),
        )  # fmt: skip
    return _(
        "%(day)s, %(start)s, to %(last_day)s, %(end)s",
        day=long_day(starts_at), start=hour(starts_at),
        last_day=long_day(ends_at), end=hour(ends_at),
    )  # fmt: skip


def _english() -> bool:
    return language().tag == ENGLISH.tag
