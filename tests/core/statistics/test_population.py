"""Margins from the residents on record: what is used, what is refused, what is put together."""

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import parse_definition
from engage.core.statistics.population import NO_POPULATION, NOT_WEIGHTED, Borough, frame
from engage.core.statistics.sample import take_sample
from engage.core.statistics.weights import rake

BANDS = ((0, 15), (16, 29), (30, 44), (45, 64), (65, 999))
BOROUGH = Borough({"W1": "Abbey", "W2": "Heath", "W3": "Mill"}, {"W1": "n", "W2": "n", "W3": "s"})


class Row(NamedTuple):
    ward_code: str
    sex: str
    age_from: int
    age_to: int
    residents: int


def residents(bands=BANDS, wards=("W1", "W2", "W3")) -> list[Row]:
    return [
        Row(ward, sex, low, high, 1000 + 100 * place + 10 * number)
        for place, ward in enumerate(wards)
        for number, (low, high) in enumerate(bands)
        for sex in ("female", "male")
    ]


def questionnaire(population="everyone", ages=None):
    ages = ages or {
        "child": [0, 15],
        "a": [16, 24],
        "b": [25, 29],
        "c": [30, 44],
        "d": [45, 64],
        "e": [65, None],
    }
    options = [{"code": code, "label": code, "age": age} for code, age in ages.items()]
    options.append({"code": "refused", "label": "No answer", "means": "refused"})
    sexes = [{"code": code, "label": code, "sex": code} for code in ("female", "male")]
    sexes.append({"code": "refused", "label": "No answer", "means": "refused"})
    words = dict.fromkeys(("title", "audience", "start", "thanks", "ineligible"), "Words.")
    question = {"kind": "single", "text": "And?"}
    return parse_definition(
        words
        | {
            "id": "asked",
            "version": 1,
            "minutes": 1,
            "roles": {"age": "age", "area": "ward"}
            | ({} if population == "female" else {"sex": "sex"}),
            "weighting": {"population": population},
            "sections": [
                {
                    "id": "s0",
                    "title": "You",
                    "questions": [
                        question | {"id": "age", "options": options, "required": True},
                        question | {"id": "sex", "options": sexes},
                    ],
                },
                {
                    "id": "s1",
                    "title": "Place",
                    "questions": [
                        {
                            "id": "ward",
                            "kind": "area",
                            "text": "Where?",
                            "options": [{"code": "dk", "label": "No", "means": "dont_know"}],
                        }
                    ],
                },
            ],
        },
        "asked",
    )


def people(each=6, ages="abcde", sexes=("female", "male"), wards=("W1", "W2", "W3")) -> list[dict]:
    return [
        {"age": age, "sex": sex, "ward": ward}
        for age in ages
        for sex in sexes
        for ward in wards
        for _person in range(each)
    ]


def framed(answers, definition=None, rows=None):
    definition = definition or questionnaire()
    table = table_from_answers(definition, answers)
    return frame(definition, table, residents() if rows is None else rows, BOROUGH)


def test_margins_count_residents_of_eligible_age_by_age_and_sex_and_by_ward():
    made = framed(people())
    assert [margin.name for margin in made.margins] == ["age and sex", "ward"]
    age, ward = made.margins
    adults = [row for row in residents() if row.age_from >= 16]
    assert age.total == ward.total == sum(row.residents for row in adults)
    assert age.population["female, 16 to 29"] == sum(
        row.residents for row in adults if (row.sex, row.age_from) == ("female", 16)
    )
    assert set(ward.population) == {"Abbey", "Heath", "Mill"}
    assert (made.reason, made.refused, made.merged) == ("", (), ())


def test_a_survey_of_women_and_girls_is_weighted_to_women_and_not_to_girls():
    answers = [
        person for person in people(ages=["a", "c", "d", "e", "child"]) if person["sex"] == "female"
    ]
    made = framed(answers, questionnaire("female"))
    age, ward = made.margins
    women = sum(row.residents for row in residents() if row.sex == "female" and row.age_from >= 16)
    assert age.name == "age"
    assert age.total == pytest.approx(women)
    assert ward.total == pytest.approx(women)
    # A fifth of those who answered are girls, who stand for a fifth and not for all children.
    assert age.population["unknown"] == pytest.approx(women / 5)


def test_who_does_not_say_is_unknown_with_their_share_and_nobody_is_dropped():
    hidden = [{"age": "refused", "sex": "female", "ward": "W1"}, {"age": "a", "ward": "dk"}]
    made = framed(people() + hidden * 10)
    age, ward = made.margins
    count = len(people()) + 20
    assert age.population["unknown"] == pytest.approx(age.total * 20 / count)
    assert ward.population["unknown"] == pytest.approx(ward.total * 10 / count)
    assert all((factor.codes >= 0).all() for factor in made.labels.values())


def test_a_ward_that_is_not_on_record_is_unknown():
    made = framed(people() + [{"age": "a", "sex": "male", "ward": "W9"}] * 6)
    assert "unknown" in made.margins[1].population
    assert "unknown" not in made.margins[0].population


def test_bands_that_do_not_nest_refuse_age_by_name_and_keep_the_ward():
    ages = {"child": [0, 15], "a": [16, 34], "b": [35, None]}
    made = framed(people(ages="ab"), questionnaire(ages=ages))
    assert [margin.name for margin in made.margins] == ["ward"]
    (told,) = made.refused
    assert told.startswith("Not weighted by age: the survey’s ages 16 to 34, 35 or over and the ")
    assert "residents’ 16 to 29, 30 to 44, 45 to 64, 65 or over" in told


def test_residents_that_straddle_the_youngest_age_refuse_every_margin():
    made = framed(people(), rows=residents(bands=((0, 17), (18, 999))))
    assert made.margins == ()
    assert len(made.refused) == 2
    assert "No margin fits" in made.reason
    assert all("0 to 17 are only partly inside 16 or over" in each for each in made.refused)


def test_single_years_are_added_up_to_the_surveys_bands():
    years = [*((age, age) for age in range(90)), (90, 999)]
    made = framed(people(), rows=residents(bands=years))
    assert len(made.margins[0].population) == 10
    assert "male, 25 to 29" in made.margins[0].population


def test_thin_categories_are_merged_and_told():
    answers = people() + [{"age": "a", "sex": "male", "ward": "W4"}] * 3
    rows = residents(wards=("W1", "W2", "W3", "W4"))
    made = frame(
        questionnaire(),
        table_from_answers(questionnaire(), answers),
        rows,
        Borough(BOROUGH.wards | {"W4": "Quay"}, BOROUGH.groups | {"W4": "s"}),
    )
    assert made.merged == ("Quay (fewer than 10 people) is weighted with Mill.",)
    assert set(made.margins[1].population) == {"Abbey", "Heath", "Mill and Quay"}


def test_an_empty_category_is_merged_too_so_that_no_resident_is_forgotten():
    made = framed(people(ages="abce"))
    assert made.merged == (
        "female, 45 to 64 (fewer than 10 people) is weighted with female, 30 to 44.",
        "male, 45 to 64 (fewer than 10 people) is weighted with male, 30 to 44.",
    )
    assert made.margins[0].total == made.margins[1].total


def test_a_sex_of_hardly_anybody_leaves_age_alone():
    answers = people(sexes=("female",)) + [{"age": "a", "sex": "male", "ward": "W1"}] * 4
    made = framed(answers)
    assert made.margins[0].name == "age"
    assert made.merged == ("Fewer than 5 women or men gave their age, so sex is not weighted.",)


def test_too_few_people_for_any_margin_count_equally_and_it_is_said():
    made = framed([{"age": "a", "sex": "male", "ward": "W1"}] * 4)
    assert made.margins == ()
    assert "too few people answered" in made.refused[0]


def test_without_residents_on_record_everybody_counts_once_and_it_is_said():
    assert framed(people(), rows=[]).reason == NO_POPULATION
    assert framed(people(), questionnaire("none")).reason == NOT_WEIGHTED
    assert "Nobody" in framed([]).reason


PERSON = st.fixed_dictionaries(
    {"age": st.sampled_from(["child", "a", "b", "c", "d", "e", "refused"])},
    optional={
        "sex": st.sampled_from(["female", "male", "refused"]),
        "ward": st.sampled_from(["W1", "W2", "W3", "W9", "dk"]),
    },
)


@given(st.lists(PERSON, min_size=1, max_size=80))
@settings(max_examples=60, deadline=None)
def test_whoever_answers_the_margins_agree_and_weights_can_be_made(answers):
    made = framed(answers)
    for margin in made.margins:
        factor = made.labels[margin.name]
        assert (factor.codes >= 0).all()
        assert math.isclose(margin.total, made.margins[0].total)
        sizes = dict(zip(factor.categories, factor.sizes, strict=True))
        assert all(sizes[name] for name in margin.population)
    if len(made.margins) == 1:
        sample = take_sample(len(answers), margins=made.margins, labels=made.labels)
        weights = rake(sample).weights
        assert np.isclose(weights @ sample.cells.sizes, made.margins[0].total)
