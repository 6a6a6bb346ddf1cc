"""By when something is to be done about a report, in working days of England and Wales."""

from datetime import date
from enum import StrEnum

from engage.core.working_days import A_DAY, is_working_day, next_working_day


class What(StrEnum):
    """What a clock runs for."""

    FIRST_CONTACT = "first_contact"
    REVIEW = "review"
    OVERRIDE_REVIEW = "override_review"
    REPLY = "reply"
    ACKNOWLEDGEMENT = "acknowledgement"


NAMES = {
    What.FIRST_CONTACT: "First contact",
    What.REVIEW: "Review of the case",
    What.OVERRIDE_REVIEW: "Second look at an override",
    What.REPLY: "Answer to what they wrote",
    What.ACKNOWLEDGEMENT: "Acknowledgement by an agency",
}
"""What staff call each clock."""


def due_after(day: date, working_days: int) -> date:
    """The working day on which so many have passed since a day; that day does not count.

    Raises ValueError for less than one: nobody can be asked to have done it already.
    """
    if working_days < 1:
        raise ValueError(f"A clock of {working_days} working days: give at least 1.")
    for _ in range(working_days):
        day = next_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days come after `start`, up to and with `end`; 0 if none or it is before."""
    count = 0
    while start < end:
        start += A_DAY
        count += is_working_day(start)
    return count


def standing(due_on: date, today: date) -> str:
    """How a clock stands, in words: overdue by 2 working days; due today; due in 3 working days."""
    if due_on == today:
        return "due today"
    if due_on < today:
        late = working_days_between(due_on, today)
        return f"overdue by {_days(late)}" if late else "overdue"
    return f"due in {_days(max(working_days_between(today, due_on), 1))}"


def _days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"
