"""The one place that asks what time it is; services are handed the answer.

Moments are kept in UTC. Days are those of the people who answer: in summer a wave ends at
midnight in London, not an hour after.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def _real() -> datetime:
    return datetime.now(UTC)


class _Clock:
    """Holds the source of time, so that a test can move it for the whole process."""

    def __init__(self) -> None:
        self.source: Callable[[], datetime] = _real


clock = _Clock()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return clock.source()


def today() -> date:
    """The present day; days are what the platform keeps wherever a day is enough."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day in London at a moment."""
    return moment.astimezone(LONDON).date()


def end_of_day(moment: datetime) -> datetime:
    """The midnight in London that ends the day of a moment, in UTC."""
    return end_of(day_of(moment))


def end_of(day: date) -> datetime:
    """The midnight in London that ends a day, in UTC; of the last day, the last moment."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)
