"""Clocks of reports run in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from engage.core.reporting.clocks import due_after, standing, working_days_between
from engage.core.working_days import is_working_day

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(1, 30))
def test_a_clock_ends_on_the_working_day_on_which_so_many_have_passed(day, number) -> None:
    due = due_after(day, number)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(map(is_working_day, between)) == number
    assert is_working_day(due)
    assert working_days_between(day, due) == number


def test_christmas_and_a_weekend_do_not_count() -> None:
    assert due_after(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert due_after(date(2026, 3, 6), 2) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 3, 5), "due in 2 working days"),
        (date(2026, 3, 6), "due in 1 working day"),
        (date(2026, 3, 8), "due in 1 working day"),
        (date(2026, 3, 9), "due today"),
        (date(2026, 3, 10), "overdue by 1 working day"),
        (date(2026, 3, 16), "overdue by 5 working days"),
    ],
)
def test_staff_read_how_a_clock_stands(today, said) -> None:
    assert standing(date(2026, 3, 9), today) == said


def test_no_clock_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        due_after(date(2026, 3, 9), 0)
