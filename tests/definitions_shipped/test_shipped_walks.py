"""Who is asked what: every age, resident or visitor, walked through the shipped questionnaires."""

import pytest

from engage.core.definition.kinds import TEXT_KINDS, Kind, Theme
from engage.core.definition.model import Definition
from engage.core.definition.routing import asked, eligible, path

PERSONAL = {Theme.EQUALITIES, Theme.VICTIMISATION}
FROM_16 = {Theme.SEXUAL_VIOLENCE, Theme.SEXUAL_ORIENTATION, Theme.GENDER_IDENTITY}

# What a child under 13 may be asked; a question that is added has to be added here as well.
FOR_CHILDREN = {
    "young_people": {
        "age_band",
        "connection",
        "ward",
        "safe_live",
        "safe_out_day",
        "safe_out_dark",
        "why_unsafe",
        "avoid",
        "why_violence",
        "what_helps",
        "would_report",
        "why_not",
    },
    "women_and_girls": {
        "age_band",
        "woman_or_girl",
        "connection",
        "ward",
        "safe_live",
        "why_unsafe",
        "safe_travel_day",
        "safe_travel_dark",
        "safe_waiting",
        "safe_park",
        "safe_shops",
        "avoid",
        "help_now",
        "help_later",
        "would_report",
        "why_not",
    },
}


def questions_for(definition: Definition, **answers: str) -> set[str]:
    """Every question that somebody who gives these answers is asked."""
    return {
        question.id
        for section in path(definition, answers)
        for question in section.questions
        if asked(question, answers)
    }


def talkative(age: str) -> dict[str, str]:
    """A resident of that age whose answers lead to every routed question."""
    return {
        "age_band": age,
        "woman_or_girl": "yes",
        "connection": "resident",
        "would_report": "3",
        "health_condition": "yes",
    }


def youngest(definition: Definition, code: str) -> int:
    option = definition.questions["age_band"].option(code)
    return option.age[0] if option.age else 0


def ages(definition: Definition) -> list[str]:
    return [each.code for each in definition.questions["age_band"].options if each.eligible]


def test_nobody_under_13_is_asked_about_themselves_about_crime_they_met_or_for_words(definition):
    for code in ages(definition):
        if youngest(definition, code) < 13:
            for question_id in questions_for(definition, **talkative(code)):
                question = definition.questions[question_id]
                assert not question.themes & (PERSONAL | FROM_16), (code, question_id)
                assert question.kind not in TEXT_KINDS, (code, question_id)


def test_nobody_under_16_is_asked_about_sexuality_or_sexual_harm(definition):
    for code in ages(definition):
        if youngest(definition, code) < 16:
            for question_id in questions_for(definition, **talkative(code)):
                themes = definition.questions[question_id].themes
                assert not themes & FROM_16, (code, question_id)


@pytest.mark.parametrize(
    ("name", "child"), [("young_people", "10_12"), ("women_and_girls", "under_13")]
)
def test_a_child_gets_a_short_survey_that_is_worth_answering(name, child, request):
    definition = request.getfixturevalue(name)
    asked_of_child = questions_for(definition, **talkative(child))
    assert asked_of_child == FOR_CHILDREN[name]
    assert len(asked_of_child) >= 8
    assert any(definition.questions[each].key for each in asked_of_child)


def test_a_person_of_16_is_asked_everything_that_anyone_is(definition):
    adult = next(code for code in ages(definition) if youngest(definition, code) == 16)
    assert questions_for(definition, **talkative(adult)) == set(definition.questions)


def test_whoever_does_not_say_their_age_is_spared_the_personal_questions(fear_of_crime):
    for question_id in questions_for(fear_of_crime, **talkative("refused")):
        question = fear_of_crime.questions[question_id]
        assert not question.themes, question_id
        assert question.kind not in TEXT_KINDS, question_id


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("fear_of_crime", {"age_band": "under_16"}),
        ("fear_of_crime", {"age_band": "25_29", "connection": "neither"}),
        ("young_people", {"age_band": "under_10"}),
        ("young_people", {"age_band": "26_over"}),
        ("young_people", {"age_band": "13_15", "connection": "neither"}),
        ("women_and_girls", {"age_band": "25_29", "woman_or_girl": "no"}),
        ("women_and_girls", {"age_band": "25_29", "woman_or_girl": "refused"}),
        ("women_and_girls", {"age_band": "25_29", "connection": "neither"}),
    ],
)
def test_the_survey_ends_kindly_for_those_it_is_not_for(name, answers, request):
    assert not eligible(request.getfixturevalue(name), answers)


def test_those_who_work_study_or_visit_take_part_but_are_not_asked_where_they_live(definition):
    adult = next(code for code in ages(definition) if youngest(definition, code) == 16)
    visitor = talkative(adult) | {"connection": "visitor"}
    assert eligible(definition, visitor)
    left_out = set(definition.questions) - questions_for(definition, **visitor)
    expected = {"ward", "safe_live"}
    if definition.id == "fear_of_crime":
        expected |= {"satisfied_area", "belong"}
    assert left_out == expected
    assert any(definition.questions[each].key for each in questions_for(definition, **visitor))


def test_visitors_are_a_group_of_their_own(definition):
    (connection,) = [each for each in definition.breakdowns if each.id == "connection"]
    assert [group.code for group in connection.groups] == ["resident", "visitor"]


def test_only_those_who_would_not_report_are_asked_why(definition):
    for answer, follows in {"1": False, "2": False, "3": True, "4": True, "9": False}.items():
        asked_now = questions_for(definition, **talkative("16_24") | {"would_report": answer})
        assert ("why_not" in asked_now) is follows


def test_the_area_is_asked_alone_on_its_page(definition):
    (page,) = [s for s in definition.sections if any(q.kind is Kind.AREA for q in s.questions)]
    assert len(page.questions) == 1


def test_a_woman_or_girl_is_who_says_so(women_and_girls):
    assert "sex" not in women_and_girls.questions
    assert "sex" not in women_and_girls.roles
    assert women_and_girls.questions["woman_or_girl"].required
    assert women_and_girls.population == "female"
