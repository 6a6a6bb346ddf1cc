"""Numbers that must add up: told with what they make, and leaving them out is always a way on."""

import json

import pytest
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.answering.flow import missing
from engage.core.definition.load import load_definition
from engage.core.definition.routing import broken
from engage.extensions import db
from engage.responses.models import Response

pytestmark = pytest.mark.either_database

FILE = DEFINITIONS / "totals" / "v1.yaml"
TOTALS = load_definition(FILE)
PAGE = "/surveys/totals/page"
SHARED = "They add up to 90. They should add up to 100."


@pytest.fixture
def here(client):
    """Somebody who came ten times, on the page with the totals."""
    open_a_wave(file=FILE)
    begin(client, "totals")
    return client.post(f"{PAGE}/you", {"q_age_band": "2", "q_visits": "10"}).follow()


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({}, []),
        ({"light": 100}, []),
        ({"light": 50, "police": 30, "shops": 20}, []),
        ({"light": 50, "police": 30}, ["light"]),
        ({"shops": 0}, ["light"]),
        ({"alone": 4, "together": 6}, []),
        ({"alone": 4, "together": 6, "visits": 10}, []),
        ({"alone": 4, "together": 5, "visits": 10}, ["together"]),
        ({"alone": 11, "visits": 10}, ["together"]),
        ({"visits": 10}, []),
        ({"awake": 16, "asleep": 8}, []),
        ({"awake": 16, "asleep": 9}, ["awake"]),
        ({"asleep": 3}, []),
    ],
)
def test_a_sum_is_wrong_only_where_something_was_added_and_the_other_number_is_there(answers, at):
    assert [rule.at for rule in broken(TOTALS.section("parts"), answers)] == at


def test_the_error_says_what_the_numbers_make_and_what_they_should(here):
    fields = {"q_light": "50", "q_police": "40", "q_alone": "3", "q_together": "4",
              "q_awake": "20", "q_asleep": "8"}  # fmt: skip
    here.post(f"{PAGE}/parts", fields, status=422)
    assert here.text.count(f"or leave all three empty. {SHARED}") == 2
    assert here.text.count("They add up to 7. They should add up to 10.") == 2
    assert here.text.count("They add up to 28. They should add up to 24 or less.") == 2
    assert here.page.find(".//a[@href='#q_together']") is not None
    assert here.value("q_police") == "40"
    here.post(f"{PAGE}/parts", {"q_light": "50", "q_police": "50"}).follow()
    assert here.response.request.path == f"{PAGE}/end"


def test_leaving_all_of_them_out_is_a_way_on(here):
    here.post(f"{PAGE}/parts", {"q_shops": "3"}, status=422)
    here.post(f"{PAGE}/parts", {}).follow().post(f"{PAGE}/end", {}).follow()
    here.post("/surveys/totals/check", {"draft": here.value("draft")}).follow()
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers) == {"age_band": "2", "visits": 10}


def test_going_back_keeps_all_or_none_of_what_must_add_up(here):
    here.post(f"{PAGE}/parts", {"q_light": "50", "q_police": "50", "q_awake": "3"}).follow()
    here.get(f"{PAGE}/parts")
    here.post(f"{PAGE}/parts", {"q_light": "50", "q_shops": "10", "q_awake": "4", "go": "back"})
    here.get(f"{PAGE}/parts")
    assert [here.value(f"q_{each}") for each in ("light", "police", "awake")] == ["50", "50", "4"]
    assert not here.value("q_shops")
    assert missing(TOTALS, {"age_band": "2", "light": 50, "shops": 10}) == "parts"


def test_an_earlier_number_that_no_longer_adds_up_leads_back(here):
    here.post(f"{PAGE}/parts", {"q_alone": "10"}).follow().post(f"{PAGE}/end", {}).follow()
    here.get(f"{PAGE}/you?then=check")
    here.post(f"{PAGE}/you?then=check", {"q_age_band": "2", "q_visits": "9"})
    here.get(here.location, 303).follow()
    assert here.response.request.path == f"{PAGE}/parts"
    assert here.text.count("They add up to 10. They should add up to 9.") == 2


HUNDRED = "total: [light, police, shops], is: 100"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (HUNDRED, "total: [light], is: 100", "is too short"),
        (HUNDRED, "total: [light, police]", "'is' is a required property"),
        (HUNDRED, "total: [light, police], is: 3, at_most: 4", "valid under each of"),
        (HUNDRED, "total: [light, gone], is: 100", "there is no question 'gone'"),
        (HUNDRED, "total: [light, age_band], is: 100", "adds up 'age_band', which is no number"),
        (HUNDRED, "total: [light, visits], is: 100", "it adds up 'visits' of another page"),
        (HUNDRED, "total: [police, shops], is: 100", "'light' is none of the numbers that it"),
        (HUNDRED, "total: [light, police], is: 201", "no numbers can add up to that"),
        (HUNDRED, "total: [light, police], at_most: 200", "nobody can ever break it"),
        (HUNDRED, "total: [light, police], at_least: 0", "nobody can ever break it"),
        (HUNDRED, "total: [light, police], is: {question: gone}", "no question 'gone'"),
        (HUNDRED, "total: [light, police], is: {question: age_band}", "with 'age_band', a single"),
        (HUNDRED, "total: [light, enough], is: 100", "'enough', which is asked on a later page"),
        ("wrong_unless: {total: [awake", "wrong_if: {total: [awake", "'total' was unexpected"),
    ],
)
def test_a_total_that_cannot_be_meant_is_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1, old
    assert said in "\n".join(faults(text.replace(old, new)))
