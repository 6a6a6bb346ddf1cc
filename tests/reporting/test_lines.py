"""What whoever reported reads of a handover: who got it, and when it went beyond their wish."""

from dataclasses import replace
from datetime import date

import pytest

from engage.core.reporting.policy import Wording
from engage.reporting import lines
from engage.reporting.lines import what_was_said
from engage.reports.opened import Entry
from engage.reports.policy import policy

AT = "2026-11-21T12:00:00+00:00"


def said(lite_app, **value):
    with lite_app.test_request_context("/"):
        entry = {"kind": "handover", "at": AT, "by": 1, **value}
        return what_was_said([Entry(1, ring="talk", value=entry)])[0]


def test_a_handover_names_the_agency_and_says_what_it_got_and_does_next(lite_app):
    one = said(lite_app, agency="British Transport Police", level="anonymous", asked="police")
    assert one.title == "We handed it over: British Transport Police"
    assert "no name and nothing that points to you" in one.words
    assert "The police get only what you agreed to." in one.words


def test_what_an_agency_does_next_is_told_in_the_words_of_that_day(lite_app, monkeypatch):
    older, newer = Wording(date(2026, 1, 1), "Older words."), Wording(date(2026, 11, 22), "Newer.")
    with lite_app.app_context():
        shipped = policy()
    given = replace(shipped, texts={**shipped.texts, "support_next": (older, newer)})
    monkeypatch.setattr(lines, "policy", lambda: given)
    one = said(lite_app, agency="The victim support service", level="full", asked="support")
    assert "Older words." in one.words
    assert "Newer." not in one.words


@pytest.mark.parametrize("asked", ["nobody", "police"])
def test_what_went_beyond_the_wish_is_said_plainly(lite_app, asked):
    one = said(lite_app, agency="Children’s social care", level="full", asked=asked, beyond=True)
    assert one.title == "We told somebody more than you wished: Children’s social care"
    assert "You had not agreed to this." in one.words
    assert "only what you agreed" not in one.words
