import math

import numpy as np
import pytest
from scipy import stats

from engage.core.statistics.difference import Gap, differences


def gap(value, variance, first=100, second=120, independent=0.01):
    return Gap(*(np.array([float(each)]) for each in (value, variance, independent, first, second)))


def test_a_difference_is_tested_by_t_and_by_the_normal_distribution():
    (made,) = differences(gap(0.1, 0.0025))
    assert (made.z, made.degrees, made.base_first, made.base_second) == (2, 218, 100, 120)
    assert made.p_z == pytest.approx(2 * stats.norm.sf(2))
    assert made.p_t == pytest.approx(2 * stats.t.sf(2, 218))
    assert made.upper - made.value == pytest.approx(stats.t.ppf(0.975, 218) * 0.05)
    assert made.independent_error == pytest.approx(0.1)
    assert made.tested


def test_the_interval_leaves_out_0_exactly_when_p_is_below_5_percent():
    for value in np.linspace(0.09, 0.11, 21):
        (made,) = differences(gap(value, 0.0025))
        assert (made.lower > 0) == (made.p_t < 0.05)


def test_answers_that_are_all_alike_have_no_test_and_an_interval_of_no_width():
    (made,) = differences(gap(0.2, 0))
    assert (made.standard_error, made.lower, made.upper) == (0, 0.2, 0.2)
    assert math.isnan(made.z)
    assert math.isnan(made.p_t)
    assert not made.tested


def test_one_person_on_either_side_has_no_test():
    (made,) = differences(gap(0.2, 0.01, first=1, second=1))
    assert made.degrees == 0
    assert not made.tested
