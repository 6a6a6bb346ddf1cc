"""The made-up responses give the published figures back."""

from functools import cache

import pytest
from demo.made import DAYS, definition_of, setting, wave

from engage.core.cleaning.table import table_from_answers
from engage.core.definition.codebook import pack
from engage.core.definition.routing import eligible, reachable
from engage.demo.plan import WAVES
from engage.figures.breakdowns import Areas
from engage.figures.calculate import calculate
from engage.figures.indicators import indicators_of
from engage.figures.inputs import Inputs

# Percentages that the strategies print, by the number of the wave. One sixth and one third are
# printed as fractions.
PUBLISHED = {
    0: {"safe_day": 92, "safe_dark": 66, "asb9_mean": 21, "hate_problem": 14, "worry_crime": 39},
    1: {"safe_day": 95, "safe_dark": 72, "asb9_mean": 20, "hate_problem": 12, "worry_crime": 42},
    4: {"unsafe_live": 50, "victim": 59, "witness": 75, "would_report": 79},
    7: {"unsafe_live": 100 / 6, "crime_exp": 100 / 3, "would_report": 66},
}
ITEMS = {
    "asb_litter_problem": 24,
    "asb_dogs_problem": 24,
    "asb_teenagers_problem": 23,
    "asb_vandalism_problem": 12,
    "asb_racial_problem": 3,
    "asb_noise_problem": 14,
    "asb_nothing_to_do_problem": 42,
    "ni42": 18,
}


@cache
def figures(number):
    """The figures of a wave as the worker makes them."""
    plan, sent, borough = WAVES[number], wave(number), setting()
    definition = definition_of(plan.questionnaire)
    table = table_from_answers(
        definition,
        [each.answers for each in sent],
        submissions=[each.submission for each in sent],
        durations=[each.duration for each in sent],
        modes=[each.mode for each in sent],
    )
    names = {group: group for group in borough.borough.groups.values()}
    return calculate(
        Inputs(
            wave="made up",
            definition=definition,
            table=table,
            indicators=indicators_of(plan.questionnaire),
            population=borough.residents,
            areas=Areas(borough.borough.wards, names, borough.borough.groups),
        )
    )


def overall(outcome):
    rows = outcome.tidy[outcome.tidy["breakdown"] == "overall"]
    return dict(zip(rows["indicator"], rows["estimate"] * 100, strict=True))


@pytest.mark.parametrize("number", PUBLISHED)
def test_the_published_percentages_come_out(number):
    found = overall(figures(number))
    assert {name: found[name] for name in PUBLISHED[number]} == pytest.approx(
        PUBLISHED[number], abs=0.2
    )


def test_each_kind_of_anti_social_behaviour_is_as_big_a_problem_as_printed():
    found = overall(figures(1))
    assert {name: found[name] for name in ITEMS} == pytest.approx(ITEMS, abs=0.2)


@pytest.mark.parametrize(
    ("number", "received", "used"), [(7, 451, 380), (4, 1245, 1113), (1, 1054, 1003)]
)
def test_as_many_came_and_are_used_as_published(number, received, used):
    flow = figures(number).flow
    assert (flow.received, flow.used) == (received, used)


def test_the_rules_find_exactly_what_was_planned_for_them(number):
    plan, flow = WAVES[number], figures(number).flow
    assert flow.received == plan.received
    assert {rule: count for rule, count in flow.removed.items() if count} == {
        "out_of_scope": plan.out_of_scope,
        "same_submission": plan.sent_twice,
        "mostly_empty": plan.mostly_empty,
    }
    flagged = {"identical_answers": 2 * plan.alike, "speeding": plan.quick}
    assert dict(flow.flagged) == dict.fromkeys(flow.flagged, 0) | flagged


def test_adults_are_weighted_to_the_residents_and_young_people_are_not():
    assert figures(1).weighting.margins == ("age and sex", "ward")
    assert figures(4).weighting.margins == ("age", "ward")
    assert figures(7).weighting.margins == ()
    assert figures(1).weighting.design_effect < 2


def test_uneasy_wards_and_women_feel_less_safe_after_dark():
    tidy = figures(1).tidy.set_index(["indicator", "breakdown", "label"])["estimate"]
    safe = tidy["safe_dark"]
    assert safe["area_group", "Old Town"] < safe["area_group", "Southern Meadows"] - 0.05
    assert safe["sex", "Female"] < safe["sex", "Male"] - 0.05


def test_the_same_seed_gives_the_same_responses():
    wave.cache_clear()
    first = wave(7)
    wave.cache_clear()
    assert wave(7) == first


def test_answers_are_those_that_the_walk_could_have_given(number):
    plan, sent = WAVES[number], wave(number)
    definition = definition_of(plan.questionnaire)
    fitting = 0
    for each in sent:
        kept = reachable(definition, each.answers)
        pack(definition, kept)
        fitting += eligible(definition, kept)
        assert DAYS[0] <= each.day <= DAYS[1]
        assert (each.duration is None) == (each.mode != "web")
        if eligible(definition, kept):
            assert kept == each.answers
    assert fitting == plan.received - plan.out_of_scope
    assert len({each.id for each in sent}) == plan.received
    assert len({each.submission for each in sent}) == plan.received - plan.sent_twice
