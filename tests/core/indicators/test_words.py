import math

import pytest

from engage.core.indicators.model import Indicator, Kind
from engage.core.indicators.words import OPEN_LINK, percent, rounded, sentence
from engage.core.statistics.estimate import Estimate

SAFE = Indicator("safe", "Feels safe after dark", Kind.PROPORTION, ("q",), ("1",), ("1", "2"))
SCORE = Indicator("score", "How safe, from 5 to 1", Kind.MEAN, ("q",), scores={"1": 5, "2": 1})


@pytest.mark.parametrize(
    ("proportion", "said"),
    [(0.725, "73%"), (0.145, "15%"), (0.005, "1%"), (0.0049, "0%"), (-0.025, "-3%"), (1, "100%")],
)
def test_halves_are_rounded_away_from_zero(proportion, said):
    assert percent(proportion) == said


@pytest.mark.parametrize(
    ("value", "said"), [(2.5, "3"), (-2.5, "-3"), (-0.1, "0"), (1234.5, "1235"), (1e-9, "0")]
)
def test_numbers_are_rounded_as_by_hand(value, said):
    assert rounded(value) == said


def test_places_after_the_point_are_kept():
    assert rounded(3.005, 2) == "3.01"
    assert percent(0.5, 1) == "50.0%"


def test_a_figure_comes_with_its_interval_and_base():
    estimate = Estimate(0.725, 0.01, 0.694, 0.751, 1410)
    assert sentence(SAFE, estimate) == (
        "Feels safe after dark: 73% (95% interval 69% to 75%). 1,410 people answered."
    )


def test_a_mean_is_never_called_a_percentage():
    said = sentence(SCORE, Estimate(3.456, 0.1, 3.2, 3.7, 200))
    assert said == (
        "How safe, from 5 to 1: a mean score of 3.46 (95% interval 3.20 to 3.70). "
        "200 people answered."
    )


def test_a_low_base_asks_for_care():
    assert sentence(SAFE, Estimate(0.5, 0.1, 0.3, 0.7, 40, flag="[low]")).endswith("needs care.")


def test_a_hidden_figure_says_why_and_no_more():
    nan = math.nan
    said = sentence(SAFE, Estimate(nan, nan, nan, nan, None, flag="[c]"))
    assert said == "Feels safe after dark: not shown, to keep the people who answered private."


def test_nobody_is_said_plainly():
    nan = math.nan
    said = sentence(SAFE, Estimate(nan, nan, nan, nan, 0, flag="[x]"))
    assert said == "Feels safe after dark: nobody answered."


def test_one_person_has_no_interval():
    nan = math.nan
    said = sentence(SCORE, Estimate(5, nan, nan, nan, 1))
    assert said == "How safe, from 5 to 1: a mean score of 5.00. 1 person answered."


def test_an_open_link_is_not_a_random_sample():
    assert "not a random sample" in OPEN_LINK
