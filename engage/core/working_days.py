"""Working days in England and Wales: neither a weekend nor a bank holiday.

Bank holidays follow from the Banking and Financial Dealings Act 1971 and the proclamations that
move one to the next working day when it falls on a weekend. Those of a single year are listed
below: the next one that is proclaimed has to be added there.
"""

from datetime import date, timedelta
from functools import lru_cache

MONDAY, SATURDAY = 0, 5
A_DAY = timedelta(days=1)

MOVED = {
    2020: {date(2020, 5, 4): date(2020, 5, 8)},  # 75 years after the war in Europe
    2022: {date(2022, 5, 30): date(2022, 6, 2)},  # the Platinum Jubilee
}
"""Bank holidays that another day took the place of, by year."""
ONCE = {
    2022: (date(2022, 6, 3), date(2022, 9, 19)),  # the Platinum Jubilee, the Queen's funeral
    2023: (date(2023, 5, 8),),  # the Coronation
}
"""Bank holidays of a single year."""


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    after = day + A_DAY
    while not is_working_day(after):
        after += A_DAY
    return after


def is_working_day(day: date) -> bool:
    """Whether people work on a day: from Monday to Friday, unless it is a bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


@lru_cache(maxsize=16)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year."""
    easter = easter_sunday(year)
    fixed = {
        _not_at_a_weekend(date(year, 1, 1)),
        easter - 2 * A_DAY,
        easter + A_DAY,
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        *_christmas(year),
    }
    moved = MOVED.get(year, {})
    return frozenset({moved.get(day, day) for day in fixed} | {*ONCE.get(year, ())})


def easter_sunday(year: int) -> date:
    """Easter Sunday by the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    L = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: N806  its name in the formula
    m = (a + 11 * h + 22 * L) // 451
    month, day = divmod(h + L - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _christmas(year: int) -> tuple[date, date]:
    """The days off for Christmas and Boxing Day; of two moved ones, the second goes further."""
    christmas = _not_at_a_weekend(date(year, 12, 25))
    boxing = _not_at_a_weekend(date(year, 12, 26))
    if boxing == christmas:
        boxing += A_DAY
    if christmas.weekday() == MONDAY and christmas.day == 27:
        return christmas, date(year, 12, 28)
    return christmas, boxing


def _not_at_a_weekend(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day += A_DAY
    return day


def _monday_from(day: date) -> date:
    """The first Monday that is not before a day."""
    return day + timedelta(days=-day.weekday() % 7)
