"""A day is read from three boxes."""

from datetime import date

import pytest

from engage.fieldwork.days import read_day


def boxes(day, month, year):
    return {"day": day, "month": month, "year": year}


def test_a_day_is_read_with_and_without_leading_noughts():
    assert read_day(boxes("2", "03", "2026")) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "written",
    [
        ("31", "2", "2026"),
        ("0", "1", "2026"),
        ("1", "13", "2026"),
        ("1", "1", "26"),
        ("1", "1", "12026"),
        ("1", "1", ""),
        ("-1", "1", "2026"),
        ("१", "1", "2026"),
        ("²", "1", "2026"),
        ("1", "March", "2026"),
    ],
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValueError):
        read_day(boxes(*written))
