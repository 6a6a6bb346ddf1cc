"""Whose file says what is counted: the council's own if it has one, else ours."""

import os
from dataclasses import replace

import pytest

from engage.core.definition.faults import DefinitionError
from engage.core.indicators.model import Headline
from engage.figures.indicators import indicator_file_of, indicators_of

OWN = """
questionnaire: fear_of_crime
headlines: [{indicator: safe}]
indicators:
  - id: safe
    name: Feels safe after dark
    kind: proportion
    variable: safe_dark
    numerator: ["1", "2"]
    base: ["1", "2", "3", "4", "5"]
    better: higher
"""


@pytest.fixture
def own(lite_app, tmp_path):
    """The council's own file for one of our surveys."""
    settings = lite_app.extensions["settings"]
    lite_app.extensions["settings"] = replace(settings, definitions_dir=tmp_path / "own")
    file = tmp_path / "own" / "indicators" / "fear_of_crime.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(OWN)
    return file


def test_the_file_that_ships_counts_without_one_of_the_councils(lite_app):
    file = indicator_file_of("fear_of_crime")
    assert Headline("safe_dark") in file.headlines
    assert [each.id for each in file.united] == ["minority"]
    assert indicators_of("fear_of_crime") == file.indicators


def test_it_counts_outside_an_application_too():
    assert len(indicators_of("young_people")) > 50


def test_a_questionnaire_without_a_file_has_no_indicators(lite_app):
    file = indicator_file_of("market_survey")
    assert (file.questionnaire, file.indicators, file.headlines) == ("market_survey", (), ())


def test_the_councils_own_file_takes_the_place_of_ours_alone(own):
    assert [each.id for each in indicators_of("fear_of_crime")] == ["safe"]
    assert indicator_file_of("fear_of_crime").headlines == (Headline("safe"),)
    assert len(indicators_of("young_people")) > 50


def test_a_changed_file_is_read_again(own):
    assert [each.id for each in indicators_of("fear_of_crime")] == ["safe"]
    own.write_text(OWN.replace("id: safe", "id: safer").replace("r: safe}", "r: safer}"))
    os.utime(own, ns=(1, 1))
    assert [each.id for each in indicators_of("fear_of_crime")] == ["safer"]


def test_a_file_with_faults_is_refused_and_other_surveys_go_on(own):
    own.write_text(OWN.replace("kind: proportion", "kind: share"))
    os.utime(own, ns=(2, 2))
    with pytest.raises(DefinitionError, match=r"fear_of_crime\.yaml: indicators/0/kind"):
        indicators_of("fear_of_crime")
    assert indicators_of("women_and_girls")
