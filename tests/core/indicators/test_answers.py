import numpy as np
import pandas as pd
import pytest

from engage.core.indicators.answers import answers
from engage.core.indicators.model import Indicator, Kind

KINDS = ["@not_asked", "@not_answered", "1", "2", "3", "9"]


def column(*codes):
    return pd.Series(pd.Categorical(codes, KINDS))


TABLE = pd.DataFrame(
    {
        "a": column("1", "2", "3", "9", "@not_asked", "@not_answered"),
        "b": column("3", "3", "1", "1", "1", None),
    }
)


def indicator(kind, variables, **parts):
    return Indicator("x", "X", kind, variables, **parts)


def values(found):
    points = found.values  # noqa: PD011  our own answers, not a frame
    return [float(points[code]) if code >= 0 else None for code in found.codes]


def test_a_proportion_counts_its_numerator_among_its_base():
    asked = indicator(Kind.PROPORTION, ("a",), numerator=("1",), base=("1", "2", "3"))
    assert values(answers(TABLE, asked)[0]) == [1, 0, 0, None, None, None]


def test_any_needs_every_part_in_the_base():
    asked = indicator(Kind.ANY, ("a", "b"), numerator=("1",), base=("1", "2", "3"))
    assert values(answers(TABLE, asked)[0]) == [1, 0, 1, None, None, None]


def test_a_mean_scores_each_answer():
    asked = indicator(Kind.MEAN, ("a",), scores={"1": 5, "2": 4, "3": 1})
    assert values(answers(TABLE, asked)[0]) == [5, 4, 1, None, None, None]


def test_a_sum_needs_a_score_for_every_part():
    asked = indicator(Kind.SUM_MEAN, ("a", "b"), scores={"1": 2, "2": 1, "3": 0})
    assert values(answers(TABLE, asked)[0]) == [2, 1, 2, None, None, None]


def test_a_code_scored_0_stays_in_the_base():
    scores = {"1": 2, "2": 1, "3": 0, "9": 0}
    asked = indicator(Kind.SUM_THRESHOLD, ("a", "b"), scores=scores, threshold=2)
    assert values(answers(TABLE, asked)[0]) == [1, 0, 1, 1, None, None]


def test_a_mean_of_proportions_keeps_each_part_apart():
    asked = indicator(Kind.MEAN_OF_PROPORTIONS, ("a", "b"), numerator=("1",), base=("1", "3"))
    first, second = answers(TABLE, asked)
    assert values(first) == [1, None, 0, None, None, None]
    assert values(second) == [0, 0, 1, 1, 1, None]


@pytest.mark.parametrize("kind", [Kind.MEAN, Kind.SUM_MEAN])
def test_a_score_that_nobody_has_is_empty(kind):
    found = answers(TABLE.iloc[3:4], indicator(kind, ("a",), scores={"1": 5}))[0]
    assert np.array_equal(found.codes, [-1])
