"""A whole table against R's survey package.

tests/reference/people/survey_values.csv is made by survey.R beside it, in short (each indicator,
everybody and each ward; see the file for the rest):

    rake(svydesign(ids = ~1, weights = ~base_weight, data = people),
         list(~ward, ~age_sex), list(wards, age_sex))
    calibrate(..., ~ward + age_sex, population, calfun = "raking")
    part <- design[inside, ]
    svymean(~y, part, na.rm = TRUE, deff = "replace")
    svyciprop(~y, part, method = "beta", na.rm = TRUE)
    svycontrast(totals, quote((yes_litter / in_litter + yes_drugs / in_drugs + ...) / 3))
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engage.core.indicators.answers import UnknownVariableError
from engage.core.indicators.compute import compute
from engage.core.indicators.model import Indicator, Kind
from engage.core.statistics.estimate import TIDY_COLUMNS
from engage.core.statistics.factor import cross, factor_of
from engage.core.statistics.margins import Margin
from engage.core.statistics.sample import take_sample
from engage.core.statistics.schemes import ESTIMATORS

FOLDER = Path(__file__).parents[2] / "reference" / "people"
SAFE, FIVE, FOUR = ("1", "2"), tuple("12345"), tuple("1234")
ITEMS = ("litter", "drugs", "noise")
POINTS = {"1": 3.0, "2": 2.0, "3": 1.0, "4": 0.0}


def shares(name, kind, variables, base=FOUR):
    return Indicator(name, name, kind, variables, SAFE, base)


INDICATORS = [
    shares("safe_dark", Kind.PROPORTION, ("dark",), FIVE),
    *(shares(f"{item}_problem", Kind.PROPORTION, (item,)) for item in ITEMS),
    shares("asb_any", Kind.ANY, ITEMS),
    shares("asb3_mean", Kind.MEAN_OF_PROPORTIONS, ITEMS),
    Indicator(
        "dark_score",
        "Safe after dark, 5 to 1",
        Kind.MEAN,
        ("dark",),
        scores={"1": 5, "2": 4, "3": 3, "4": 2, "5": 1},
    ),
    Indicator("asb_score", "Score", Kind.SUM_MEAN, ITEMS, scores=POINTS),
    Indicator("asb_high", "High", Kind.SUM_THRESHOLD, ITEMS, scores=POINTS, threshold=5),
]


@pytest.fixture(scope="module")
def people():
    path = FOLDER / "people.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""]).astype("category")


@pytest.fixture(scope="module")
def sample(people):
    ward, age, sex = (factor_of(name, people[name]) for name in ("ward", "age", "sex"))
    margins = [
        Margin("ward", {"North": 2600, "South": 3800, "West": 3600}),
        Margin("age_sex", {"16-39|F": 2300, "16-39|M": 2200, "40+|F": 2900, "40+|M": 2600}),
    ]
    return take_sample(
        len(people),
        margins=margins,
        labels={"ward": ward, "age_sex": cross("age_sex", [age, sex])},
        breakdowns=[ward],
        design_weights=people["design_weight"].astype(float),
    )


@pytest.fixture(scope="module")
def computed(people, sample):
    methods = ("mean", "xlogit", "beta", "wilson")
    return compute(
        people, INDICATORS, sample, wave="w1", estimators=list(ESTIMATORS), methods=methods
    )


@pytest.fixture(scope="module")
def beside_r(computed):
    from_r = pd.read_csv(FOLDER / "survey_values.csv")
    keys = ["estimator", "indicator", "group", "method"]
    return from_r.merge(computed.tidy, on=keys, suffixes=("_r", ""), validate="one_to_one")


def test_every_value_of_r_has_its_row(beside_r):
    assert len(beside_r) == 832
    assert set(beside_r["estimator"]) == set(ESTIMATORS)
    assert set(beside_r["indicator"]) == {each.id for each in INDICATORS}


@pytest.mark.parametrize(
    "column", ["estimate", "standard_error", "lower", "upper", "base", "design_effect"]
)
def test_the_numbers_are_those_of_r(beside_r, column):
    ours = beside_r[column].astype(float)
    np.testing.assert_allclose(ours, beside_r[f"{column}_r"], rtol=0, atol=1e-10)


def test_only_certainties_are_left_to_us(computed, beside_r):
    keys = ["estimator", "indicator", "group", "method"]
    theirs = set(beside_r[keys].itertuples(index=False, name=None))
    rest = [
        row
        for row in computed.tidy.to_dict("records")
        if tuple(row[key] for key in keys) not in theirs
    ]
    assert {row["flag"] for row in rest} <= {"exact"}


def test_the_table_is_tidy(computed):
    assert tuple(computed.tidy.columns) == TIDY_COLUMNS
    assert computed.tidy["base"].dtype == "Int64"
    assert set(computed.tidy.loc[computed.tidy["breakdown"] == "overall", "group"]) == {"all"}
    assert not computed.tidy.duplicated(list(TIDY_COLUMNS[:6])).any()


def test_numerators_are_people_and_means_have_none(computed, people):
    rows = computed.tidy["breakdown"] == "overall"
    safe = computed.numerators[rows & (computed.tidy["indicator"] == "safe_dark")]
    assert set(safe) == {people["dark"].isin(SAFE).sum()}
    assert computed.numerators[computed.tidy["indicator"] == "dark_score"].isna().all()


def test_means_have_no_other_method_than_mean(people, sample):
    tidy = compute(people, INDICATORS, sample, wave="w1", methods=("beta",)).tidy
    means = tidy["indicator"].isin(["dark_score", "asb_score", "asb3_mean"])
    assert set(tidy.loc[means, "method"]) == {"mean"}
    assert set(tidy.loc[~means, "method"]) == {"beta"}


def test_means_can_be_left_out(people, sample):
    only = [each for each in INDICATORS if not each.kind.is_share]
    assert compute(people, only, sample, wave="w1", means=False).tidy.empty


def test_the_mean_of_one_question_three_times_is_that_question(people, sample):
    copies = people.assign(again=people["litter"], more=people["litter"])
    thrice = shares("thrice", Kind.MEAN_OF_PROPORTIONS, ("litter", "again", "more"))
    tidy = compute(copies, [INDICATORS[1], thrice], sample, wave="w1", methods=("mean",)).tidy
    once, three = (tidy[tidy["indicator"] == name] for name in ("litter_problem", "thrice"))
    assert three["standard_error"].tolist() == pytest.approx(once["standard_error"].tolist())


def test_a_missing_column_is_named_with_its_indicator(people, sample):
    with pytest.raises(UnknownVariableError, match="indicator asb_any needs the column drugs"):
        compute(people.drop(columns="drugs"), INDICATORS[4:5], sample, wave="w1")


def test_an_unknown_method_is_named(people, sample):
    with pytest.raises(ValueError, match="'wald': use one of mean, xlogit"):
        compute(people, INDICATORS, sample, wave="w1", methods=("wald",))


@pytest.mark.parametrize("size", [0, 1, 2])
def test_a_wave_of_nobody_or_nearly_nobody_is_a_table_too(people, size):
    few = people.iloc[:size]
    ward = factor_of("ward", few["ward"])
    sample = take_sample(size, breakdowns=[ward])
    made = compute(few, INDICATORS, sample, wave="w1", estimators=("unweighted",))
    assert len(made.tidy) == len(INDICATORS) * 4
    assert (made.tidy.loc[made.tidy["base"] == 0, "flag"] == "[x]").all()
