import math

import pandas as pd
import pytest

from engage.core.statistics.estimate import TIDY_COLUMNS, Estimate


def test_the_tidy_columns_are_the_agreed_ones():
    assert ",".join(TIDY_COLUMNS) == (
        "wave,indicator,breakdown,group,estimator,method,estimate,standard_error,lower,upper,"
        "base,effective_base,design_effect,flag"
    )


@pytest.mark.parametrize("absent", [None, "", math.nan, pd.NA])
def test_a_hidden_row_has_no_numbers_however_absence_is_written(absent):
    row = dict.fromkeys(TIDY_COLUMNS, absent) | {"flag": "[c]"}
    estimate = Estimate.from_row(row)
    assert estimate.hidden
    assert estimate.base is None
    assert math.isnan(estimate.value)


def test_a_row_becomes_an_estimate():
    row = dict.fromkeys(TIDY_COLUMNS) | {"estimate": "0.5", "base": 40, "flag": "exact [low]"}
    estimate = Estimate.from_row(row)
    assert (estimate.value, estimate.base, estimate.low, estimate.hidden) == (0.5, 40, True, False)
    assert estimate.flag == "exact [u]", "a symbol of figures that were stored earlier"
