"""Who said that the survey is not for them gets no further, whatever address they type."""

import pytest
from survey import begin, open_a_wave

from engage.extensions import db
from engage.responses.models import Response

LATER = "/surveys/every-kind/page/safety"


@pytest.fixture
def child(client, clock):
    open_a_wave()
    begin(client)
    client.post("/surveys/every-kind/page/you", {"q_age_band": "1"})
    assert client.location.endswith("/not-for-you")
    return client.follow()


def test_a_later_page_leads_back_to_the_question_that_decides(child):
    child.get(LATER, 303)
    assert child.location.endswith("/page/you")
    assert "How old are you?" in child.follow().text


def test_nothing_is_taken_on_a_later_page(child):
    child.get("/surveys/every-kind/page/you").post(LATER, {"q_safe_day": "1"})
    assert child.location.endswith("/page/you")
    child.follow().post("/surveys/every-kind/page/you", {"q_age_band": "3"}).follow()
    child.post("/surveys/every-kind/page/place", {"q_ward": "W1"}).follow()
    assert child.checked("q_safe_day") == []


def test_nothing_can_be_sent(child):
    child.get("/surveys/every-kind/check", 303)
    assert child.location.endswith("/not-for-you")
    assert db.session.query(Response).count() == 0
