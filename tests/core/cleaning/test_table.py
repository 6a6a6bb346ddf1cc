"""The coded table says what was answered, whichever way the answers came."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from engage.core.cleaning.records import records_of
from engage.core.cleaning.table import CodesError, coded_table, table_from_answers
from engage.core.definition.codebook import NOT_ANSWERED, NOT_ASKED, WRITTEN
from engage.core.definition.load import load_definition, parse_definition
from engage.core.definition.routing import asked, reachable

EVERY_KIND = load_definition(Path(__file__).parents[2] / "definitions/every_kind/v1.yaml")
OWN = (
    *("@id", "@submission", "@day", "@duration", "@mode", "@language", "@source", "@flags"),
    "@ward",
)


def test_every_kind_of_question_has_its_column_and_missing_is_explicit():
    full = {"age_band": "3", "ward": "W2", "safe_day": "9", "safe_dark": "3"}
    full |= {"avoid": ("park", "bus"), "years": 12, "validate": "light", "why": ("dark",)}
    short = {"age_band": "2", "ward": "dk", "avoid": ("none",)}
    table = table_from_answers(EVERY_KIND, [full, short])
    shown = table.drop(columns=list(OWN)).astype(object).T
    assert {name: tuple(row) for name, row in shown.iterrows() if name != "years"} == {
        "age_band": ("3", "2"),
        "ward": ("W2", "dk"),
        "safe_day": ("9", NOT_ANSWERED),
        "safe_dark": ("3", NOT_ANSWERED),
        "avoid_park": ("1", "0"),
        "avoid_bus": ("1", "0"),
        "avoid_none": ("0", "1"),
        "validate": (WRITTEN, NOT_ASKED),
        "meta": (NOT_ANSWERED, NOT_ASKED),
        "why_dark": ("1", NOT_ASKED),
        "why_people": ("0", NOT_ASKED),
    }
    assert table["years"].dtype == np.float64
    assert table["years"][0] == 12
    assert np.isnan(table["years"][1])


def test_categories_are_missing_kinds_then_the_options_in_their_order():
    table = table_from_answers(EVERY_KIND, [{"age_band": "3", "ward": "W2"}])
    assert list(table["safe_day"].cat.categories) == [NOT_ASKED, NOT_ANSWERED, "1", "2", "3", "9"]
    assert list(table["avoid_bus"].cat.categories) == [NOT_ASKED, NOT_ANSWERED, "0", "1"]
    assert list(table["ward"].cat.categories) == [NOT_ASKED, NOT_ANSWERED, "W2", "dk"]
    assert list(table["meta"].cat.categories) == [NOT_ASKED, NOT_ANSWERED, WRITTEN]


def test_the_columns_beside_the_answers_are_typed():
    records = records_of(EVERY_KIND, [{"age_band": "3", "ward": "W2"}, {"age_band": "2"}])
    records = replace(records, days=["2026-03-02", "2026-03-01"], durations=[90, None])
    table = coded_table(EVERY_KIND, replace(records, modes=["web", "paper"]))
    assert [str(table[name].dtype) for name in OWN] == [
        *("str", "str", "datetime64[s]", "float64"),
        *("category", "category", "category", "category", "category"),
    ]
    assert table["@day"].dt.day.tolist() == [2, 1]
    assert table["@ward"].isna().tolist() == [False, True]
    assert table["@mode"].tolist() == ["web", "paper"]


def test_a_table_of_nobody_has_every_column():
    table = table_from_answers(EVERY_KIND, [])
    assert len(table) == 0
    assert {"age_band", "avoid_none", "years", *OWN} <= set(table.columns)


def test_a_ward_that_is_no_longer_recorded_counts_as_not_answered():
    records = records_of(EVERY_KIND, [{"age_band": "3", "ward": "W2"}, {"age_band": "3"}])
    table = coded_table(EVERY_KIND, replace(records, wards=[None, None]))
    assert table["ward"].tolist() == [NOT_ANSWERED, NOT_ANSWERED]


@pytest.mark.parametrize("damage", [lambda codes: codes[:-1], lambda codes: b"\xfa" + codes[1:]])
def test_codes_of_another_definition_are_refused_with_the_remedy(damage):
    records = records_of(EVERY_KIND, [{"age_band": "3"}])
    with pytest.raises(CodesError, match="responses rebuild"):
        coded_table(EVERY_KIND, replace(records, codes=[damage(records.codes[0])]))


def test_more_wards_than_fit_one_byte_keep_their_names():
    wards = [f"W{number:04}" for number in range(400)]
    answers = [{"age_band": "3", "ward": ward} for ward in wards] + [
        {"age_band": "3", "ward": "dk"}
    ]
    table = table_from_answers(EVERY_KIND, answers)
    assert table["ward"].tolist() == [*wards, "dk"]


CODES = ["1", "2", "3", "8"]
MEANS = {"8": {"means": "dont_know"}}
OPTIONS = [{"code": code, "label": f"Option {code}", **MEANS.get(code, {})} for code in CODES]


@st.composite
def definitions(draw):
    """A small definition: some questions of any kind, some asked by an earlier answer."""
    first = {
        "id": "age",
        "kind": "single",
        "text": "Age?",
        "required": True,
        "options": [
            {"code": "1", "label": "16 to 30", "age": [16, 30]},
            {"code": "2", "label": "31 or over", "age": [31, None]},
        ],
    }
    kinds = ["single", "scale", "multiple", "number", "text"]
    asked_of = st.sampled_from([None, "1", "2"])
    later = []
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(kinds))
        question = {"id": f"q{number}", "kind": kind, "text": "And?"}
        if kind in {"single", "multiple"}:
            question["options"] = OPTIONS[: draw(st.integers(2, 4))]
        elif kind == "scale":
            question["scale"] = "four"
        elif kind == "number":
            question |= {"minimum": 0, "maximum": 999_999_999}
        if code := draw(asked_of):
            question["show_if"] = {"question": "age", "in": [code]}
        later.append(question)
    ward = {"id": "ward", "kind": "area", "text": "Where?", "options": OPTIONS[3:]}
    sections = [[first], [ward], later]
    words = dict.fromkeys(("title", "audience", "start", "thanks", "ineligible"), "Words.")
    data = words | {"id": "drawn", "version": 1, "minutes": 1, "scales": {"four": OPTIONS}}
    data["roles"] = {"age": "age", "area": "ward"}
    data["sections"] = [
        {"id": f"s{place}", "title": "Page", "questions": questions}
        for place, questions in enumerate(sections)
    ]
    return parse_definition(data, "drawn")


def answers_to(definition):
    """Answers to any of the questions, some of them unreachable."""
    codes = {
        "single": lambda question: st.sampled_from([option.code for option in question.options]),
        "multiple": lambda question: st.sets(
            st.sampled_from([option.code for option in question.options]), min_size=1
        ).map(lambda ticked: tuple(sorted(ticked))),
        "number": lambda _question: st.integers(0, 999_999_999),
        "text": lambda _question: st.just("words"),
        "area": lambda _question: st.sampled_from(["W1", "W2", "8"]),
    }
    codes["scale"] = codes["single"]
    optional = {
        name: codes[question.kind](question)
        for name, question in definition.questions.items()
        if name != "age"
    }
    return st.fixed_dictionaries({"age": st.sampled_from("12")}, optional=optional)


def expected(question, answers) -> dict:
    """What the table should say of one question, worked out from the answers alone."""
    answer = answers.get(question.id)
    missing = NOT_ANSWERED if asked(question, answers) else NOT_ASKED
    if question.kind == "multiple":
        ticked = answer or ()
        vague = "8" in ticked
        rest = missing if answer is None else NOT_ANSWERED if vague else "0"
        return {
            f"{question.id}_{option.code}": "1" if option.code in ticked else rest
            for option in question.options
        }
    if question.kind == "number":
        return {question.id: answer}
    if question.kind == "text":
        return {question.id: WRITTEN if answer else missing}
    return {question.id: missing if answer is None else answer}


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_packed_road_says_what_the_answers_say(data):
    definition = data.draw(definitions())
    people = data.draw(st.lists(answers_to(definition), max_size=6))
    table = table_from_answers(definition, people)
    for row, answers in zip(table.to_dict("records"), people, strict=True):
        kept = reachable(definition, answers)
        wanted = {}
        for question in definition.questions.values():
            wanted |= expected(question, kept)
        said = {
            name: None if isinstance(value, float) and np.isnan(value) else value
            for name, value in row.items()
            if not name.startswith("@")
        }
        assert said == wanted
        assert pd.isna(row["@ward"]) or row["@ward"] == kept["ward"]
