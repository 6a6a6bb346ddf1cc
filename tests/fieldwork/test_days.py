"""A day is read as people here write it."""

from datetime import date

import pytest

from engage.core.words.written_day import read_day


@pytest.mark.parametrize(
    "written",
    [
        "2 03 2026",
        "2 3 2026",
        "2 March 2026",
        "02 march 2026",
        "2 Mar 2026",
        "02/03/2026",
        "2/3/2026",
        "2.3.2026",
        "2-3-2026",
        "2026-03-02",
    ],
)
def test_a_day_is_read_in_words_in_numbers_and_as_iso_has_it(written):
    assert read_day(written) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "written",
    [
        "31 2 2026",
        "0 1 2026",
        "1 13 2026",
        "03/25/2026",
        "1 1 26",
        "1 1 12026",
        "1 1",
        "-1 1 2026",
        "१ 1 2026",
        "² 1 2026",
        "1 Ma 2026",
        "1 Marchy 2026",
        "1 1 1999",
        "1 1 2101",
        "2026-3-2",
        "",
    ],
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValueError):
        read_day(written)
