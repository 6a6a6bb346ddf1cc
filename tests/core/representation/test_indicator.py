"""The R-indicator and its partial values, against R and against what must be true of them."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as arrays

from engage.core.representation.indicator import PropensityError, r_indicator

HERE = Path(__file__).parent
MARGINS = ("age", "sex", "ward")


def table():
    """People and residents by age, sex and ward, as R has them."""
    rows = list(csv.DictReader((HERE / "groups.csv").read_text().splitlines()))
    shape = (3, 2, 3)
    return (
        np.array([float(row["people"]) for row in rows]).reshape(shape),
        np.array([float(row["residents"]) for row in rows]).reshape(shape),
    )


def figures_of_r() -> dict[str, float]:
    rows = csv.DictReader((HERE / "propensities.csv").read_text().splitlines())
    return {row["name"]: float(row["value"]) for row in rows}


def test_every_figure_is_that_of_r():
    made, wanted = r_indicator(*table(), MARGINS), figures_of_r()
    names = ("rate", "spread", "r", "cv", "adjusted_r", "adjusted_cv")
    found = {name: getattr(made, name) for name in names}
    for each in made.partials:
        found[f"unconditional_{each.margin}"] = each.unconditional
        found[f"conditional_{each.margin}"] = each.conditional
    assert found == pytest.approx({name: wanted[name] for name in found}, rel=1e-10)
    assert made.groups == 18


def test_the_example_worked_by_hand():
    made = r_indicator(np.array([10.0, 30.0]), np.array([100.0, 100.0]), ["sex"])
    assert (made.rate, made.spread, made.r, made.cv) == pytest.approx((0.2, 0.1, 0.8, 0.5))
    assert (made.partials[0].unconditional, made.partials[0].conditional) == pytest.approx(
        (0.1, 0.1)
    )
    assert made.adjusted_r == pytest.approx(1 - 2 * math.sqrt(0.01 - 0.0015))


def test_equal_chances_are_the_best_and_all_or_nothing_the_worst():
    residents = np.array([200.0, 100.0])
    equal = r_indicator(residents / 10, residents, ["sex"])
    assert (equal.r, equal.cv, equal.adjusted_cv) == pytest.approx((1, 0, 0))
    worst = r_indicator(np.array([100.0, 0.0]), np.array([100.0, 100.0]), ["sex"])
    assert (worst.r, worst.cv) == (0, 1)


def test_without_any_answer_the_chance_is_none_and_there_is_no_variation_of_it():
    made = r_indicator(np.zeros(2), np.array([100.0, 50.0]), ["sex"])
    assert (made.rate, made.spread, made.r, made.cv, made.adjusted_cv) == (0, 0, 1, None, None)


def test_one_answer_in_small_groups_is_no_more_than_chance():
    people = np.zeros((4, 5))
    people[2, 3] = 1
    made = r_indicator(people, np.full((4, 5), 30.0), ["age", "ward"])
    assert made.cv > 4
    assert made.adjusted_cv < 0.1
    assert made.adjusted_r > made.r


def test_groups_of_nobody_are_not_counted():
    people, residents = np.array([10.0, 30.0, 0.0]), np.array([100.0, 100.0, 0.0])
    made = r_indicator(people, residents, ["ward"])
    assert made == r_indicator(people[:2], residents[:2], ["ward"])
    assert made.groups == 2


@pytest.mark.parametrize(
    ("people", "residents", "told"),
    [
        ([1, 2], [0, 100], "1 people answered in groups in which nobody lives"),
        ([0, 0], [0, 0], "0 residents in all"),
        ([1, -2], [10, 10], "0 or more"),
        ([[1, 2]], [[10, 10]], "one axis a margin"),
        ([1], [10, 10], "the same groups"),
    ],
)
def test_counts_without_a_chance_to_answer_are_refused(people, residents, told):
    with pytest.raises(PropensityError, match=told):
        r_indicator(np.array(people, float), np.array(residents, float), ["sex"])


@st.composite
def tables(draw):
    """People and residents by two margins, never more people than residents."""
    shape = (draw(st.integers(1, 4)), draw(st.integers(1, 4)))
    residents = draw(arrays.arrays(np.int64, shape, elements=st.integers(0, 500)))
    if not residents.sum():
        residents[0, 0] = 1
    share = draw(arrays.arrays(np.float64, shape, elements=st.floats(0, 1)))
    return np.floor(residents * share), residents.astype(float)


@given(tables())
@settings(max_examples=150, deadline=None)
def test_r_is_between_0_and_1_and_no_partial_is_more_than_the_whole(drawn):
    made = r_indicator(*drawn, ["age", "ward"])
    assert -1e-12 <= made.r <= made.adjusted_r <= 1
    assert made.cv is None or made.cv >= made.adjusted_cv >= 0
    age, ward = made.partials
    for each in (age, ward):
        assert 0 <= each.unconditional <= made.spread + 1e-12
        assert 0 <= each.conditional <= made.spread + 1e-12
    # What one margin leaves within its groups is what the other adds to it.
    for one, other in ((age, ward), (ward, age)):
        assert one.unconditional**2 + other.conditional**2 == pytest.approx(
            made.spread**2, abs=1e-12
        )


@given(tables(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_groups_and_of_margins_does_not_matter(drawn, random):
    people, residents = drawn
    order = list(range(people.shape[0]))
    random.shuffle(order)
    made = r_indicator(people, residents, ["age", "ward"])
    again = r_indicator(people[order].T, residents[order].T, ["ward", "age"])
    assert (again.r, again.rate) == pytest.approx((made.r, made.rate))
    for mine, theirs in zip(made.partials, reversed(again.partials), strict=True):
        assert mine.margin == theirs.margin
        assert (mine.unconditional, mine.conditional) == pytest.approx(
            (theirs.unconditional, theirs.conditional)
        )
