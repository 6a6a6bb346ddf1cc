"""Working days in England and Wales, beside the days that the government published."""

from datetime import date

import pytest

from engage.core.working_days import bank_holidays, easter_sunday, is_working_day, next_working_day

# As published on gov.uk/bank-holidays for England and Wales.
PUBLISHED = {
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_that_were_published(year):
    expected = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}
    assert bank_holidays(year) == expected


def test_easter_is_where_it_was_at_its_earliest_and_latest():
    assert easter_sunday(1818) == date(1818, 3, 22)
    assert easter_sunday(1943) == date(1943, 4, 25)
    assert easter_sunday(2038) == date(2038, 4, 25)
    assert easter_sunday(2000) == date(2000, 4, 23)


@pytest.mark.parametrize("year", range(2024, 2124))
def test_every_year_has_eight_on_working_weekdays(year):
    holidays = bank_holidays(year)
    assert len(holidays) == 8
    assert all(day.weekday() < 5 for day in holidays)


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-03-02", "2026-03-03"),
        ("2026-03-06", "2026-03-09"),  # over a weekend
        ("2026-04-02", "2026-04-07"),  # over Easter
        ("2026-12-24", "2026-12-29"),  # over Christmas
        ("2027-12-31", "2028-01-04"),  # New Year's Day on a Saturday
    ],
)
def test_the_next_working_day_passes_over_what_nobody_works_on(day, following):
    assert next_working_day(date.fromisoformat(day)) == date.fromisoformat(following)
    assert is_working_day(date.fromisoformat(following))
