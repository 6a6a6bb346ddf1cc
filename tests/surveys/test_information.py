"""Pages that only tell something: steps like the others, with nothing to answer."""

import json

import pytest
from core.definition.test_compare import compare_texts
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.answering.flow import barred, step
from engage.core.definition.codebook import variables
from engage.core.definition.compare import Aspect
from engage.core.definition.load import load_definition
from engage.extensions import db
from engage.responses.models import Response

FILE = DEFINITIONS / "information" / "v1.yaml"
INFORMATION = load_definition(FILE)
PAGE = "/surveys/information/page"


@pytest.fixture
def here(client):
    """Somebody who pressed start."""
    open_a_wave(file=FILE)
    return begin(client, "information")


def test_it_is_a_page_of_the_walk_and_going_on_is_all_there_is_to_do(here):
    assert here.response.request.path == f"{PAGE}/before"
    assert "Nobody will know that it was you." in here.text
    here.post(f"{PAGE}/before", {}).follow()
    here.post(f"{PAGE}/you", {"q_age_band": "3"}).follow()
    assert "Page 3 of 5" in here.text
    assert "They are about sexual harm." in here.text
    assert "Where to get help" in here.text
    assert "Someone to talk to" in here.text
    here.post(f"{PAGE}/next", {"go": "back"}).follow()
    assert here.response.request.path.endswith("/page/2")
    here.post(f"{PAGE}/you", {"q_age_band": "3"}).follow().post(f"{PAGE}/next", {}).follow()
    here.post(f"{PAGE}/harm", {"q_harmed": "no"}).follow()
    assert "Page 5 of 5" in here.text
    here.post(f"{PAGE}/after", {}).follow()
    assert "They are about sexual harm." not in here.text
    assert here.text.count("Change your answer to") == 2
    here.post("/surveys/information/check", {"draft": here.value("draft")}).follow()
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers) == {"age_band": "3", "harmed": "no"}


def test_its_rule_opens_and_closes_it(here):
    here.post(f"{PAGE}/before", {}).follow()
    here.post(f"{PAGE}/you", {"q_age_band": "2"}).follow()
    assert here.response.request.path.endswith("/page/5")
    assert "Page 3 of 3" in here.text
    here.get(f"{PAGE}/next", 303)


def test_nobody_comes_to_one_past_an_answer_that_is_missing(here):
    here.get(f"{PAGE}/after", 303)
    assert here.location.endswith(f"{PAGE}/you")
    assert barred(INFORMATION, {}, "before") is None
    assert step(INFORMATION, {}, "before").before is None


def test_it_has_no_variable():
    assert [each.name for each in variables(INFORMATION)] == ["age_band", "harmed"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('show_if: {question: age_band, in: ["3"]}\n    themes', "themes", "an item on sexual"),
        ("    help_here: true", "    questions: [{id: a, kind: text, text: b}]", "each of"),
        ("    text: On", "    intro: On", "'questions' is a required property"),
        ("    text: On", "    intro: On\n    text: On", "should not be valid under"),
        ("title: Harm\n", "title: Harm\n    help_here: true\n", "should not be valid under"),
        ("    text: On", "    text: ''\n    intro: On", "should be non-empty"),
        ("themes: [sexual_violence]\n    help", "show_it: [x]\n    help", "'show_it' was unexp"),
        (
            'in: ["3"]}\n    themes',
            'in: ["1"]}\n    themes',
            "next: nobody ever comes to this page",
        ),
        ('in: ["3"]}\n    themes', 'in: ["7"]}\n    themes', "the code '7' of 'age_band'"),
        ('age_band, in: ["3"]}\n    themes', "harmed, in: ['no']}\n    themes", "not asked on an"),
    ],
)
def test_what_cannot_be_meant_is_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1, old
    assert said in "\n".join(faults(text.replace(old, new)))


def test_other_words_on_it_are_other_words_above_the_next_question():
    text = FILE.read_text("utf-8")
    found = compare_texts(text, text.replace("sexual harm.", "harm."))
    assert [(each.question, each.kind) for each in found] == [("harmed", Aspect.WORDING)]
    assert "They are about harm." in found[0].says
