"""The three questionnaires as they ship, each with its indicators."""

from pathlib import Path

import pytest

import engage.definitions
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.indicators.load import load_indicators
from engage.core.indicators.model import Indicator, IndicatorFile

FOLDER = Path(engage.definitions.__file__).parent
QUESTIONNAIRES = ("fear_of_crime", "young_people", "women_and_girls")


def shipped(name: str) -> Definition:
    return load_definition(FOLDER / name / "v1.yaml")


@pytest.fixture(scope="session", params=QUESTIONNAIRES)
def definition(request) -> Definition:
    return shipped(request.param)


@pytest.fixture(scope="session")
def fear_of_crime() -> Definition:
    return shipped("fear_of_crime")


@pytest.fixture(scope="session")
def young_people() -> Definition:
    return shipped("young_people")


@pytest.fixture(scope="session")
def women_and_girls() -> Definition:
    return shipped("women_and_girls")


def indicators_of(name: str) -> dict[str, Indicator]:
    file = load_indicators(FOLDER / "indicators" / f"{name}.yaml")
    assert file.questionnaire == name
    return {indicator.id: indicator for indicator in file.indicators}


@pytest.fixture
def file(definition) -> IndicatorFile:
    """The file of indicators of the questionnaire at hand."""
    return load_indicators(FOLDER / "indicators" / f"{definition.id}.yaml")


@pytest.fixture
def indicators(definition) -> dict[str, Indicator]:
    """The indicators of the questionnaire at hand, by id."""
    return indicators_of(definition.id)


@pytest.fixture(scope="session")
def fear_of_crime_indicators() -> dict[str, Indicator]:
    return indicators_of("fear_of_crime")


@pytest.fixture(scope="session")
def women_and_girls_indicators() -> dict[str, Indicator]:
    return indicators_of("women_and_girls")
