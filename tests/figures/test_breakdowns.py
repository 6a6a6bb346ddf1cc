"""Groups worked out for a whole table are those worked out person by person."""

import pytest
from figures.town import GROUP_OF, GROUPS, WARDS, people
from hypothesis import given, settings, strategies as st

from engage.core.cleaning.conditions import holds
from engage.core.cleaning.table import table_from_answers
from engage.core.definition import routing
from engage.core.definition.condition import Condition
from engage.core.definition.kinds import Kind
from engage.core.definition.load import load_definition
from engage.figures.breakdowns import Areas, cuts, visitors
from engage.waves.catalogue import newest_file

DEFINITION = load_definition(newest_file("fear_of_crime"))
PEOPLE = [*people(DEFINITION, 60, seed=5)]
TABLE = table_from_answers(DEFINITION, PEOPLE)
AREAS = Areas(WARDS, GROUPS, GROUP_OF)
ASKED = ["safe_dark", "avoid", "ward", "victim", "health_condition", "one_thing"]


@st.composite
def comparisons(draw):
    question = DEFINITION.questions[draw(st.sampled_from(ASKED))]
    codes = [option.code for option in question.options] or ["-"]
    if question.kind in {Kind.LONG_TEXT, Kind.AREA} or draw(st.booleans()):
        return Condition(question=question.id, answered=True)
    return Condition(
        question=question.id, codes=frozenset(draw(st.sets(st.sampled_from(codes), min_size=1)))
    )


CONDITIONS = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda some: Condition(all_of=tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: Condition(any_of=tuple(some))),
        inner.map(lambda one: Condition(negated=one)),
    ),
    max_leaves=5,
)


@given(CONDITIONS)
@settings(max_examples=150, deadline=None)
def test_a_rule_over_the_table_holds_of_whom_it_holds_one_by_one(condition):
    one_by_one = [routing.holds(condition, each) for each in PEOPLE]
    assert holds(condition, DEFINITION, TABLE).tolist() == one_by_one


def test_everybody_falls_into_the_group_that_their_answers_say():
    made = {cut.factor.name: cut for cut in cuts(DEFINITION, TABLE, AREAS)}
    for breakdown in DEFINITION.breakdowns:
        if breakdown.id == "connection":
            continue
        factor = made[breakdown.id].factor
        for person, code in zip(PEOPLE, factor.codes, strict=True):
            fitting = [g.code for g in breakdown.groups if routing.holds(g.when, person)]
            assert (factor.categories[code] if code >= 0 else None) == (fitting or [None])[0]


def test_areas_follow_from_the_ward_and_who_has_none_is_in_none():
    made = {cut.factor.name: cut.factor for cut in cuts(DEFINITION, TABLE, AREAS)}
    for person, ward, group in zip(
        PEOPLE, made["ward"].codes, made["area_group"].codes, strict=True
    ):
        lives = person.get("ward")
        assert (made["ward"].categories[ward] if ward >= 0 else None) == lives
        named = made["area_group"].categories[group] if group >= 0 else None
        assert named == GROUP_OF.get(lives)


def test_without_wards_on_record_there_are_no_areas():
    names = [cut.factor.name for cut in cuts(DEFINITION, TABLE, Areas({}, {}, {}))]
    assert names[0] == "age"
    assert "connection" not in names


@pytest.mark.parametrize("questionnaire", ["fear_of_crime", "young_people", "women_and_girls"])
def test_visitors_are_those_who_say_so(questionnaire):
    definition = load_definition(newest_file(questionnaire))
    some = [*people(definition, 30)]
    away = visitors(definition, table_from_answers(definition, some))
    assert away.tolist() == [each["connection"] == "visitor" for each in some]
