"""What others would publish of the invented borough is whole, and says that it is made up."""

import pytest

from engage.areas.wards import replace_wards
from engage.clock import today
from engage.demo.borough import shapes, wards
from engage.demo.outside import SOURCE, load_outside
from engage.extensions import db
from engage.figures.indicators import indicators_of
from engage.outside.models import SeriesKind
from engage.outside.store import all_series, beside_london, crime_by_ward, crime_years, latest_year


@pytest.fixture
def loaded(lite_app):
    replace_wards(db.session, shapes(wards()))
    load_outside(db.session(), today())
    db.session.commit()


def test_every_series_says_that_it_is_made_up(loaded):
    series = all_series(db.session)
    assert len(series) == 9
    for each in series:
        assert "made-up" in each.source
        assert "made up" in each.about.lower() or each.kind == SeriesKind.CRIME
        assert each.borough == "quillhaven"


def test_the_survey_stands_beside_a_london_that_is_made_up_and_near_to_our_own(loaded):
    own = {each.id for each in indicators_of("fear_of_crime")}
    for series in all_series(db.session, SeriesKind.SURVEY):
        shown = beside_london(db.session, series)
        assert (shown.borough, shown.london, len(shown.quarters)) == (
            "Quillhaven",
            "Made-up London",
            12,
        )
        assert series.nearest in own | {""}


def test_every_ward_has_recorded_crime_in_the_year_that_is_shown_first(loaded):
    years = crime_years(db.session, SOURCE)
    assert [day.year for day in years] == [2025, 2024, 2023]
    shown = latest_year(years)
    assert shown.year == 2024
    assert all(ward.offences for ward in crime_by_ward(db.session, SOURCE, shown).wards.values())
