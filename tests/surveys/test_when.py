"""Dates and months: written in boxes of their own, kept as numbers, and told part by part."""

import json

import numpy as np
import pytest
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.core.cleaning.asked import answered
from engage.core.cleaning.log import clean
from engage.core.cleaning.ranges import outside
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import load_definition
from engage.core.export.full_responses import full_responses
from engage.core.export.responses import Areas
from engage.core.export.safe_responses import safe_responses
from engage.extensions import db
from engage.responses.models import Response

FILE = DEFINITIONS / "when" / "v1.yaml"
WHEN = load_definition(FILE)
PAGE = "/surveys/when/page"
NOWHERE = Areas({}, {}, {})


@pytest.fixture
def app(lite_app):
    return lite_app


@pytest.fixture
def dates(client, clock):
    """Somebody on the page that asks when; today is 2 March 2026."""
    open_a_wave(file=FILE)
    return begin(client, "when").post(f"{PAGE}/you", {"q_age_band": "2"}).follow()


def happened(day: str, month: str, year: str) -> dict[str, str]:
    return {"q_happened-day": day, "q_happened-month": month, "q_happened-year": year}


def moved(month: str, year: str) -> dict[str, str]:
    return {"q_moved-month": month, "q_moved-year": year}


def test_a_date_is_a_group_with_a_legend_and_a_label_for_each_box(dates):
    legends = ["".join(each.itertext()).strip() for each in dates.page.iter("legend")]
    assert legends == ["When did it happen?", "When did you move here?"]
    labels = ["".join(each.itertext()).strip() for each in dates.page.iter("label")]
    assert labels[:5] == ["Day", "Month", "Year", "Month", "Year"]


@pytest.mark.parametrize("month", ["2", "02", "February", "feb", "Feb."])
def test_a_date_is_kept_as_a_number_shown_in_words_and_routes(dates, month):
    dates.post(f"{PAGE}/dates", happened("9", month, "2026") | moved("12", "2025")).follow()
    assert "Has it happened again this year?" in dates.text
    assert "Do you know your neighbours yet?" in dates.text
    dates.post(f"{PAGE}/after", {}).follow()
    assert "9 February 2026" in dates.text
    assert "December 2025" in dates.text
    dates.get(f"{PAGE}/dates")
    assert [dates.value(f"q_happened-{part}") for part in ("day", "month", "year")] == [
        "9", "2", "2026",
    ]  # fmt: skip
    dates.get("/surveys/when/check")
    dates.post("/surveys/when/check", {"draft": dates.value("draft")})
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers)["happened"] == 20260209
    assert json.loads(row.answers)["moved"] == 202512


@pytest.mark.parametrize(
    ("fields", "box", "said"),
    [
        (happened("9", "", "2026"), "happened-month", "Say the month too."),
        (happened("", "", "2026"), "happened-day", "Say the day and the month too."),
        (happened("9", "2", "26"), "happened-year", "Write the year with four figures"),
        (happened("9", "13", "2025"), "happened-month", "Write the month as a number from 1 to 12"),
        (happened("9", "Ma", "2025"), "happened-month", "Write the month as a number from 1 to 12"),
        (happened("x", "2", "2025"), "happened-day", "Write the day as a number from 1 to 31"),
        (happened("²", "2", "2025"), "happened-day", "Write the day as a number from 1 to 31"),
        (happened("29", "2", "2025"), "happened-day", "February 2025 has 28 days."),
        (happened("3", "3", "2026"), "happened-year", "3 March 2026 is still to come."),
        (happened("28", "2", "2020"), "happened-year", "from 29 February 2020 to today"),
        (moved("1", "2027"), "moved-year", "from January 1950 to December 2026"),
        (moved("1", ""), "moved-year", "Say the year too."),
    ],
)
def test_a_date_that_cannot_be_is_told_at_the_part_that_is_wrong(dates, fields, box, said):
    dates.post(f"{PAGE}/dates", fields, status=422)
    assert said in dates.text
    assert dates.page.find(f".//a[@href='#q_{box}']") is not None
    wrong = [each for each in dates.page.iter("input") if "input--error" in each.get("class", "")]
    assert [each.get("id") for each in wrong] == [f"q_{box}"]
    for name, words in fields.items():
        assert (dates.value(name) or "") == words


def test_today_is_not_still_to_come_and_a_date_may_be_left_out(dates):
    dates.post(f"{PAGE}/dates", happened("2", "3", "2026"))
    dates.post(f"{PAGE}/dates", {})


def test_going_back_from_a_date_that_cannot_be_keeps_the_one_before(dates):
    dates.post(f"{PAGE}/dates", happened("9", "2", "2026"))
    dates.post(f"{PAGE}/dates", happened("99", "2", "2026") | {"go": "back"})
    dates.get(f"{PAGE}/dates")
    assert dates.value("q_happened-day") == "9"


ANSWERS = [
    {"age_band": "2", "happened": 20260209, "moved": 202512},
    {"age_band": "2", "happened": 20260230, "moved": 194912},
    {"age_band": "2", "happened": 20260303},
    {"age_band": "2"},
]


def test_the_table_has_numbers_and_cleaning_knows_the_calendar():
    table = table_from_answers(WHEN, ANSWERS, day="2026-03-02")
    assert table["happened"].tolist()[:3] == [20260209, 20260230, 20260303]
    assert np.isnan(table["happened"].iloc[3])
    assert answered(WHEN.questions["happened"], table).tolist() == [True, True, True, False]
    found = {name: marks.tolist() for name, marks in outside(WHEN, table)}
    assert found["happened"] == [False, True, True, False], "no such day, and still to come"
    assert found["moved"] == [False, True, False, False]


def test_dates_are_in_the_full_file_as_text_and_not_in_the_other():
    table = table_from_answers(WHEN, [ANSWERS[0], ANSWERS[3]])
    full = full_responses(WHEN, table, clean(WHEN, table), NOWHERE, lambda _ids: {})
    assert full.table["happened"].tolist() == ["2026-02-09", None]
    assert full.table["moved"].tolist() == ["2025-12", None]
    assert {each.name: each.kind for each in full.columns}["happened"] == "date"
    assert "2026-02-09" in full.coded().decode("utf-8-sig")
    safe = safe_responses(WHEN, table, NOWHERE, k=1)
    assert not {"happened", "moved"} & {each.name for each in safe.columns}
    assert "moved: left out, for a date can pick somebody out" in safe.log


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('earliest: "2020-02-29"', "earliest: 2020-02-29", "Put quotes round it"),
        ('earliest: "2020-02-29"', 'earliest: "2021-02-29"', "20210229 is no date"),
        ('earliest: "2020-02-29"', 'earliest: "2021-02"', "202102 is no date"),
        ('earliest: "2020-02-29", ', "", "'earliest' is a required property"),
        ('latest: "2026-12"}', 'latest: "1926-12"}', "its bounds leave no answer"),
        ('latest: "2026-12"}', 'latest: "2026-12-01"}', "20261201 is no month"),
        ('at_least: "2026-01-01"', 'at_least: "2026-01"', "with 202601, which is no date"),
        ('at_least: "2026-01-01"', "at_least: 3", "with 3, which is no date"),
        ('at_least: "2026-01-01"', "at_least: soon", "'soon' does not match"),
    ],
)
def test_dates_that_no_calendar_has_are_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1
    assert said in "\n".join(faults(text.replace(old, new)))
