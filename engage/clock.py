"""The one place that asks what time it is; services are handed the answer."""

from collections.abc import Callable
from datetime import UTC, date, datetime


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
    """The present day in UTC; days are what the platform keeps wherever a day is enough."""
    return now().date()
