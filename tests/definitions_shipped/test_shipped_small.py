"""The five short questionnaires: definition files and nothing else."""

from pathlib import Path

import pytest
from reading import labels, minutes, prose, reading_age, sentences

import engage.definitions
from engage.core.definition.codebook import variables
from engage.core.definition.kinds import CHOICE_KINDS, PLACE_KINDS, TEXT_KINDS, Kind, Means
from engage.core.definition.load import load_definition
from engage.core.definition.model import Definition
from engage.core.indicators.load import load_indicators
from engage.core.indicators.model import IndicatorFile

FOLDER = Path(engage.definitions.__file__).parent
SMALL = (
    "pulse", "victim_satisfaction", "payback_nomination", "event_feedback", "hate_crime_pledge",
)  # fmt: skip


@pytest.fixture(params=SMALL)
def small(request) -> Definition:
    return load_definition(FOLDER / request.param / "v1.yaml")


@pytest.fixture
def figures(small) -> IndicatorFile:
    return load_indicators(FOLDER / "indicators" / f"{small.id}.yaml")


def named(name: str) -> Definition:
    return load_definition(FOLDER / name / "v1.yaml")


def test_a_child_of_nine_can_read_it(small):
    assert reading_age(list(prose(small))) <= 9
    # The answer scales are the field's own, word for word.
    asked = small.questions.values()
    own = [option.label for each in asked if each.kind is not Kind.SCALE for option in each.options]
    assert not own or reading_age(own) <= 9


def test_no_sentence_is_longer_than_25_words(small):
    long = [line for text in prose(small) for line in sentences(text) if len(line.split()) > 25]
    assert not long


def test_it_takes_as_long_as_it_says(small):
    assert small.minutes - 1 < minutes(small) <= small.minutes


def test_it_asks_no_names_and_promises_no_more_than_that(small):
    everything = " ".join([*prose(small), *labels(small), small.title]).lower()
    assert "we don’t ask your name" in everything
    assert "anonym" not in everything
    assert "confidential" not in everything


def test_only_the_age_has_to_be_said(small):
    assert {each.id for each in small.questions.values() if each.required} <= {"age_band"}


def test_every_choice_can_be_declined(small):
    for question in small.questions.values():
        if question.options and not question.required and question.kind is not Kind.RANKING:
            means = {option.means for option in question.options}
            assert means & {Means.REFUSED, Means.DONT_KNOW}, question.id


def test_help_begins_with_999_and_names_somebody_to_talk_to(small):
    assert small.help[0].phone == "999"
    assert "Victim Support" in {service.name for service in small.help}


def test_every_figure_is_made_of_columns_and_codes_that_exist(small, figures):
    known = {each.name: each for each in variables(small)}
    for indicator in figures.indicators:
        for name in indicator.variables:
            assert name in known, (indicator.id, name)
            unknown = {*indicator.codes, *indicator.numerator} - {*known[name].categories}
            assert not unknown, (indicator.id, unknown)


def test_no_base_holds_a_dont_know_or_a_refusal(small, figures):
    known = {each.name: small.questions[each.question] for each in variables(small)}
    for indicator in figures.indicators:
        for name in indicator.variables:
            if known[name].kind in CHOICE_KINDS:
                substantive = {each.code for each in known[name].options if each.means is None}
                assert set(indicator.codes) == substantive, indicator.id


def test_the_pulse_is_three_questions_that_may_be_put_to_anyone():
    pulse = named("pulse")
    assert len(pulse.questions) == 3
    assert not pulse.roles
    assert {each.kind for each in pulse.questions.values()} == {Kind.SCALE}


def test_victims_are_asked_neither_where_nor_who_they_are_nor_on_which_day():
    survey = named("victim_satisfaction")
    assert survey.invited
    assert not survey.keeps_day
    assert survey.smallest_base == 10
    assert not [each.id for each in survey.questions.values() if each.kind in PLACE_KINDS]
    assert set(survey.roles) == {"age"}
    assert len(survey.questions["age_band"].options) == 2
    assert not any(each.themes for each in survey.questions.values())


def test_victims_rate_each_service_that_was_in_touch_and_no_other():
    survey = named("victim_satisfaction")
    services = [each for each in survey.questions["agencies"].options if each.means is None]
    for service in services:
        rated = survey.questions[f"rate_{service.code}"]
        assert rated.show_if.codes == {service.code}


@pytest.mark.parametrize("name", ["payback_nomination", "event_feedback"])
def test_nobody_is_asked_how_to_reach_them(name):
    boxes = [each for each in named(name).questions.values() if each.kind in TEXT_KINDS]
    told = " ".join(each.text + each.help for each in boxes).lower()
    assert not any(word in told for word in ("e-mail", "phone", "address", "your name"))
