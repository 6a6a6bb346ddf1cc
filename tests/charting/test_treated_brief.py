"""What the page of a comparison leads with: what is clear, not the extremes of many figures."""

import pytest

from engage.charting.treated_page import chart, in_brief, rows
from engage.figures.indicators import indicators_of

INDICATORS = {each.id: each for each in indicators_of("fear_of_crime") if each.kind.is_percentage}
NAMES = list(INDICATORS)[:3]


def compared(*p_values):
    made = [
        {"indicator": name, "reason": "", "cells": [], "p_adjusted": p, "value": -0.2}
        | {"lower": -0.3, "upper": -0.1}
        for name, p in zip(NAMES, p_values, strict=True)
    ]
    return {"rows": made}


@pytest.mark.parametrize(
    ("p_values", "said"),
    [
        ((0.5, 0.5, 0.5), "None of the 3 figures that could be compared changed clearly"),
        ((0.5, 0.001, 0.5), "Of the 3 figures that could be compared, 1 changed clearly"),
    ],
)
def test_the_extremes_of_many_differences_are_not_called_findings(p_values, said):
    told = in_brief(compared(*p_values), INDICATORS)
    assert told.startswith(said)
    clear = [INDICATORS[n].name for n, p in zip(NAMES, p_values, strict=True) if p < 0.05]
    assert [INDICATORS[n].name for n in NAMES if INDICATORS[n].name in told] == clear


def test_main_findings_and_what_is_clear_lead_and_are_drawn():
    result = compared(0.5, 0.001, 0.5)
    found = rows(result, INDICATORS, {NAMES[0]})
    assert [each.leads for each in found] == [True, True, False]
    drawn = chart(result, INDICATORS, {NAMES[0]})
    assert [row[0] for row in drawn.table.rows] == [INDICATORS[n].name for n in NAMES[:2]]
