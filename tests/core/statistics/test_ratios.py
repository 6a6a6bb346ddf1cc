"""The variance from counts against the same formulas person by person."""

import numpy as np
import pytest
from core.statistics.counted import Answers, estimated

from engage.core.statistics.ratios import variance
from engage.core.statistics.sample import take_sample


def made(sample, estimator, answers, breakdown=0):
    groups, result = estimated(sample, estimator, answers, breakdown)
    return result, variance(groups, result.sums)[:, 0], groups.scheme


@pytest.fixture
def safe(people):
    codes = people["dark"].map({"1": 1, "2": 1, "3": 0, "4": 0, "5": 0}).fillna(-1)
    return Answers(codes.to_numpy(dtype=np.int64), np.array([0.0, 1.0]))


def test_equal_weights_give_the_variance_of_the_textbook():
    answers = Answers(np.array([1] * 6 + [0] * 14), np.array([0.0, 1.0]))
    result, spread, _scheme = made(take_sample(20), "unweighted", answers)
    assert result.value[0, 0] == pytest.approx(0.3)
    assert spread[0] == pytest.approx(0.3 * 0.7 / 19)


def test_a_group_is_zeros_in_the_whole_sample(sample, people, safe):
    _result, spread, scheme = made(sample, "fixed", safe, breakdown=1)
    w = scheme.weights[sample.cells.rows]
    inside = (people["ward"] == "South").to_numpy() & (safe.codes >= 0)
    p = (w * safe.codes)[inside].sum() / w[inside].sum()
    u = np.where(inside, w * (safe.codes - p) / w[inside].sum(), 0)
    assert spread[1] == pytest.approx(60 / 59 * ((u - u.mean()) ** 2).sum())


def test_sweeps_over_categories_are_sweeps_over_people(sample, people, labels, safe):
    result, spread, scheme = made(sample, "rake", safe)
    w = scheme.weights[sample.cells.rows]
    inside = safe.codes >= 0
    e = np.where(inside, safe.codes - result.value[0, 0], 0) / w[inside].sum()
    for _round in range(10):
        for factor in labels.values():
            means = np.bincount(factor.codes, e) / np.bincount(factor.codes)
            e = e - means[factor.codes]
    u = w * e
    assert spread[0] == pytest.approx(60 / 59 * ((u - u.mean()) ** 2).sum(), rel=1e-10)


def test_regression_on_categories_is_regression_on_people(sample, people, labels, safe):
    result, spread, scheme = made(sample, "calib", safe)
    w = scheme.weights[sample.cells.rows]
    inside = safe.codes >= 0
    z = np.where(inside, safe.codes - result.value[0, 0], 0) / w[inside].sum()
    dummies = np.hstack([np.eye(len(f.categories))[f.codes] for f in labels.values()])
    root = np.sqrt(people["design_weight"].astype(float).to_numpy())
    fit = np.linalg.lstsq(dummies * root[:, None], z * root, rcond=None)[0]
    u = w * (z - dummies @ fit)
    assert spread[0] == pytest.approx(60 / 59 * ((u - u.mean()) ** 2).sum(), rel=1e-10)


@pytest.mark.parametrize("estimator", ["rake", "calib"])
def test_what_the_margins_fix_has_no_error(sample, people, estimator):
    north = Answers((people["ward"] == "North").to_numpy(dtype=np.int64), np.array([0.0, 1.0]))
    result, spread, _scheme = made(sample, estimator, north)
    assert result.value[0, 0] == pytest.approx(0.26)
    assert np.sqrt(spread[0]) == pytest.approx(0, abs=1e-8)


def test_finite_population_correction_shrinks_the_variance(sample, safe):
    _result, plain, _scheme = made(sample, "rake", safe)
    _result, finite, _scheme = made(sample, "rake_fpc", safe)
    assert finite == pytest.approx(plain * (1 - 60 / 10_000))


def test_a_group_of_nobody_has_no_estimate(sample):
    nobody = Answers(np.full(60, -1), np.array([0.0, 1.0]))
    result, _spread, _scheme = made(sample, "rake", nobody, breakdown=1)
    assert np.isnan(result.value).all()
    assert (result.base == 0).all()
