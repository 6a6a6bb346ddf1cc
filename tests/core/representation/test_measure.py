"""From answers and residents to who answered, through the same population rows as the weights."""

import json

import pytest
from core.representation.town import BOROUGH, people, questionnaire, residents
from hypothesis import given, settings, strategies as st

from engage.core.cleaning.table import table_from_answers
from engage.core.representation.measure import (
    NO_RESIDENTS,
    NOT_COMPARED,
    NOTHING_TO_COMPARE,
    represent,
)
from engage.core.representation.representation import Representation, State


def made(answers, definition=None, rows=None, **given):
    definition = definition or questionnaire()
    table = table_from_answers(definition, answers)
    return represent(definition, table, residents() if rows is None else rows, BOROUGH, **given)


def group(found: Representation, margin: str, name: str):
    return next(each for each in found.groups if (each.margin, each.name) == (margin, name))


def test_each_group_of_each_margin_stands_beside_its_residents():
    # 100 residents in each of 16 joint groups (4 ages from 16, 2 sexes, 2 wards); 5 of each
    # answered, but none of the men aged 16 to 24, of whom 10 should have.
    found = made([each for each in people(5) if (each["age"], each["sex"]) != ("a", "male")])
    assert [each.name for each in found.groups] == [
        *("16 to 24", "25 to 44", "45 to 64", "65 or over", "Women", "Men", "Abbey", "Heath")
    ]
    young = group(found, "age", "16 to 24")
    assert (young.people, young.residents) == (10, 400)
    assert (young.sample_share, young.population_share) == pytest.approx((10 / 70, 1 / 4))
    assert young.ratio == pytest.approx(4 / 7)
    assert young.state is State.UNDER
    assert group(found, "ward", "Abbey").state is State.LEVEL
    gaps = {gap.margin: gap.dissimilarity for gap in found.gaps}
    assert gaps == pytest.approx(
        {
            "age": 1 / 4 - 1 / 7,
            "sex": 1 / 14,
            "ward": 0,
            "joint": 14 * (1 / 14 - 1 / 16) / 2 + 1 / 16,
        }
    )
    assert (found.widest.margin, found.widest.widest) == ("age", "16 to 24")
    # 14 groups at 5 in 100 and 2 at none: rho = 0.04375, S^2 = 0.05 * rho - rho^2.
    assert found.summary.rate == pytest.approx(0.04375)
    assert found.summary.spread**2 == pytest.approx(0.05 * 0.04375 - 0.04375**2)
    assert found.summary.groups == 16
    assert found.summary.partials[2].unconditional == pytest.approx(0, abs=1e-12)


def test_young_men_are_still_needed_in_words():
    found = made([each for each in people(10) if (each["age"], each["sex"]) != ("a", "male")])
    (joint,) = found.needed
    assert (joint.by, joint.target) == ("age, sex and ward", 140)
    assert [row.words for row in joint.rows] == [
        "9 men aged 16 to 24 in Abbey",
        "9 men aged 16 to 24 in Heath",
    ]


def test_where_joint_groups_would_be_tiny_each_margin_is_told_for_itself():
    some = [each for each in people(3) if (each["age"], each["sex"]) != ("a", "male")]
    who, where = made(some).needed
    assert (who.by, where.by) == ("age and sex", "ward")
    assert [row.words for row in who.rows] == ["6 men aged 16 to 24"]
    assert where.rows == ()
    # A target gives the groups enough again.
    (joint,) = made(some, target=160).needed
    assert joint.rows[0].words == "10 men aged 16 to 24 in Abbey"
    assert sum(row.more for row in joint.rows) == 160 - len(some)
    alone = [needs.by for needs in made(some[:10]).needed]
    assert alone == ["age", "sex", "ward"], "10 answers are too few for age by sex"


def test_people_who_do_not_say_are_unknown_and_in_no_share():
    known = people(5)
    lost = [
        {"age": "refused", "sex": "male", "ward": "W1"},
        {"age": "b", "sex": "refused", "ward": "W1"},
        {"age": "b", "sex": "male", "ward": "dk"},
        {"age": "b", "sex": "male", "ward": "W9"},
    ]
    found = made([*known, *lost])
    assert {gap.margin: gap.unknown for gap in found.gaps} == {
        "age": 1, "sex": 1, "ward": 2, "joint": 4,
    }  # fmt: skip
    assert found.people == 84
    assert found.summary == made(known).summary
    assert found.needed == made(known).needed


def test_bands_are_added_up_and_never_cut():
    wide = residents(((0, 15), (16, 44), (45, 999)))
    assert [each.name for each in made(people(), rows=wide).groups][:2] == [
        "16 to 44",
        "45 or over",
    ]
    askew = residents(((0, 15), (16, 29), (30, 34), (35, 999)))
    found = made(people(), rows=askew)
    assert {each.margin for each in found.groups} == {"sex", "ward"}
    (note,) = found.notes
    assert note.startswith("Not compared by age: the survey’s ages 16 to 24, 25 to 44")
    cut = residents(((0, 17), (18, 44), (45, 999)))
    found = made(people(), rows=cut)
    assert found.reason == NOTHING_TO_COMPARE
    assert "0 to 17" in found.notes[0]


def test_a_survey_of_women_is_compared_with_women():
    women = [each for each in people() if each["sex"] == "female"]
    found = made(women, questionnaire("female"))
    assert {each.margin for each in found.groups} == {"age", "ward"}
    assert sum(each.residents for each in found.groups if each.margin == "ward") == 800


def test_what_cannot_be_compared_says_why():
    assert made(people(), questionnaire("none")).reason == NOT_COMPARED
    assert made(people(), rows=[]).reason == NO_RESIDENTS
    assert made(people(), rows=[row._replace(residents=0) for row in residents()]).reason == (
        NO_RESIDENTS
    )
    with pytest.raises(ValueError, match="A target of -1"):
        made(people(), target=-1)


def test_nobody_and_one_person_have_explicit_results():
    nobody = made([])
    assert nobody.summary is None
    assert {each.state for each in nobody.groups} == {State.TOO_FEW}
    assert all(each.ratio is None for each in nobody.groups)
    assert all(gap.dissimilarity is None for gap in nobody.gaps)
    assert nobody.widest is None
    assert all(needs.rows == () for needs in nobody.needed)
    (joint,) = made([], target=160).needed
    assert sum(row.more for row in joint.rows) == 160
    one = made(people()[:1])
    assert {each.state for each in one.groups} == {State.TOO_FEW}
    assert one.summary.rate == 1 / 1600


def test_an_axis_on_which_nobody_is_known_is_left_out_by_name():
    found = made([each | {"sex": "refused"} for each in people()])
    assert {each.margin for each in found.groups} == {"age", "ward"}
    assert found.notes == ("Not compared by sex: nobody who answered said it.",)


def test_who_answered_where_nobody_lives_is_told_and_in_no_propensity():
    rows = [
        row._replace(residents=0) if (row.ward_code, row.sex) == ("W2", "male") else row
        for row in residents()
    ]
    found = made(people(), rows=rows)
    assert "20 people answered in a group with nobody on record." in found.notes
    assert found.summary.rate == pytest.approx(60 / 1200)
    # More people than residents is told too.
    tiny = [row._replace(residents=2) for row in residents()]
    assert "more people answered than are on record" in made(people(), rows=tiny).notes[0]


def test_it_is_stored_as_data_and_read_back():
    for answers in (people(), people()[:1], []):
        found = made(answers)
        assert Representation.from_data(json.loads(json.dumps(found.as_data()))) == found


@given(st.lists(st.sampled_from(people(1)), max_size=40), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_answers_and_of_residents_does_not_matter(answers, random):
    rows = [row._replace(residents=90 + place) for place, row in enumerate(residents())]
    first = made(answers, rows=rows)
    random.shuffle(answers)
    random.shuffle(rows)
    assert made(answers, rows=rows) == first
