"""Questions that some must answer: told at the question, and nobody is forced to tell."""

import json

import pytest
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.answering.flow import barred, missing
from engage.core.definition.load import load_definition
from engage.extensions import db
from engage.responses.models import Response

pytestmark = pytest.mark.either_database

FILE = DEFINITIONS / "required_if" / "v1.yaml"
REQUIRED = load_definition(FILE)
PAGE = "/surveys/required-if/page"
RENTS = "Answer this question. You can choose “Prefer not to say”: Do you rent your home?"
HELPED = "Answer this question. You can choose “I don’t know”: Who helps you with the rent?"


@pytest.fixture
def here(client):
    """Somebody who lives here, on the page about their home."""
    open_a_wave(file=FILE)
    begin(client, "required-if")
    return client.post(f"{PAGE}/you", {"q_age_band": "2", "q_lives_here": "yes"}).follow()


def test_a_rule_about_an_earlier_page_requires_an_answer_and_names_the_way_out(here):
    here.post(f"{PAGE}/home", {"q_years": "3"}, status=422)
    assert here.text.count(RENTS) == 2
    assert here.text.count(HELPED) == 0
    assert here.page.find(".//a[@href='#q_rents']") is not None
    assert here.value("q_years") == "3"
    here.post(f"{PAGE}/home", {"q_rents": "refused"}).follow()
    assert here.response.request.path == f"{PAGE}/end"


def test_a_rule_about_the_same_page_goes_by_what_was_just_sent(here):
    here.post(f"{PAGE}/home", {"q_rents": "yes"}, status=422)
    assert here.text.count(HELPED) == 2
    here.post(f"{PAGE}/home", {"q_rents": "yes", "q_helped_by": ["dont_know"]}).follow()
    here.get(f"{PAGE}/home").post(f"{PAGE}/home", {"q_rents": "no"}).follow()
    assert here.response.request.path == f"{PAGE}/end"


def test_other_errors_come_first_and_going_back_is_always_possible(here):
    here.post(f"{PAGE}/home", {"q_years": "many"}, status=422)
    assert RENTS not in here.text
    here.post(f"{PAGE}/home", {"q_years": "3", "go": "back"}).follow()
    assert here.response.request.path == f"{PAGE}/you"
    here.get(f"{PAGE}/end", 303)
    assert here.location.endswith(f"{PAGE}/home")
    here.get(f"{PAGE}/home")
    assert here.text.count(RENTS) == 2, "what was saved without it says what is missing"


def test_nobody_sends_past_it_and_whom_the_rule_leaves_out_skips_it(here):
    assert missing(REQUIRED, {"age_band": "2", "lives_here": "yes"}) == "home"
    assert missing(REQUIRED, {"age_band": "2", "lives_here": "yes", "rents": "no"}) is None
    assert missing(REQUIRED, {"age_band": "2", "rents": "yes"}) == "home"
    assert barred(REQUIRED, {"age_band": "2", "lives_here": "yes"}, "end") == "home"
    here.get(f"{PAGE}/you").post(f"{PAGE}/you", {"q_age_band": "2", "q_lives_here": "no"}).follow()
    here.post(f"{PAGE}/home", {}).follow().post(f"{PAGE}/end", {}).follow()
    here.post("/surveys/required-if/check", {"draft": here.value("draft")}).follow()
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers) == {"age_band": "2", "lives_here": "no"}


def test_an_earlier_answer_changed_later_leads_back_to_what_is_now_required(here):
    here.get(f"{PAGE}/you").post(f"{PAGE}/you", {"q_age_band": "2"}).follow()
    here.post(f"{PAGE}/home", {}).follow().post(f"{PAGE}/end", {}).follow()
    stale = here.value("draft")
    changed = {"q_age_band": "2", "q_lives_here": "yes"}
    here.get(f"{PAGE}/you?then=check").post(f"{PAGE}/you?then=check", changed)
    here.get(here.location, 303).follow()
    assert here.response.request.path == f"{PAGE}/home"
    assert here.text.count(RENTS) == 2
    here.post("/surveys/required-if/check", {"draft": stale})
    assert not db.session.scalars(select(Response)).all()


OF_RENTS = '{question: lives_here, in: ["yes"]}'
RULED = """\
title: Your home
    rules: [{wrong_if: {question: rents, answered: true}, message: No., at: rents}]
"""
SAYS = "          - {code: refused, label: Prefer not to say, means: refused}\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SAYS, "", "rents: a rule requires it, but nobody can answer that they would rather not"),
        (SAYS, SAYS.replace("}", ", eligible: false}"), "rents: a rule requires it, but nobody"),
        (OF_RENTS, OF_RENTS + "\n        required: true", "required by a rule and anyhow"),
        (OF_RENTS, '{question: gone, in: ["yes"]}', "required_if names 'gone'"),
        (OF_RENTS, '{question: rents, in: ["yes"]}', "'rents', which does not come before it"),
        (OF_RENTS, '{question: enough, in: ["yes"]}', "'enough', which does not come before it"),
        (OF_RENTS, '{question: lives_here, in: ["maybe"]}', "the code 'maybe' of 'lives_here'"),
        (OF_RENTS, '{question: age_band, in: ["1"]}', "rents: nobody is ever required"),
        ("minimum: 0, maximum: 110}", "minimum: 0, maximum: 110, required_if: " + OF_RENTS + "}",
         "years: a rule requires it, but nobody can answer"),
        ("title: Your home\n", RULED, "'rents' cannot be left out"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1, old
    assert said in "\n".join(faults(text.replace(old, new)))


def test_what_is_required_of_everybody_who_could_break_a_rule_counts_in_the_checks():
    text = FILE.read_text("utf-8")
    skipped = "    show_if: {not: {question: rents, answered: true}}\n"
    text = text.replace("title: The end\n", "title: The end\n" + skipped)
    load = text.replace(OF_RENTS, "{question: age_band, answered: true}")
    assert "end: nobody ever comes to this page" in "\n".join(faults(load))
