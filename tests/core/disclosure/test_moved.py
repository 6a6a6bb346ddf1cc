"""Whole points that a figure moved by tell little of the few who moved it, or are not told."""

import pytest

from engage.core.disclosure.moved import in_points, leaves_open


def ways(share, base, points, most):
    """Every way to add people that a reader would round to these points, one by one."""
    for added in range(most + 1):
        for yes in range(added + 1):
            after = (share * base + yes) / (base + added)
            if abs(100 * (share - after) - 100 * points) <= 0.5:
                yield yes, added - yes


@pytest.mark.parametrize("base", [60, 200, 518, 900, 3000])
@pytest.mark.parametrize("share", [0.05, 0.4942, 0.95])
@pytest.mark.parametrize("most", [1, 8, 28])
@pytest.mark.parametrize("points", [-0.03, 0.0, 0.01, 0.03])
def test_it_is_open_only_where_both_counts_span_enough(base, share, most, points):
    found = [*ways(share, base, points, most)]
    spans = [max(each) - min(each) for each in zip(*found, strict=True)] or [-1]
    for least in (5, 10):
        assert leaves_open(share, base, points, most, least) == (min(spans) >= least)


def test_a_jump_that_only_all_of_them_can_have_made_is_not_told():
    share = 256 / 518
    points = in_points(share - 256 / 546)
    assert points == 0.03
    assert not leaves_open(share, 518, points, 28, 5)


def test_points_are_rounded_half_away_from_nothing():
    assert [in_points(each) for each in (0.005, -0.005, 0.0149, 0.0)] == [0.01, -0.01, 0.01, 0.0]
