import pandas as pd
import pytest

from engage.core.statistics.margins import Margin
from engage.microdata.faults import InputError
from engage.microdata.margins import columns_of

AGE_SEX = {"16-39|F": 1.0, "40+|M": 1.0}


def table(**columns):
    return pd.DataFrame(columns)


PEOPLE = table(age_band=["16-39", "40+"], sex=["F", "M"], ward=["N", "S"], q=["1", "2"])


@pytest.mark.parametrize(
    ("name", "population", "columns"),
    [
        ("ward", {"N": 1}, ("ward",)),
        ("age_sex", AGE_SEX, ("age_band", "sex")),
        ("age_band_sex", AGE_SEX, ("age_band", "sex")),
        ("age_band|sex", AGE_SEX, ("age_band", "sex")),
        ("sex_age", {"F|16-39": 1}, ("sex", "age_band")),
        ("who", AGE_SEX, ("age_band", "sex")),
    ],
)
def test_a_margin_finds_its_columns(name, population, columns):
    assert columns_of(Margin(name, population), PEOPLE) == columns


def test_a_column_of_the_margins_own_name_comes_first():
    own = PEOPLE.assign(age_sex=["16-39|F", "40+|M"])
    assert columns_of(Margin("age_sex", AGE_SEX), own) == ("age_sex",)


@pytest.mark.parametrize(
    "people",
    [
        PEOPLE.drop(columns="sex"),
        PEOPLE.assign(age_group=["16-39", "40+"]),
        PEOPLE.drop(columns="sex").assign(one=["F", "M"], two=["F", "F"]),
    ],
)
def test_columns_that_are_missing_or_not_certain_are_refused(people):
    with pytest.raises(InputError, match=r"match the margin 'age_sex'.*such as age_band"):
        columns_of(Margin("age_sex", AGE_SEX), people)
