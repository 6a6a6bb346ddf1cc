"""Age bands are added up, never cut."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from engage.core.statistics.bands import Band, BandsDoNotNestError, nest, within

SURVEY = [Band(16, 24), Band(25, 29), Band(30, 34), Band(35, 44), Band(45, 64), Band(65, 999)]
PUBLISHED = [Band(16, 29), Band(30, 44), Band(45, 64), Band(65, 999)]
YEARS = [*(Band(age, age) for age in range(16, 90)), Band(90, 999)]


def test_narrower_survey_bands_add_up_to_the_published_ones():
    assert nest(SURVEY, PUBLISHED) == PUBLISHED


def test_single_years_add_up_to_the_surveys_bands():
    assert nest(SURVEY, YEARS) == SURVEY


def test_each_side_may_be_the_finer_one_in_its_own_place():
    assert nest(
        [Band(16, 29), Band(30, 39), Band(40, 999)], [Band(16, 24), Band(25, 29), Band(30, 999)]
    ) == [Band(16, 29), Band(30, 999)]


def test_bands_that_overlap_without_fitting_are_refused_by_name():
    with pytest.raises(BandsDoNotNestError, match=r"16 to 24, 25 to 34 and .* 16 to 29, 30 to 34"):
        nest([Band(16, 24), Band(25, 34)], [Band(16, 29), Band(30, 34)])


def test_only_bands_inside_the_frame_are_taken():
    assert within(Band(16, 999), [Band(0, 15), *PUBLISHED]) == PUBLISHED


@pytest.mark.parametrize(
    ("bands", "told"),
    [
        ([Band(0, 17), Band(18, 999)], "0 to 17 are only partly inside 16 or over"),
        ([Band(18, 29), Band(30, 999)], "18 to 29, 30 or over do not fill 16 or over"),
        ([Band(16, 29), Band(40, 999)], "do not fill"),
        ([Band(16, 64)], "do not fill"),
        ([Band(0, 15)], "of nobody do not fill"),
    ],
)
def test_bands_that_do_not_fill_the_frame_are_refused(bands, told):
    with pytest.raises(BandsDoNotNestError, match=told):
        within(Band(16, 999), bands)


CUTS = st.sets(st.integers(17, 60)).map(sorted)


def bands(cuts) -> list[Band]:
    edges = [16, *cuts, 61]
    return [Band(a, b - 1) for a, b in pairwise(edges)]


@given(CUTS, CUTS)
def test_common_bands_fill_the_same_ages_and_cut_no_band(first, second):
    mine, theirs = bands(first), bands(second)
    try:
        common = nest(mine, theirs)
    except BandsDoNotNestError:
        assert set(first) != set(second)
        return
    assert within(Band(16, 60), common) == common
    for part in (*mine, *theirs):
        holding = [b for b in common if b.youngest <= part.youngest and part.oldest <= b.oldest]
        assert len(holding) == 1
    assert all(band in mine or band in theirs for band in common)
