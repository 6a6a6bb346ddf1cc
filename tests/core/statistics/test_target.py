import math

import pytest

from engage.core.statistics.target import Operator, Target, judge


@pytest.mark.parametrize(
    ("operator", "higher", "figure", "said"),
    [
        (">=", True, (0.80, 0.75, 0.85), "met"),
        (">=", True, (0.80, 0.72, 0.88), "met"),
        (">=", True, (0.74, 0.70, 0.78), "met within sampling error"),
        (">=", True, (0.70, 0.66, 0.74), "not met within sampling error"),
        (">=", True, (0.60, 0.55, 0.65), "not met"),
        ("<=", False, (0.60, 0.55, 0.65), "met"),
        ("<=", False, (0.70, 0.66, 0.74), "met within sampling error"),
        ("<=", False, (0.74, 0.70, 0.78), "not met within sampling error"),
        ("<=", False, (0.80, 0.75, 0.85), "not met"),
        (">=", True, (0.72 - 1e-7, 0.70, 0.74), "met within sampling error"),
        (">=", True, (0.72 - 1e-5, 0.70, 0.74), "not met within sampling error"),
        ("<=", False, (0.72 + 1e-7, 0.70, 0.74), "met within sampling error"),
        ("=", True, (0.80, 0.75, 0.85), "met"),
        ("=", False, (0.80, 0.75, 0.85), "not met"),
        ("=", False, (0.72, 0.72, 0.72), "met"),
    ],
)
def test_a_target_of_72_percent_is_judged_by_the_interval(operator, higher, figure, said):
    target = Target(Operator(operator), 0.72)
    assert judge(target, *figure, higher_is_better=higher) == said


def test_a_figure_without_an_interval_is_not_judged():
    with pytest.raises(ValueError, match="without a value and an interval"):
        judge(Target(Operator.AT_LEAST, 0.5), 0.6, math.nan, math.nan, higher_is_better=True)
