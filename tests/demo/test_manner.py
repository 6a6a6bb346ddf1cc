"""What the demonstration answers fits what the surveys ask."""

import numpy as np
import pytest
from demo.made import definition_of

from engage.core.definition.kinds import CHOICE_KINDS, Kind
from engage.demo.manner import Period, manner_of

SURVEYS = ["fear_of_crime", "women_and_girls", "young_people"]


def test_a_wave_that_has_only_begun_is_a_little_different():
    manner = manner_of("fear_of_crime")
    moved = manner.drifted(np.random.default_rng(1))
    assert moved.scales["safe_dark"].shares != manner.scales["safe_dark"].shares
    assert abs(moved.lists["victim"].share - manner.lists["victim"].share) < 15
    assert moved.lists["why_not"].share == pytest.approx(100)


@pytest.mark.parametrize("survey", SURVEYS)
def test_every_scale_has_a_share_for_each_of_its_options(survey):
    definition, manner = definition_of(survey), manner_of(survey)
    for name, scale in manner.scales.items():
        options = definition.questions[name].options
        substantive = [option.code for option in options if option.means is None]
        for period in Period:
            assert len(scale.at(period)) == len(substantive), name
            assert sum(scale.at(period)) == pytest.approx(100), name
        assert scale.apart.keys() <= {option.code for option in options}, name


@pytest.mark.parametrize("survey", SURVEYS)
def test_every_list_ticks_options_that_are_there(survey):
    definition, manner = definition_of(survey), manner_of(survey)
    together = {name: each for group in manner.together for name, each in group.lists.items()}
    for name, each in {**manner.lists, **together}.items():
        options = definition.questions[name].options
        assert each.ticks.keys() == {o.code for o in options if o.means is None}, name


@pytest.mark.parametrize("survey", SURVEYS)
def test_every_closed_question_is_answered_in_some_manner(survey):
    definition, manner = definition_of(survey), manner_of(survey)
    closed = {
        question.id
        for question in definition.questions.values()
        if question.kind in {*CHOICE_KINDS, Kind.MULTIPLE}
    }
    known = {*manner.scales, *manner.lists, *manner.chances}
    known |= {name for each in manner.together for name in each.lists}
    said_of_themselves = {"age_band", "connection", "woman_or_girl", "sex", "health_condition"}
    assert closed - known == closed & said_of_themselves


@pytest.mark.parametrize("survey", SURVEYS)
def test_what_people_say_of_themselves_are_options_that_are_there(survey):
    definition, manner = definition_of(survey), manner_of(survey)
    ages = {option.code for option in definition.questions["age_band"].options if option.eligible}
    assert manner.who.ages.keys() <= ages
    for name, chances in manner.chances.items():
        assert chances.keys() <= {option.code for option in definition.questions[name].options}
