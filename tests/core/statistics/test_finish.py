import math

import numpy as np
import pytest

from engage.core.statistics.finish import Raw, finish
from engage.core.statistics.intervals import METHODS


def raw(**changes):
    plain = {
        "value": 0.3,
        "variance": 0.01,
        "base": 50.0,
        "kish_base": 40.0,
        "spread": 0.21,
        "yes": 15.0,
        "people": 50.0,
    }
    return Raw(**{name: np.array([float(each)]) for name, each in (plain | changes).items()})


def test_the_design_effect_compares_with_a_simple_random_sample():
    (estimate,) = finish(raw(), "mean")
    assert estimate.design_effect == pytest.approx(0.01 / (0.21 / 49))
    assert estimate.effective_base == pytest.approx(50 / estimate.design_effect)
    assert estimate.standard_error == pytest.approx(0.1)
    assert (estimate.base, estimate.flag) == (50, "")


@pytest.mark.parametrize("method", sorted(METHODS))
def test_nobody_of_forty_has_an_exact_interval_whatever_the_method(method):
    (estimate,) = finish(raw(value=1e-17, variance=1e-30, yes=0), method)
    assert (estimate.value, estimate.standard_error, estimate.lower) == (0, 0, 0)
    # Clopper and Pearson for 0 of 40, which the effective base is: 1 - 0.025^(1/40).
    assert estimate.upper == pytest.approx(1 - 0.025 ** (1 / 40))
    assert estimate.flag == "exact"
    assert (estimate.effective_base, estimate.design_effect) == pytest.approx((40, 1.25))


def test_everybody_has_an_exact_interval_too():
    (estimate,) = finish(raw(value=1 - 1e-16, yes=50), "xlogit")
    assert (estimate.value, estimate.upper, estimate.flag) == (1, 1, "exact")
    assert estimate.lower == pytest.approx(0.025 ** (1 / 40))


def test_a_mean_that_is_0_is_not_an_end():
    (estimate,) = finish(raw(value=0, yes=math.nan), "mean")
    assert estimate.flag == ""
    assert estimate.lower < 0 < estimate.upper


def test_one_person_has_no_standard_error():
    (estimate,) = finish(raw(base=1, kish_base=1, yes=1, value=1), "mean")
    assert math.isnan(estimate.standard_error)
    assert estimate.flag == "exact"


def test_nobody_is_empty():
    (estimate,) = finish(raw(value=math.nan, base=0, kish_base=math.nan, yes=0), "beta")
    assert (estimate.base, estimate.flag) == (0, "[x]")
    assert estimate.empty
    assert all(
        math.isnan(each)
        for each in (estimate.value, estimate.standard_error, estimate.lower, estimate.upper)
    )


def test_a_mean_of_proportions_with_an_empty_item_is_absent():
    (estimate,) = finish(raw(value=math.nan, yes=math.nan, spread=math.nan), "mean")
    assert math.isnan(estimate.standard_error)
    assert estimate.flag == "[x]"


def test_what_cannot_vary_has_an_interval_of_no_width():
    (estimate,) = finish(raw(variance=0), "wilson")
    assert estimate.lower == estimate.upper == 0.3
