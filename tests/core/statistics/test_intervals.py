"""Intervals against R 4.2.2 with survey 4.1-1.

d <- svydesign(ids = ~1, weights = ~w, data = data.frame(
       y = c(1,1,1,0,0,1,0,1,1,0), w = c(1,2,1,3,1,1,2,1,2,1)))
svymean(~y, d)                       # 0.5333333333333333, variance 0.03397530864197531
svyciprop(~y, d, method = "xlogit")  # and mean, beta
binom.test(0, 20)$conf.int           # and 20 of 20, 3 of 40
"""

import numpy as np
import pytest
from scipy import special

from engage.core.statistics.intervals import METHODS, Spread, clopper_pearson

TEN = Spread(*(np.array([each]) for each in (0.5333333333333333, 0.03397530864197531, 10.0, 10.0)))


@pytest.mark.parametrize(
    ("method", "limits"),
    [
        ("mean", (0.1163636503255537, 0.9503030163411129)),
        ("xlogit", (0.1762747435926886, 0.8592235561044463)),
        ("logit", (0.1762747435926886, 0.8592235561044463)),
        ("beta", (0.1659810276542614, 0.8747589865282206)),
    ],
)
def test_limits_are_those_of_r(method, limits):
    lower, upper = METHODS[method](TEN)
    assert (lower[0], upper[0]) == pytest.approx(limits, abs=1e-10)


@pytest.mark.parametrize(
    ("yes", "people", "limits"),
    [
        (0, 20, (0, 0.1684334709830854)),
        (20, 20, (0.8315665290169146, 1)),
        (3, 40, (0.01574217985104154, 0.20386474873289895)),
    ],
)
def test_exact_limits_are_those_of_r(yes, people, limits):
    lower, upper = clopper_pearson(np.array([yes / people]), np.array([float(people)]))
    assert (lower[0], upper[0]) == pytest.approx(limits, abs=1e-12)


def test_wilson_limits_are_where_the_score_test_turns():
    lower, upper = METHODS["wilson"](TEN)
    size = TEN.value * (1 - TEN.value) / TEN.variance
    t = special.stdtrit(9, 0.975)
    for limit in (lower, upper):
        assert (TEN.value - limit) ** 2 == pytest.approx(t**2 * limit * (1 - limit) / size)
    assert lower < TEN.value < upper


@pytest.mark.parametrize("method", sorted(METHODS))
def test_the_complement_has_the_mirrored_interval(method):
    lower, upper = METHODS[method](TEN)
    other = METHODS[method](TEN._replace(value=1 - TEN.value))
    assert other[0] == pytest.approx(1 - upper)
    assert other[1] == pytest.approx(1 - lower)
