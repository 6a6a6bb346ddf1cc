"""Shares and their intervals as fractions: a table with every boundary, and what always holds."""

import math
import re

import pytest
from hypothesis import example, given, strategies as st

from engage.core.words.amount import FRACTIONS, amount, nearest

NAN = math.nan


def said(value, lower, upper, **more):
    return amount(value, lower, upper, **({"places": 0} | more))


@pytest.mark.parametrize(
    ("value", "lower", "upper", "words"),
    [
        (0.72, 0.69, 0.75, "about 7 in 10 (69% to 75%)"),
        (0.725, 0.694, 0.751, "about 7 in 10 (69% to 75%)"),  # equally near to 3 in 4: the tenth
        (0.726, 0.694, 0.752, "about 3 in 4 (69% to 75%)"),
        (0.10, 0.08, 0.13, "about 1 in 10 (8% to 13%)"),
        (0.21, 0.18, 0.24, "about 1 in 5 (18% to 24%)"),
        (0.24, 0.22, 0.26, "about 1 in 4 (22% to 26%)"),
        (0.29, 0.26, 0.32, "about 3 in 10 (26% to 32%)"),
        (0.34, 0.31, 0.37, "about 1 in 3 (31% to 37%)"),
        (0.42, 0.39, 0.45, "about 4 in 10 (39% to 45%)"),
        (0.5, 0.45, 0.55, "about half (45% to 55%)"),
        (0.59, 0.56, 0.62, "about 6 in 10 (56% to 62%)"),
        (0.66, 0.63, 0.69, "about 2 in 3 (63% to 69%)"),
        (0.79, 0.75, 0.82, "about 8 in 10 (75% to 82%)"),
        (0.9, 0.87, 0.92, "about 9 in 10 (87% to 92%)"),
    ],
)
def test_a_fraction_stands_for_what_is_near_it(value, lower, upper, words):
    assert said(value, lower, upper) == words


@pytest.mark.parametrize(
    ("value", "lower", "upper", "words"),
    [
        (0.52, 0.515, 0.525, "about half (52% to 53%)"),  # 2 points away: whatever the interval
        (0.5201, 0.515, 0.525, "52% (52% to 53%)"),
        (0.53, 0.49, 0.57, "about half (49% to 57%)"),  # 3 points away: inside the interval
        (0.53, 0.5, 0.56, "about half (50% to 56%)"),
        (0.53, 0.501, 0.559, "53% (50% to 56%)"),
        (0.5301, 0.49, 0.57, "53% (49% to 57%)"),
        (0.45, 0.42, 0.48, "45% (42% to 48%)"),
        (0.15, 0.13, 0.17, "15% (13% to 17%)"),
    ],
)
def test_no_fraction_is_said_of_what_is_farther_away(value, lower, upper, words):
    assert said(value, lower, upper) == words


@pytest.mark.parametrize(
    ("value", "lower", "upper", "words"),
    [
        (0.5, 0.4, 0.6, "about half (40% to 60%)"),  # 10 points on either side
        (0.5, 0.399, 0.6, "somewhere between 40% and 60%"),
        (0.5, 0.38, 0.62, "somewhere between 38% and 62%"),
        (0.04, 0.01, 0.22, "somewhere between 1% and 22%"),
    ],
)
def test_a_wide_interval_has_no_middle(value, lower, upper, words):
    assert said(value, lower, upper) == words


@pytest.mark.parametrize(
    ("value", "lower", "upper", "words"),
    [
        (0.05, 0.03, 0.1, "hardly any (3% to 10%)"),
        (0.05, 0.03, 0.101, "5% (3% to 10%)"),
        (0.051, 0.03, 0.08, "5% (3% to 8%)"),
        (0.95, 0.9, 0.97, "nearly all (90% to 97%)"),
        (0.95, 0.899, 0.97, "95% (90% to 97%)"),
        (0.949, 0.93, 0.97, "95% (93% to 97%)"),
        (0.0, 0.0, 0.036, "hardly any (0% to 4%)"),
        (1.0, 0.964, 1.0, "nearly all (96% to 100%)"),
        (0.0, 0.0, 0.12, "somewhere between 0% and 12%"),
        (1.0, 0.88, 1.0, "somewhere between 88% and 100%"),
        (0.004, 0.0001, 0.11, "under 1% (0% to 11%)"),
        (0.996, 0.89, 0.9999, "over 99% (89% to 100%)"),
    ],
)
def test_nobody_and_everybody_are_never_said(value, lower, upper, words):
    assert said(value, lower, upper) == words


def test_harm_is_not_hardly_any():
    assert said(0.03, 0.02, 0.05, plain=True) == "fewer than 1 in 10 (2% to 5%)"
    assert said(0.72, 0.69, 0.75, plain=True) == "about 7 in 10 (69% to 75%)"


def test_without_an_interval_the_percentage_stands_alone():
    assert said(0.72, NAN, NAN) == "72%"


def test_decimals_are_those_of_the_rounding_rule():
    assert said(0.72, 0.691, 0.747, places=1) == "about 7 in 10 (69.1% to 74.7%)"
    assert said(0.0004, 0.00001, 0.11, places=1) == "under 0.1% (0.0% to 11.0%)"
    assert said(0.9996, 0.89, 0.99999, places=1) == "over 99.9% (89.0% to 100.0%)"


@st.composite
def figures(draw):
    value, low, high = (draw(st.floats(0, 1)) for _ in range(3))
    reach = draw(st.sampled_from([0.0, 0.02, 0.05, 0.1, 1.0]))
    return value, value - reach * low * value, value + reach * high * (1 - value)


@given(figures())
@example((0.15, 0.13, 0.17))
@example((0.5, 0.4, 0.6))
def test_the_words_are_never_far_from_the_interval(figure):
    value, lower, upper = figure
    words = said(value, lower, upper)
    assert not re.search("nobody|everybody|none|everyone", words)
    if found := re.match(r"about (1 in 10|[^(]+) \(", words):
        fraction = dict(FRACTIONS)[found[1]]
        assert lower - 0.02 - 1e-9 <= fraction <= upper + 0.02 + 1e-9
        assert abs(fraction - value) <= 0.03 + 1e-9
        assert upper - lower <= 0.2 + 1e-9
    if words.startswith(("hardly any", "fewer")):
        assert upper <= 0.1
    if words.startswith("nearly all"):
        assert lower >= 0.9


def test_equally_near_fractions_are_taken_in_their_order():
    assert nearest(0.225, 0.2, 0.25) == ("1 in 5", 0.2)
    assert nearest(0.275, 0.25, 0.3) == ("3 in 10", 0.3)
    assert nearest(0.725, 0.7, 0.75) == ("7 in 10", 0.7)
    assert nearest(0.775, 0.75, 0.8) == ("8 in 10", 0.8)
