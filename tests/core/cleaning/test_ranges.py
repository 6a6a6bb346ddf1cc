"""Codes out of range count as not answered; nobody is removed for them."""

import numpy as np
import pandas as pd
import pytest
from core.cleaning.long_survey import long_survey

from engage.core.cleaning.log import clean
from engage.core.cleaning.ranges import outside
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import parse_definition

SURVEY = long_survey()
GOOD = {"age": "old", "light": "1", "litter": "2", "noise": "3", "dogs": "4", "cars": "5"}
GOOD |= {"mug": "1", "burgle": "2", "born": 1980, "victim": "no"}


def spoilt():
    """Three good responses, with a year, a code and a tick that no form would let through."""
    table = table_from_answers(SURVEY, [GOOD, GOOD | {"born": 1820}, GOOD])
    light = table["light"].astype(object)
    light[2] = "77"
    cars = table["cars"].cat.add_categories(["-5"])
    cars[2] = "-5"
    return table.assign(light=light, cars=cars)


def test_every_impossible_cell_is_found_and_no_other():
    found = {name: marks.tolist() for name, marks in outside(SURVEY, spoilt())}
    assert found == {
        "light": [False, False, True],
        "cars": [False, False, True],
        "born": [False, True, False],
    }


@pytest.mark.parametrize("year", [np.inf, -np.inf, 1899, 2011])
def test_a_number_out_of_bounds_or_without_end_is_impossible(year):
    table = table_from_answers(SURVEY, [GOOD]).assign(born=[float(year)])
    assert [name for name, _marks in outside(SURVEY, table)] == ["born"]


def test_a_number_that_is_no_number_is_impossible_and_an_absent_one_is_not():
    table = table_from_answers(SURVEY, [GOOD, GOOD]).assign(
        born=pd.Series(["long ago", None], dtype=object)
    )
    assert [(name, marks.tolist()) for name, marks in outside(SURVEY, table)] == [
        ("born", [True, False])
    ]
    assert np.isnan(clean(SURVEY, table).table["born"]).all()


def test_the_used_table_has_them_not_answered_and_the_raw_one_keeps_them():
    table = spoilt()
    before = table.copy()
    made = clean(SURVEY, table)
    pd.testing.assert_frame_equal(table, before)
    assert (made.flow.used, made.flow.cleared) == (3, {"out_of_range": 2})
    assert made.cleared == {table["@id"][1]: ("out_of_range",), table["@id"][2]: ("out_of_range",)}
    assert made.table["light"].tolist() == ["1", "1", "@not_answered"]
    assert list(made.table["cars"].cat.categories) == ["@not_asked", "@not_answered", *"12345"]
    assert made.table["born"].isna().tolist() == [False, True, False]


def test_a_survey_may_mark_or_remove_them_too():
    for action, used, flagged in [("flag", 3, 2), ("remove", 1, 0), ("ignore", 3, 0)]:
        own = long_survey({"actions": {"out_of_range": action}})
        flow = clean(own, spoilt()).flow
        assert (flow.used, flow.flagged.get("out_of_range", 0)) == (used, flagged)


def test_where_no_day_is_kept_no_date_is_after_it():
    when = {
        "id": "when", "version": 1, "title": "When", "audience": "all", "minutes": 1,
        "start": "Hi.", "thanks": "Thanks.", "ineligible": "-",
        "sections": [{"id": "one", "title": "One", "questions": [
            {"id": "seen", "kind": "date", "text": "When?", "earliest": "2020-01-01",
             "latest": "today"}
        ]}],
    }  # fmt: skip
    for keeps in (True, False):
        survey = parse_definition(when | {"keeps_day": keeps}, "when.yaml")
        table = table_from_answers(survey, [{"seen": 20300101}])
        found = [name for name, _marks in outside(survey, table)]
        assert found == (["seen"] if keeps else [])
