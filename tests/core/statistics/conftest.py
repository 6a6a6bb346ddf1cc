"""Sixty invented people with three wards, and the residents that they stand for."""

from pathlib import Path

import pandas as pd
import pytest

from engage.core.statistics.factor import cross, factor_of
from engage.core.statistics.margins import Margin
from engage.core.statistics.sample import take_sample

HERE = Path(__file__).parents[2] / "reference" / "people"


@pytest.fixture
def people():
    return pd.read_csv(HERE / "people.csv", dtype=str, keep_default_na=False, na_values=[""])


@pytest.fixture
def margins():
    return [
        Margin("ward", {"North": 2600, "South": 3800, "West": 3600}),
        Margin("age_sex", {"16-39|F": 2300, "16-39|M": 2200, "40+|F": 2900, "40+|M": 2600}),
    ]


@pytest.fixture
def labels(people):
    ward, age, sex = (factor_of(name, people[name]) for name in ("ward", "age", "sex"))
    return {"ward": ward, "age_sex": cross("age_sex", [age, sex])}


@pytest.fixture
def sample(people, margins, labels):
    return take_sample(
        len(people),
        margins=margins,
        labels=labels,
        breakdowns=[labels["ward"]],
        design_weights=people["design_weight"].astype(float),
    )
