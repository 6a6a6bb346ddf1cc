"""The demonstration's targets are of figures that there are, for the years of its waves."""

from datetime import date

import pytest

from engage.core.files.faults import Faults
from engage.demo.targets import targets
from engage.extensions import db
from engage.figures.targets import known_of
from engage.targets.values import value_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("questionnaire", ["fear_of_crime", "women_and_girls", "young_people"])
def test_each_is_of_a_figure_that_there_is(lite_app, questionnaire):
    known, faults = known_of(db.session(), questionnaire), Faults("targets.csv")
    goals = targets(TODAY)[questionnaire]
    for goal in goals:
        indicator = known.indicators[goal.indicator]
        assert goal.group in known.groups[goal.breakdown]
        assert indicator.better != "neither"
        value_of(str(goal.target.value), indicator, goal.indicator, faults)
    faults.refuse()
    assert len({(goal.figure, goal.target.year) for goal in goals}) == len(goals)


def test_their_years_are_those_of_the_waves():
    years = {goal.target.year for goal in targets(TODAY)["fear_of_crime"]}
    assert years == {"2024", "2025"}
