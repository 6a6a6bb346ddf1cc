"""A town of two wards in which 100 people of every age band and sex live, and a survey of it."""

from typing import NamedTuple

from engage.core.definition.load import parse_definition
from engage.core.statistics.population import Borough

BANDS = ((0, 15), (16, 24), (25, 44), (45, 64), (65, 999))
BOROUGH = Borough({"W1": "Abbey", "W2": "Heath"})


class Row(NamedTuple):
    ward_code: str
    sex: str
    age_from: int
    age_to: int
    residents: int


def residents(bands=BANDS) -> list[Row]:
    return [
        Row(ward, sex, low, high, 100)
        for ward in ("W1", "W2")
        for low, high in bands
        for sex in ("female", "male")
    ]


def people(each=5) -> list[dict]:
    """So many answers from every joint group of adults."""
    return [
        {"age": age, "sex": sex, "ward": ward}
        for age in "abcd"
        for sex in ("female", "male")
        for ward in ("W1", "W2")
        for _person in range(each)
    ]


def questionnaire(population="everyone"):
    ages = {"child": [0, 15], "a": [16, 24], "b": [25, 44], "c": [45, 64], "d": [65, None]}
    refused = {"code": "refused", "label": "No answer", "means": "refused"}
    options = [{"code": code, "label": code, "age": age} for code, age in ages.items()]
    options[0]["eligible"] = False
    sexes = [{"code": code, "label": code, "sex": code} for code in ("female", "male")]
    words = dict.fromkeys(("title", "audience", "start", "thanks", "ineligible"), "Words.")
    question = {"kind": "single", "text": "And?"}
    ward = {"id": "ward", "kind": "area", "text": "Where?"}
    ward["options"] = [{"code": "dk", "label": "Not sure", "means": "dont_know"}]
    who = [
        question | {"id": "age", "options": [*options, refused], "required": True},
        question | {"id": "sex", "options": [*sexes, refused]},
    ]
    data = words | {
        "id": "asked",
        "version": 1,
        "minutes": 1,
        "roles": {"age": "age", "area": "ward", "sex": "sex"},
        "weighting": {"population": population},
        "sections": [
            {"id": "s0", "title": "You", "questions": who},
            {"id": "s1", "title": "Place", "questions": [ward]},
        ],
    }
    return parse_definition(data, "asked")
