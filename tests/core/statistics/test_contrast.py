"""Contrasts of groups against the same contrast of linearised values person by person."""

import numpy as np
import pytest
from core.statistics.counted import Answers, estimated

from engage.core.statistics.contrast import contrast, each_group, second_less_first
from engage.core.statistics.overlap import Shared, linearised
from engage.core.statistics.ratios import variance
from engage.core.statistics.schemes import ESTIMATORS


@pytest.fixture
def safe(people):
    codes = people["dark"].map({"1": 1, "2": 1, "3": 0, "4": 0, "5": 0}).fillna(-1)
    return Answers(codes.to_numpy(dtype=np.int64), np.array([0.0, 1.0]))


def made(sample, estimator, answers):
    return estimated(sample, estimator, answers, breakdown=1)


@pytest.mark.parametrize("estimator", list(ESTIMATORS))
def test_squares_of_peoples_values_add_up_to_the_variance_of_a_contrast(sample, safe, estimator):
    groups, held = made(sample, estimator, safe)
    take = second_less_first(groups, "North", "West")
    (value,) = contrast(groups, held, take).value[:, 0]
    assert value == pytest.approx(held.value[2, 0] - held.value[0, 0])
    people = Shared(sample.cells.rows, sample.groups[1].codes)
    each = linearised(groups, held, 0, safe.of_people(), people) @ take.T
    assert contrast(groups, held, take).variance[:, 0] == pytest.approx((each**2).sum(axis=0))


@pytest.mark.parametrize("estimator", ["rake", "fixed"])
def test_a_group_by_itself_is_its_own_estimate(sample, safe, estimator):
    groups, held = made(sample, estimator, safe)
    own = contrast(groups, held, each_group(groups))
    np.testing.assert_allclose(own.value, held.value)
    np.testing.assert_allclose(own.variance, variance(groups, held.sums))
    np.testing.assert_allclose(own.independent, own.variance)


def test_raking_ties_groups_together(sample, safe):
    groups, held = made(sample, "rake", safe)
    tied = contrast(groups, held, second_less_first(groups, "North", "West"))
    assert tied.variance[0, 0] != pytest.approx(tied.independent[0, 0], rel=1e-3)


def test_a_group_without_answers_leaves_its_own_contrasts_absent_alone(sample, people, safe):
    codes = np.where(people["ward"] == "West", -1, safe.codes)
    groups, held = made(sample, "rake", Answers(codes, safe.points))
    west = contrast(groups, held, second_less_first(groups, "North", "West"))
    south = contrast(groups, held, second_less_first(groups, "North", "South"))
    assert np.isnan(west.value).all()
    assert np.isnan(west.variance).all()
    assert np.isfinite(south.value).all()


def test_a_score_that_is_the_same_for_all_has_no_error_at_all(sample):
    groups, held = made(sample, "rake", Answers(np.zeros(60, dtype=np.int64), np.array([4.3])))
    assert (contrast(groups, held, each_group(groups)).variance == 0).all()
