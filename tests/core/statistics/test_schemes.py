import pytest

from engage.core.statistics.margins import MarginError
from engage.core.statistics.sample import take_sample
from engage.core.statistics.schemes import ESTIMATORS, schemes


def test_every_estimator_carries_its_own_name(sample):
    assert [scheme.name for scheme in schemes(sample, ESTIMATORS)] == list(ESTIMATORS)


def test_raked_estimators_share_their_weights(sample):
    rake, calib, fixed = schemes(sample, ["rake", "calib", "fixed"])
    assert rake.weights.tolist() == calib.weights.tolist() == fixed.weights.tolist()
    assert rake.calibrated
    assert not fixed.calibrated


def test_trimmed_estimates_keep_the_residuals_of_the_raked_weights(sample):
    rake, trim = schemes(sample, ["rake", "trim"])
    assert trim.scale.tolist() == rake.weights.tolist()
    assert trim.weights.tolist() != rake.weights.tolist()


def test_an_unknown_estimator_is_named_with_those_there_are(sample):
    with pytest.raises(ValueError, match="'jackknife': use one of unweighted, base, rake"):
        schemes(sample, ["rake", "jackknife"])


def test_raking_without_margins_is_refused():
    with pytest.raises(MarginError, match="no margins"):
        schemes(take_sample(3), ["rake"])


def test_equal_weights_need_no_margins():
    (scheme,) = schemes(take_sample(3), ["unweighted"])
    assert set(scheme.weights.tolist()) == {1.0}
