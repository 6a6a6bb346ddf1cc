"""Dates as whole numbers that sort by themselves: 20260305 is a day, 202603 a month."""

from calendar import monthrange

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
TODAY = "today"
FIRST_YEAR, LAST_YEAR = 1900, 2099


def number_of(text: str) -> int:
    """A date as a definition has it, such as 2026-03-05 or 2026-03, as a number."""
    return int(text.replace("-", ""))


def is_day(number: int) -> bool:
    """Whether a number is a day of the calendar."""
    year, month, day = parts_of_day(number)
    return is_month(number // 100) and 1 <= day <= days_in(year, month)


def is_month(number: int) -> bool:
    """Whether a number is a month of the calendar, in a year that people may mean."""
    year, month = divmod(number, 100)
    return FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12


def parts_of_day(number: int) -> tuple[int, int, int]:
    """The year, month and day in the number of a day."""
    return number // 10000, number // 100 % 100, number % 100


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return monthrange(year, month)[1]


def iso(number: int) -> str:
    """The date as files have it: 2026-03-05, or 2026-03."""
    if number > 999_999:
        return "{:04}-{:02}-{:02}".format(*parts_of_day(number))
    return f"{number // 100:04}-{number % 100:02}"


def in_words(number: int) -> str:
    """The date as people write it: 5 March 2026, or March 2026."""
    if number > 999_999:
        return f"{number % 100} {in_words(number // 100)}"
    return f"{MONTHS[number % 100 - 1]} {number // 100}"
