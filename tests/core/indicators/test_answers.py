import numpy as np
import pandas as pd
import pytest

from engage.core.indicators.answers import answers
from engage.core.indicators.counting import count_indicators
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.sample import take_sample

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


def values(asked, item=0, table=TABLE):
    """What each person's answers count for, None outside the base."""
    counted = count_indicators(table, [asked], take_sample(len(table)))
    made = counted.values(item, np.arange(len(table)))
    return [None if np.isnan(value) else value for value in made]


def test_a_proportion_counts_its_numerator_among_its_base():
    asked = indicator(Kind.PROPORTION, ("a",), numerator=("1",), base=("1", "2", "3"))
    assert values(asked) == [1, 0, 0, None, None, None]


def test_any_needs_every_part_in_the_base():
    asked = indicator(Kind.ANY, ("a", "b"), numerator=("1",), base=("1", "2", "3"))
    assert values(asked) == [1, 0, 1, None, None, None]


def test_a_mean_scores_each_answer():
    asked = indicator(Kind.MEAN, ("a",), scores={"1": 5, "2": 4, "3": 1})
    assert values(asked) == [5, 4, 1, None, None, None]


def test_a_sum_needs_a_score_for_every_part():
    asked = indicator(Kind.SUM_MEAN, ("a", "b"), scores={"1": 2, "2": 1, "3": 0})
    assert values(asked) == [2, 1, 2, None, None, None]


def test_a_code_scored_0_stays_in_the_base():
    scores = {"1": 2, "2": 1, "3": 0, "9": 0}
    asked = indicator(Kind.SUM_THRESHOLD, ("a", "b"), scores=scores, threshold=2)
    assert values(asked) == [1, 0, 1, 1, None, None]


def test_a_mean_of_proportions_keeps_each_part_apart():
    asked = indicator(Kind.MEAN_OF_PROPORTIONS, ("a", "b"), numerator=("1",), base=("1", "3"))
    assert values(asked) == [1, None, 0, None, None, None]
    assert values(asked, item=1) == [0, 0, 1, 1, 1, None]


def test_parts_of_a_mean_are_counted_in_pairs_too():
    asked = indicator(Kind.MEAN_OF_PROPORTIONS, ("a", "b"), numerator=("1",), base=("1", "3"))
    pair = answers(TABLE, [asked])[-1]
    assert pair.categories == ("0|0", "0|1", "1|0", "1|1")
    assert pair.codes.tolist() == [2, -1, 1, -1, -1, -1]


def test_one_question_is_counted_once_for_all_that_it_makes():
    share = indicator(Kind.PROPORTION, ("a",), numerator=("1",), base=("1", "2", "3"))
    score = indicator(Kind.MEAN, ("a",), scores={"1": 5, "2": 4})
    (asked,) = answers(TABLE, [share, score])
    assert asked.categories == ("1", "2", "3", "9")


@pytest.mark.parametrize("kind", [Kind.MEAN, Kind.SUM_MEAN])
def test_a_score_that_nobody_has_is_empty(kind):
    asked = indicator(kind, ("a",), scores={"1": 5})
    assert values(asked, table=TABLE.iloc[3:4]) == [None]
