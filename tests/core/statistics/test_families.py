"""Adjusted p-values against p.adjust() of R: adjusted.csv is made by reference.R beside it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from engage.core.statistics.families import benjamini_hochberg, holm, suited

FOLDER = Path(__file__).parents[2] / "reference" / "waves"
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@pytest.mark.parametrize("adjust", [benjamini_hochberg, holm])
def test_adjusted_p_values_are_those_of_r(adjust):
    from_r = pd.read_csv(FOLDER / "adjusted.csv")
    np.testing.assert_allclose(adjust(from_r["p"]), from_r[adjust.__name__], rtol=1e-12)


@given(P_VALUES)
def test_adjusting_never_makes_a_test_more_certain(p):
    raw, rate, any_false = np.array(p), benjamini_hochberg(p), holm(p)
    assert (raw <= rate + 1e-15).all()
    assert (rate <= any_false + 1e-15).all()
    assert (any_false <= 1).all()
    assert (np.diff(rate[np.argsort(raw, kind="stable")]) >= 0).all()


@given(P_VALUES, st.randoms())
def test_the_order_of_tests_does_not_matter(p, random):
    order = list(range(len(p)))
    random.shuffle(order)
    shuffled = benjamini_hochberg(np.array(p)[order])
    np.testing.assert_array_equal(shuffled, benjamini_hochberg(p)[order])


def test_absent_tests_stay_absent_and_do_not_count():
    adjusted = holm([0.01, np.nan, 0.04])
    assert adjusted.tolist()[::2] == [0.02, 0.04]
    assert np.isnan(adjusted[1])
    assert benjamini_hochberg([]).tolist() == []


def test_a_p_value_that_is_none_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm([0.5, 1.2])


def test_small_families_are_kept_from_any_false_finding():
    assert (suited(9), suited(10)) == ("holm", "benjamini_hochberg")
