"""What is told of who answered: no count of fewer than ten people, nor what would tell one."""

from dataclasses import asdict, replace

import pytest
from core.representation.town import BOROUGH, people, questionnaire, residents
from hypothesis import given, settings, strategies as st

from engage.core.cleaning.table import table_from_answers
from engage.core.representation.measure import TOO_FEW, represent
from engage.core.representation.representation import JOINT, Representation, State
from engage.core.representation.told import told

MEN = ("a", "male")
KEYS = [(age, sex, ward) for age in "abcd" for sex in ("female", "male") for ward in ("W1", "W2")]


def made(answers, *, private=True, **given):
    table = table_from_answers(questionnaire(), answers)
    return represent(questionnaire(), table, residents(), BOROUGH, private=private, **given)


def crowd(counts, **skipped):
    """So many people of each joint group, in the order of `KEYS`; `skipped` did not say."""
    return [
        {"age": age, "sex": sex, "ward": ward} | skipped
        for (age, sex, ward), count in zip(KEYS, counts, strict=True)
        for _person in range(count)
    ]


def group(found: Representation, name: str):
    return next(each for each in found.groups if each.name == name)


@pytest.mark.parametrize(
    ("count", "as_told"), [(0, 5), (9, 5), (10, 10), (14, 10), (15, 20), (104, 100), (105, 110)]
)
def test_counts_are_told_to_the_nearest_ten(count, as_told):
    assert told(count) == as_told


def test_a_group_of_a_few_has_no_number_but_still_a_word():
    found = made([each for each in people(20) if each["age"] != "a"] + people(1))
    young = group(found, "16 to 24")
    assert (young.people, young.sample_share, young.ratio, young.lower) == (None, None, None, None)
    assert (young.residents, young.population_share) == (400, 0.25)
    assert young.state is State.UNDER
    assert group(found, "25 to 44").people == 80
    assert group(found, "25 to 44").ratio == pytest.approx(80 / 245 / 0.25)


def test_who_is_needed_is_told_of_groups_of_many_only():
    some = [each for each in people(30) if (each["age"], each["sex"]) != MEN]
    (needed,) = made(some, target=500).needed
    assert (needed.by, needed.target) == ("age, sex and ward", 500)
    men = [row for row in needed.rows if "men aged 16 to 24" in row.words and row.people is None]
    assert [row.words for row in men] == [
        "27 men aged 16 to 24 in Abbey",
        "27 men aged 16 to 24 in Heath",
    ]
    assert [each.by for each in made(people(10)).needed] == ["age and sex", "ward"]
    assert made(people(1)).needed == ()


@pytest.mark.parametrize("count", [0, 9])
def test_of_a_few_nothing_is_told(count):
    found = made(people(1)[:count])
    assert found == Representation(None, reason=TOO_FEW)


def test_a_few_who_did_not_say_are_not_told():
    few = made([*people(20), *crowd([0, 0, 0, 7, *[0] * 12], sex="refused")])
    many = made([*people(20), *crowd([0, 0, 0, 12, *[0] * 12], sex="refused")])
    unknown = [
        {gap.margin: gap.unknown for gap in each.gaps} for each in (made(people(20)), few, many)
    ]
    assert [each["sex"] for each in unknown] == [0, None, 10]
    assert [each[JOINT] for each in unknown] == [0, None, 10]


def test_the_joint_grid_is_told_in_whole_percent_of_a_thousand_and_not_by_group():
    uneven = [40 + 5 * number for number in range(16)]
    joint = next(gap for gap in made(crowd(uneven)).gaps if gap.margin == JOINT)
    exact = next(gap for gap in made(crowd(uneven), private=False).gaps if gap.margin == JOINT)
    assert (joint.dissimilarity, joint.widest) == (round(exact.dissimilarity, 2), None)
    fewer = next(gap for gap in made(people(20)).gaps if gap.margin == JOINT)
    assert fewer.dissimilarity is None


def test_a_summary_over_few_joint_groups_is_left_out_where_one_has_a_few_people():
    assert made(people(20)).summary.groups == 16
    assert made([each for each in people(20) if each["age"] != "a"]).summary is None


def test_a_private_account_survives_storing():
    found = made([*people(20), *crowd([0, 0, 0, 7, *[0] * 12], sex="refused")])
    assert Representation.from_data(asdict(found)) == found


@given(st.lists(st.integers(0, 60), min_size=16, max_size=16), st.integers(0, 8), st.integers(0, 8))
@settings(max_examples=40, deadline=None)
def test_how_many_a_few_are_changes_no_number_of_any_group(counts, one, other):
    # All who are under 25 did not say where they live, so that no other group has them too.
    def account(few):
        young = {"age": "a", "sex": "refused", "ward": "dk"}
        return made([*crowd([0, 0, 0, 0, 9, *counts[5:]]), *[young] * (few + 1)])

    def numbers(found):
        return [replace(each, state=State.LEVEL) for each in found.groups], found.needed

    assert numbers(account(one)) == numbers(account(other))
    assert group(account(one), "16 to 24").people is None
