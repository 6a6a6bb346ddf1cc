import numpy as np
import pandas as pd

from engage.core.statistics.factor import cross, factor_of, name_missing, overall


def test_labels_without_an_order_are_sorted():
    factor = factor_of("ward", pd.Series(["b", "a", None, "b"]))
    assert factor.categories == ("a", "b")
    assert factor.codes.tolist() == [1, 0, -1, 1]


def test_a_column_keeps_its_own_order_and_its_empty_groups():
    values = pd.Series(pd.Categorical(["old", "young"], ["young", "middle", "old"]))
    assert factor_of("age", values).categories == ("young", "middle", "old")


def test_kinds_of_missing_are_no_group():
    kinds = ["@not_asked", "@not_answered", "1", "2"]
    factor = factor_of("q", pd.Series(pd.Categorical(["2", "@not_asked", "1"], kinds)))
    assert factor.categories == ("1", "2")
    assert factor.codes.tolist() == [1, -1, 0]


def test_crossed_labels_are_joined_by_a_bar():
    age = factor_of("age", pd.Series(["16-24", "25+", "25+", None]))
    sex = factor_of("sex", pd.Series(["F", "F", "M", "M"]))
    factor = cross("age_sex", [age, sex])
    assert factor.categories == ("16-24|F", "16-24|M", "25+|F", "25+|M")
    assert factor.codes.tolist() == [0, 2, 3, -1]


def test_people_of_no_category_get_one():
    factor = name_missing(factor_of("ward", pd.Series(["a", None])))
    assert factor.categories == ("a", "unknown")
    assert factor.sizes.tolist() == [1, 1]


def test_a_factor_without_gaps_stays_as_it_is():
    factor = factor_of("ward", pd.Series(["a", "b"]))
    assert name_missing(factor) is factor


def test_overall_holds_everybody():
    factor = overall(3)
    assert factor.categories == ("all",)
    np.testing.assert_array_equal(factor.codes, [0, 0, 0])
