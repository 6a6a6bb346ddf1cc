"""Answers are shared out so that their weighted shares come out as wanted."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from engage.demo.shares import share_out


def test_even_weights_meet_a_share_to_half_a_person():
    taken = share_out(np.arange(10.0), np.ones(10), [30, 70])
    assert taken.tolist() == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]


def test_those_who_lean_least_take_the_first_share():
    taken = share_out(np.array([0.9, -1.0, 0.1]), np.ones(3), [1, 1, 1])
    assert taken.tolist() == [2, 0, 1]


@pytest.mark.parametrize("shares", [[66, 34], [20, 46, 13, 14, 7], [1, 99], [0, 100], [100, 0]])
def test_uneven_weights_meet_every_share_far_below_a_tenth_of_a_percent(shares):
    random = np.random.default_rng(1)
    weights = random.lognormal(0, 0.6, 350)
    taken = share_out(random.normal(size=350), weights, shares)
    met = np.bincount(taken, weights, minlength=len(shares)) / weights.sum()
    assert met == pytest.approx(np.array(shares) / 100, abs=0.0005)


@given(
    st.lists(st.floats(0.1, 10), max_size=30),
    st.lists(st.floats(0, 100), min_size=1, max_size=5).filter(lambda shares: sum(shares) > 0),
)
@settings(max_examples=50, deadline=None)
def test_everybody_takes_one_of_the_shares(weights, shares):
    taken = share_out(np.zeros(len(weights)), np.array(weights, float), shares)
    assert len(taken) == len(weights)
    assert set(taken.tolist()) <= set(range(len(shares)))
