"""When the waves of the demonstration are, whatever the day on which it is loaded."""

from datetime import date, timedelta

import pytest

from engage.demo.plan import WAVES, days_of, opened_on


@pytest.mark.parametrize("today", [date(2026, 1, 1) + timedelta(days=n) for n in range(0, 800, 3)])
def test_every_wave_of_a_survey_has_a_year_of_its_own_and_ends_before_the_next(today):
    years = [opened_on(ago, today).year for ago in (2, 1, 0)]
    assert years == [years[2] - 2, years[2] - 1, years[2]]
    for plan in WAVES:
        opens, closes, last = days_of(plan, today)
        assert opens <= last <= min(closes, today)
        if not plan.open:
            assert closes < opened_on(plan.years_ago - 1, today)
