"""What must hold for any sample: margins are met, and how the rows are written does not matter."""

import numpy as np
from core.statistics import counted
from core.statistics.counted import Answers
from hypothesis import HealthCheck, given, settings, strategies as st

from engage.core.statistics.factor import Factor
from engage.core.statistics.margins import Margin
from engage.core.statistics.ratios import variance
from engage.core.statistics.sample import take_sample
from engage.core.statistics.schemes import ESTIMATORS
from engage.core.statistics.weights import rake

WARDS, SEXES, SCORES = ("N", "S", "W"), ("F", "M"), np.array([1.0, 2.0, 5.0])
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def surveys(draw):
    """Some people with ward, sex, design weight and answer, every ward and sex among them.

    One person of each combination makes sure that weights exist for any margins.
    """
    person = st.tuples(
        st.integers(0, 2), st.integers(0, 1), st.sampled_from([0.5, 1, 2]), st.integers(-1, 2)
    )
    corners = [(ward, sex, 1.0, ward) for ward in range(3) for sex in range(2)]
    people = np.array(corners + draw(st.lists(person, max_size=30)))
    wards = draw(st.tuples(*[st.integers(50, 500)] * 3))
    share = draw(st.floats(0.2, 0.8))
    margins = [
        Margin("ward", dict(zip(WARDS, wards, strict=True))),
        Margin("sex", {"F": sum(wards) * share, "M": sum(wards) * (1 - share)}),
    ]
    return people, margins


def sampled(people, margins):
    ward = Factor("ward", WARDS, people[:, 0].astype(np.int64))
    sex = Factor("sex", SEXES, people[:, 1].astype(np.int64))
    return take_sample(
        len(people),
        margins=margins,
        labels={"ward": ward, "sex": sex},
        breakdowns=[ward],
        design_weights=people[:, 2],
    )


def estimated(people, margins, estimator):
    said = Answers(people[:, 3].astype(np.int64), SCORES)
    groups, made = counted.estimated(sampled(people, margins), estimator, said, breakdown=1)
    return made.value, variance(groups, made.sums)


@QUICK
@given(surveys())
def test_raked_weights_meet_every_margin(survey):
    people, margins = survey
    sample = sampled(people, margins)
    weights = rake(sample).weights[sample.cells.rows]
    assert (weights > 0).all()
    for margin, column in zip(margins, (0, 1), strict=True):
        sums = np.bincount(people[:, column].astype(int), weights)
        np.testing.assert_allclose(sums, list(margin.population.values()), rtol=1e-10)


@QUICK
@given(surveys(), st.sampled_from(sorted(ESTIMATORS)), st.randoms())
def test_the_order_of_rows_does_not_matter(survey, estimator, random):
    people, margins = survey
    order = list(range(len(people)))
    random.shuffle(order)
    value, spread = estimated(people, margins, estimator)
    shuffled, shuffled_spread = estimated(people[order], margins, estimator)
    np.testing.assert_allclose(shuffled, value, rtol=1e-9)
    np.testing.assert_allclose(shuffled_spread, spread, rtol=1e-7, atol=1e-12)


@QUICK
@given(surveys(), st.sampled_from(["base", "rake", "calib", "fixed"]))
def test_a_row_split_into_two_halves_gives_the_same_estimate(survey, estimator):
    """Estimates only: two people with half a weight each are more evidence than one."""
    people, margins = survey
    halves = np.vstack([people, people[:1]])
    halves[[0, -1], 2] /= 2
    value, _spread = estimated(people, margins, estimator)
    np.testing.assert_allclose(estimated(halves, margins, estimator)[0], value, rtol=1e-8)


@QUICK
@given(surveys(), st.sampled_from(["base", "rake", "fixed"]))
def test_everybody_twice_gives_the_same_estimate_and_half_the_variance(survey, estimator):
    people, margins = survey
    n = len(people)
    value, spread = estimated(people, margins, estimator)
    twice, twice_spread = estimated(np.vstack([people, people]), margins, estimator)
    np.testing.assert_allclose(twice, value, rtol=1e-9)
    np.testing.assert_allclose(twice_spread, spread * (n - 1) / (2 * n - 1), rtol=1e-6, atol=1e-12)
