import math

import pytest
from scipy import stats

from engage.core.statistics.detectable import error_of_next, smallest_change


def test_the_test_finds_the_smallest_change_four_times_in_five():
    change = smallest_change(0.02)
    error = math.hypot(0.02, 0.02)
    limit = stats.norm.ppf(0.975)
    assert stats.norm.sf(limit - change / error) == pytest.approx(0.8)


def test_a_thousand_people_a_wave_show_six_points_about_half():
    # 1,000 of each wave at 50%: 2.8 * sqrt(2 * 0.25 / 1000).
    assert smallest_change(math.sqrt(0.25 / 1000)) == pytest.approx(0.0626, abs=1e-4)


def test_a_larger_next_wave_shows_less():
    assert error_of_next(0.04, 100, 400) == 0.02
    assert smallest_change(0.04, 0.02) < smallest_change(0.04)


def test_figures_without_an_error_promise_nothing():
    assert math.isnan(smallest_change(0.0))
    assert math.isnan(smallest_change(math.nan))


def test_a_next_wave_of_nobody_is_refused():
    with pytest.raises(ValueError, match="0 people"):
        error_of_next(0.04, 100, 0)
