"""Agreeing: one box, never ticked for anybody, and no way past it where it decides."""

import json

import pytest
from core.definition.test_compare import compare_texts
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.core.cleaning.asked import subject
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.compare import Aspect
from engage.core.definition.load import load_definition
from engage.core.export.codebook import columns_of
from engage.extensions import db
from engage.responses.models import Response

FILE = DEFINITIONS / "consent" / "v1.yaml"
CONSENT = load_definition(FILE)
PAGE = "/surveys/consent/page"


@pytest.fixture
def here(client):
    """Somebody who is asked to agree."""
    open_a_wave(file=FILE)
    return begin(client, "consent")


def test_nothing_is_ticked_before_somebody_ticks_it(here):
    assert here.checked("q_takes_part") == []
    here.post(f"{PAGE}/agree", {"q_takes_part": "1"}).follow()
    assert here.checked("q_quoted") == []
    here.get(f"{PAGE}/agree")
    assert here.checked("q_takes_part") == ["1"]


def test_without_agreeing_nobody_goes_on_and_everybody_may_leave(here):
    here.post(f"{PAGE}/agree", {}, status=422)
    assert here.text.count("Tick the box if you agree. If you do not, you can leave here.") == 2
    assert here.page.find(".//a[@href='#q_takes_part']") is not None
    assert "Delete my answers and stop" in here.text
    here.post(f"{PAGE}/agree", {"q_takes_part": "yes"}, status=422)
    here.get(f"{PAGE}/you", 303)
    assert here.location.endswith(f"{PAGE}/agree")


def test_it_is_stored_as_a_category_and_told_on_the_page_that_checks(here):
    here.post(f"{PAGE}/agree", {"q_takes_part": "1"}).follow()
    here.post(f"{PAGE}/you", {"q_age_band": "2"}).follow()
    assert here.response.request.path.endswith("/check"), "who may not be quoted is not asked"
    assert "my answers. Yes, I agree" in here.text
    assert "be quoted. You did not tick this" in here.text
    here.post("/surveys/consent/check", {"draft": here.value("draft")}).follow()
    (row,) = db.session.scalars(select(Response))
    answers = json.loads(row.answers)
    assert answers == {"takes_part": "1", "age_band": "2"}
    table = table_from_answers(CONSENT, [answers, answers | {"quoted": "1"}])
    assert table["takes_part"].tolist() == ["1", "1"]
    assert table["quoted"].tolist() == ["@not_answered", "1"]
    assert table["say"].tolist() == ["@not_asked", "@not_answered"]


def test_it_is_a_tick_box_in_the_codebook_and_no_answer_about_the_subject():
    column = columns_of(CONSENT, {})["quoted"]
    assert (column.kind, column.meanings["1"]) == ("tick box", "Agreed")
    assert subject(CONSENT) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: consent\n        required", "kind: text\n        required", "not the first quest"),
        (
            "        help: You",
            "        options: []\n        help: You",
            "should not be valid under",
        ),
        ('quoted, in: ["1"]', 'quoted, in: ["yes"]', "the code 'yes' of 'quoted'"),
        ('{question: quoted, in: ["1"]}', '{question: quoted, none_of: ["1"]}', "nobody ever"),
        (
            '{question: quoted, in: ["1"]}',
            "{not: {question: takes_part, answered: true}}",
            "nobody ever comes to this page",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1, old
    assert said in "\n".join(faults(text.replace(old, new)))


def test_who_must_agree_to_take_part_is_whom_the_survey_is_for():
    text = FILE.read_text("utf-8")
    freely = text.replace("        required: true      # who does not tick it cannot go on\n", "")
    (found,) = compare_texts(text, freely)
    assert (found.question, found.kind) == ("takes_part", Aspect.ASKED)
    assert "version 1 is not for those who do not agree; version 2 turns nobody" in found.says
    (found,) = compare_texts(text, text.replace("I agree that my", "I am glad if my"))
    assert (found.question, found.kind) == ("quoted", Aspect.WORDING)
