"""Answers that do not go together: told at the question, and never a trap."""

import json

import pytest
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.extensions import db
from engage.responses.models import Response

pytestmark = pytest.mark.either_database

FILE = DEFINITIONS / "rules" / "v1.yaml"
PAGE = "/surveys/rules/page"
TOO_LONG = "You said that you are under 40"
NOT_COME = "You said that you did not come."


@pytest.fixture
def here(client):
    """Somebody under 40 on the page with the rules."""
    open_a_wave(file=FILE)
    return begin(client, "rules").post(f"{PAGE}/you", {"q_age_band": "2"}).follow()


def test_each_broken_rule_is_told_at_its_question_with_what_was_said(here):
    fields = {"q_years": "50", "q_visits": "0", "q_came_by": ["bus"], "q_last-month": "2",
              "q_last-year": "2026"}  # fmt: skip
    here.post(f"{PAGE}/here", fields, status=422)
    for said in (TOO_LONG, NOT_COME, "Think of the time before February."):
        assert here.text.count(said) == 2, "in the summary, and at the question"
    for box in ("q_years", "q_came_by", "q_last-month"):
        assert here.page.find(f".//a[@href='#{box}']") is not None
        assert here.page.find(f".//*[@id='{box}']") is not None
    assert here.value("q_years") == "50"
    assert here.checked("q_came_by") == ["bus"]
    here.get(f"{PAGE}/here")
    assert not here.value("q_years"), "nothing was saved"


def test_other_errors_come_first(here):
    here.post(f"{PAGE}/here", {"q_years": "50", "q_visits": "many"}, status=422)
    assert TOO_LONG not in here.text


def test_leaving_the_question_out_is_a_way_on(here):
    here.post(f"{PAGE}/here", {"q_years": "50"}, status=422)
    here.post(f"{PAGE}/here", {}).follow()
    here.post(f"{PAGE}/more", {}).follow()
    here.post("/surveys/rules/check", {"draft": here.value("draft")}).follow()
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers) == {"age_band": "2"}


def test_going_back_keeps_the_answer_before(here):
    here.post(f"{PAGE}/here", {"q_years": "30"})
    here.post(f"{PAGE}/here", {"q_years": "50", "q_visits": "3", "go": "back"})
    here.get(f"{PAGE}/here")
    assert here.value("q_years") == "30"
    assert here.value("q_visits") == "3"


def test_an_earlier_answer_that_breaks_a_later_rule_leads_to_its_page(here):
    here.get(f"{PAGE}/you").post(f"{PAGE}/you", {"q_age_band": "3"}).follow()
    here.post(f"{PAGE}/here", {"q_years": "50"}).follow().post(f"{PAGE}/more", {}).follow()
    stale = here.value("draft")
    here.get(f"{PAGE}/you?then=check").post(f"{PAGE}/you?then=check", {"q_age_band": "2"})
    here.get(here.location, 303).follow()
    assert here.response.request.path == f"{PAGE}/here"
    assert here.text.count(TOO_LONG) == 2
    here.post("/surveys/rules/check", {"draft": stale})
    assert not db.session.scalars(select(Response)).all()
    here.get(f"{PAGE}/more", 303)
    here.get(f"{PAGE}/here").post(f"{PAGE}/here", {"q_years": "20"}).follow()
    assert here.response.request.path == f"{PAGE}/more"


def test_going_back_the_first_time_leaves_out_what_does_not_fit(here):
    here.post(f"{PAGE}/here", {"q_years": "50", "q_visits": "3", "go": "back"})
    here.get(f"{PAGE}/here")
    assert not here.value("q_years")
    assert here.value("q_visits") == "3"
