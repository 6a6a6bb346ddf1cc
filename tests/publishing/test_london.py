"""A time that somebody types is one moment in London, or is refused."""

from datetime import UTC, date, datetime

import pytest

from engage.publishing.london import TimeError, later, moment, words


@pytest.mark.parametrize(
    ("day", "typed", "hour", "said"),
    [
        (date(2026, 7, 1), "9:30", 8, "1 July 2026 at 09:30 UK time (BST)"),
        (date(2026, 12, 1), "09.30", 9, "1 December 2026 at 09:30 UK time (GMT)"),
    ],
)
def test_summer_time_is_an_hour_ahead_and_is_named(day, typed, hour, said):
    at = moment(day, typed)
    assert at == datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)
    assert words(at) == said


@pytest.mark.parametrize(
    ("day", "typed", "why"),
    [
        (date(2026, 3, 29), "1:30", "go forward"),
        (date(2026, 10, 25), "1:30", "comes twice"),
        (date(2026, 3, 1), "24:00", "hours and minutes"),
        (date(2026, 3, 1), "half nine", "hours and minutes"),
        (date(2026, 3, 1), "9:30\n", None),
    ],
)
def test_a_time_that_is_no_moment_or_two_is_refused(day, typed, why):
    if why is None:
        assert moment(day, typed)
        return
    with pytest.raises(TimeError, match=why):
        moment(day, typed)


def test_a_time_that_has_passed_is_refused():
    with pytest.raises(TimeError, match="not passed"):
        later(date(2026, 3, 1), "9:30", datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
