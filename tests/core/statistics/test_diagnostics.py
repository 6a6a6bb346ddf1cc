import math

import pytest

from engage.core.statistics.diagnostics import diagnose, kish_effect
from engage.core.statistics.sample import take_sample


def test_kish_design_effect_of_known_weights(sample):
    # Kish (1965): n sum(w^2) / (sum w)^2, here 4 * 22 / 64.
    cells = take_sample(4, design_weights=[1, 1, 2, 4]).cells
    assert kish_effect(cells.design_weights, cells.sizes) == pytest.approx(1.375)


def test_diagnostics_tell_what_the_weights_do(sample):
    told = diagnose(sample)
    assert told.people == 60
    assert told.total == pytest.approx(10_000)
    assert told.smallest < told.total / told.people < told.largest
    assert told.effective_base == pytest.approx(60 / told.design_effect)
    assert told.iterations > 1
    assert "ward" in told.warnings[0]


def test_margins_are_told_before_and_after(sample, people):
    north = diagnose(sample).margins[0]
    weights = people["design_weight"].astype(float)
    share = weights[people["ward"] == "North"].sum() / weights.sum()
    assert (north.margin, north.category) == ("ward", "North")
    assert north.people == (people["ward"] == "North").sum()
    assert north.before == pytest.approx(10_000 * share)
    assert north.after == pytest.approx(2600)
    assert north.residents == 2600


def test_equal_weights_cost_nothing():
    told = diagnose(take_sample(5))
    assert (told.design_effect, told.effective_base, told.margins) == (1, 5, ())


def test_nobody_has_no_weights():
    told = diagnose(take_sample(0))
    assert told.people == 0
    assert math.isnan(told.design_effect)
