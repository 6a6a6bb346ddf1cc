"""Weights against those of R's survey package.

tests/reference/people/survey_weights.csv is made by survey.R beside it, in short:

    r <- rake(svydesign(ids = ~1, weights = ~base_weight, data = people),
              list(~ward, ~age_sex), list(wards, age_sex))
    weights(r)
    weights(trimWeights(r, lower = 0.3 * mean, upper = 3 * mean, strict = FALSE))
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engage.core.statistics.factor import Factor
from engage.core.statistics.margins import Margin
from engage.core.statistics.sample import take_sample
from engage.core.statistics.weights import (
    RakingError,
    TrimmingError,
    rake,
    trim,
    trim_and_rake,
)


@pytest.fixture
def from_r():
    return pd.read_csv(Path(__file__).parents[2] / "reference" / "people" / "survey_weights.csv")


def factor(name, labels):
    categories = sorted(set(labels))
    return Factor(name, tuple(categories), np.array([categories.index(each) for each in labels]))


def test_raked_weights_are_those_of_r(sample, from_r):
    weights = rake(sample).weights[sample.cells.rows]
    np.testing.assert_allclose(weights, from_r["w_rake"], rtol=1e-10)


def test_trimmed_weights_are_those_of_r(sample, from_r):
    weights = trim(sample, rake(sample).weights)[sample.cells.rows]
    assert (weights != from_r["w_rake"]).all()
    np.testing.assert_allclose(weights, from_r["w_trim"], rtol=1e-10)


def test_trimming_and_raking_in_turn_ends_where_r_ends(sample, from_r):
    weights = trim_and_rake(sample, rake(sample).weights).weights[sample.cells.rows]
    np.testing.assert_allclose(weights, from_r["w_trimrake"], rtol=1e-9)


def test_weights_within_the_bounds_are_not_trimmed(sample):
    raked = rake(sample).weights
    assert trim(sample, raked, lower=0.01, upper=100) is raked


def test_raked_weights_meet_every_margin(sample, people):
    weights = pd.Series(rake(sample).weights[sample.cells.rows])
    assert weights.groupby(people["ward"]).sum().to_dict() == pytest.approx(
        {"North": 2600, "South": 3800, "West": 3600}, rel=1e-12
    )
    assert weights.groupby(people["age"] + people["sex"]).sum()["40+M"] == pytest.approx(2600)


def test_only_the_relative_size_of_design_weights_matters(sample, people, margins, labels):
    weights = people["design_weight"].astype(float) * 1000
    larger = take_sample(60, margins=margins, labels=labels, design_weights=weights)
    np.testing.assert_allclose(
        rake(larger).weights[larger.cells.rows],
        rake(sample).weights[sample.cells.rows],
        rtol=1e-10,
    )


def test_the_number_of_sweeps_is_told(sample):
    assert 2 < rake(sample).iterations < 100


def test_margins_that_contradict_each_other_fail_loudly():
    # Everybody in the north is young and everybody in the south old, but the margins differ.
    margins = [Margin("ward", {"N": 50, "S": 50}), Margin("age", {"young": 70, "old": 30})]
    labels = {
        "ward": factor("ward", ["N", "N", "S", "S"]),
        "age": factor("age", ["young", "young", "old", "old"]),
    }
    with pytest.raises(RakingError, match="of the margin ward"):
        rake(take_sample(4, margins=margins, labels=labels))


def test_design_weights_too_far_apart_to_add_up_fail_loudly():
    labels = {"ward": factor("ward", ["N", "N", "S", "S"])}
    given = take_sample(
        4,
        margins=[Margin("ward", {"N": 5e5, "S": 5e5})],
        labels=labels,
        design_weights=[1, 1e308, 1, 1],
    )
    with np.errstate(all="ignore"), pytest.raises(RakingError, match=r"4 people .* 1 to 1e\+308"):
        rake(given)


def test_bounds_that_no_weights_can_keep_fail_loudly(sample):
    with pytest.raises(TrimmingError, match=r"between 0\.9 and 1\.1 times the mean"):
        trim_and_rake(sample, rake(sample).weights, lower=0.9, upper=1.1, cycles=20)


def test_trimming_everybody_is_refused(sample):
    with pytest.raises(TrimmingError, match="Widen"):
        trim(sample, rake(sample).weights, lower=5, upper=6)


def test_without_margins_the_design_weights_add_up_to_the_people():
    assert rake(take_sample(4, design_weights=[1, 1, 2, 4])).weights.tolist() == [0.5, 1.0, 2.0]
