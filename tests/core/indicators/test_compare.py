"""Comparisons of two tiny waves; R's figures for larger ones are in tests/microdata."""

import math

import numpy as np
import pandas as pd
import pytest

from engage.core.indicators.compare import AREAS, Wave, compare
from engage.core.indicators.counting import count_indicators
from engage.core.indicators.family import adjust
from engage.core.indicators.model import Areas, Better, Comparisons, GroupPair, Indicator, Kind
from engage.core.statistics.did import arms
from engage.core.statistics.factor import Factor
from engage.core.statistics.families import Adjustment
from engage.core.statistics.sample import take_sample
from engage.core.statistics.target import Operator, Target

WARDS = ("N", "S", "W")


def indicator(**changes):
    plain = {
        "id": "safe",
        "name": "Feels safe",
        "kind": Kind.PROPORTION,
        "variables": ("q",),
        "numerator": ("1",),
        "base": ("0", "1"),
        "better": Better.HIGHER,
    }
    return Indicator(**(plain | changes))


SAFE = (indicator(),)


def wave(name, answers, *, indicators=SAFE):
    """One person an answer, in N, S and W by turns."""
    wards = Factor("ward", WARDS, np.arange(len(answers)) % 3)
    areas = arms(wards, frozenset("N"), frozenset("S"), AREAS)
    sample = take_sample(len(answers), breakdowns=[wards, areas])
    table = pd.DataFrame({"q": pd.Categorical(list(answers), categories=["0", "1", "9"])})
    return Wave(name, count_indicators(table, indicators, sample))


def compared(before, after, comparisons=None, **options):
    made = compare(
        before,
        after,
        breakdowns=["overall", "ward"],
        comparisons=comparisons or Comparisons(),
        estimators=["unweighted"],
        **options,
    )
    return {(each.kind, each.breakdown, each.group): each for each in made}


BEFORE, AFTER = "110100100101", "111101101111"


def test_a_change_is_the_later_wave_less_the_earlier():
    made = compared(wave("1", BEFORE), wave("2", AFTER))
    change = made["wave_diff", "overall", "all"].difference
    assert change.value == pytest.approx((10 - 6) / 12)
    assert change.standard_error**2 == pytest.approx((6 * 6 + 10 * 2) / 144 / 11)
    assert (change.base_first, change.base_second, change.degrees) == (12, 12, 22)


def test_areas_are_compared_by_how_they_changed():
    areas = Areas("ward", frozenset("N"), frozenset("S"))
    made = compared(wave("1", BEFORE), wave("2", AFTER), Comparisons(areas=areas))
    did = made["did", AREAS, "T-C"]
    north, south = (made["wave_diff", "ward", ward].difference.value for ward in "NS")
    assert did.difference.value == pytest.approx(north - south)
    assert (did.difference.base_first, did.difference.base_second, did.fewest) == (8, 8, 4)


def test_groups_are_compared_in_either_wave():
    pairs = Comparisons((GroupPair("ward", "N", "W"),))
    made = compared(wave("a", BEFORE), wave("b", AFTER), pairs)
    assert made["group_diff_wa", "ward", "W-N"].difference.value == pytest.approx(-0.75)
    assert made["group_diff_wb", "ward", "W-N"].made_of == (("b", "ward", "N"), ("b", "ward", "W"))


@pytest.mark.parametrize(
    ("value", "verdict"), [(0.5, "met"), (0.8, "met within sampling error"), (0.999, "not met")]
)
def test_the_later_wave_is_held_to_the_target(value, verdict):
    target = (indicator(target=Target(Operator.AT_LEAST, value)),)
    many = "1" * 90 + "0" * 15
    made = compared(wave("1", many, indicators=target), wave("2", many, indicators=target))
    each = made["vs_target", "overall", "wave2"]
    assert (each.verdict, each.target) == (verdict, value)
    assert each.difference.value == pytest.approx(90 / 105 - value)
    assert each.difference.degrees == 104


def test_everybody_of_a_few_is_not_beyond_doubt():
    target = (indicator(target=Target(Operator.AT_LEAST, 0.9)),)
    few = wave("2", "1" * 12, indicators=target)
    each = compared(few, few)["vs_target", "overall", "wave2"]
    assert each.verdict == "met within sampling error"
    assert math.isnan(each.detectable)


def test_a_target_of_nobody_has_no_verdict():
    target = (indicator(target=Target(Operator.AT_LEAST, 0.9)),)
    nobody = wave("2", "9" * 12, indicators=target)
    each = compared(nobody, nobody)["vs_target", "overall", "wave2"]
    assert each.verdict is None
    assert each.fewest == 0


def test_p_values_are_adjusted_within_one_kind_and_breakdown():
    made = list(compared(wave("1", BEFORE), wave("2", AFTER)).values())
    tested = {(each.comparison.breakdown, each.comparison.group): each for each in adjust(made)}
    alone = tested["overall", "all"]
    assert alone.tests == 1
    assert alone.p_adjusted == pytest.approx(alone.comparison.difference.p_t)
    # In S everybody changed alike in neither wave; the family is what can be tested.
    assert tested["ward", "N"].tests == 3 - sum(
        not tested["ward", ward].comparison.difference.tested for ward in WARDS
    )
    assert tested["ward", "N"].adjustment is Adjustment.HOLM


def test_a_rule_of_adjusting_can_be_chosen():
    made = list(compared(wave("1", BEFORE), wave("2", AFTER)).values())
    assert {each.adjustment for each in adjust(made, Adjustment.BENJAMINI_HOCHBERG)} == {
        "benjamini_hochberg"
    }
