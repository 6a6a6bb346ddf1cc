import numpy as np
import pytest

from engage.core.statistics.did import ASSUMPTIONS, AreasError, arms
from engage.core.statistics.factor import Factor

WARDS = Factor("ward", ("N", "S", "W"), np.array([0, 1, 2, -1]))


def test_areas_fall_into_an_arm_or_into_none():
    made = arms(WARDS, frozenset("N"), frozenset("W"), "arm")
    assert (made.name, made.categories) == ("arm", ("C", "T"))
    assert made.codes.tolist() == [1, -1, 0, -1]


@pytest.mark.parametrize(
    ("treated", "control", "said"),
    [
        ("N", "NS", "N cannot be both"),
        ("N", "", "at least one treated and one control"),
        ("N", "X", "Nobody in the data is in X of ward, which has N, S, W"),
    ],
)
def test_areas_that_cannot_be_compared_are_named(treated, control, said):
    with pytest.raises(AreasError, match=said):
        arms(WARDS, frozenset(treated), frozenset(control), "arm")


def test_the_assumptions_travel_with_the_method():
    assert [each.id for each in ASSUMPTIONS] == [
        *("parallel_trends", "no_spillover", "same_instrument", "few_areas"),
    ]
    assert all(each.words.endswith(".") for each in ASSUMPTIONS)
