"""Other, please say: a box beside an option, whose words count only with it."""

import json

import pytest
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import load_definition
from engage.core.export.responses import Areas
from engage.core.export.safe_responses import safe_responses
from engage.extensions import db
from engage.responses.models import Response

FILE = DEFINITIONS / "write_in" / "v1.yaml"
WRITE_IN = load_definition(FILE)
PAGE = "/surveys/write-in/page"
YOU = {"q_age_band": "2", "q_connection": "live"}


@pytest.fixture
def travel(lite_app, client):
    """Somebody on the second page."""
    open_a_wave(file=FILE)
    return begin(client, "write-in").post(f"{PAGE}/you", YOU).follow()


@pytest.fixture
def app(lite_app):
    return lite_app


def box(client, name: str):
    return client.page.find(f".//input[@name='{name}']")


def label_of(client, name: str) -> str:
    (label,) = (each for each in client.page.iter("label") if each.get("for") == name)
    return "".join(label.itertext()).strip()


def test_a_box_stands_beside_its_option_with_a_label_and_a_warning(travel):
    assert box(travel, "q_best_other_text").get("type") == "text"
    assert label_of(travel, "q_best_other_text") == "Please say what: Another way"
    assert label_of(travel, "q_feel_people_text") == "Please say what: People <like me>"
    assert "Please do not name anyone" in travel.text
    parent = travel.page.find(".//*[@id='conditional-q_best-2']")
    assert parent is not None, "the design system's script shows and hides the box"


def test_the_words_are_kept_shown_and_sent(travel):
    said = {"q_best": "other", "q_best_other_text": 'By "big" <b>boat</b>'}
    travel.post(f"{PAGE}/travel", said | {"q_feel": ["light", "people"]}).follow()
    assert 'Another way: By "big" <b>boat</b>' in travel.text
    assert "Light, People <like me>" in travel.text
    travel.get(f"{PAGE}/travel")
    assert box(travel, "q_best_other_text").get("value") == 'By "big" <b>boat</b>'
    travel.get("/surveys/write-in/check")
    travel.post("/surveys/write-in/check", {"draft": travel.value("draft")})
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers)["best_other_text"] == 'By "big" <b>boat</b>'


def test_words_beside_an_option_that_is_not_chosen_are_dropped(travel):
    said = {"q_best": "foot", "q_best_other_text": "x" * 999, "q_feel_other_text": "Dogs"}
    travel.post(f"{PAGE}/travel", said).follow()
    assert "Dogs" not in travel.text
    assert "On foot" in travel.text


def test_words_without_a_choice_are_asked_about_and_not_lost(travel):
    travel.post(f"{PAGE}/travel", {"q_best_other_text": "By boat"}, status=422)
    assert "You wrote beside “Another way”. Choose it too, or empty the box." in travel.text
    assert box(travel, "q_best_other_text").get("value") == "By boat"


def test_too_many_words_are_named_at_their_box_with_the_rest_of_the_page_kept(travel):
    said = {"q_best": "other", "q_best_other_text": "x" * 201, "q_feel": ["light"]}
    travel.post(f"{PAGE}/travel", said, status=422)
    assert "Write 200 characters or fewer. You wrote 201." in travel.text
    assert travel.page.find(".//a[@href='#q_best_other_text']") is not None
    assert travel.checked("q_best") == ["other"]
    assert travel.checked("q_feel") == ["light"]


def test_an_option_that_one_need_not_explain_may_be_chosen_alone(travel):
    travel.post(f"{PAGE}/travel", {"q_best": "other"}).follow()
    assert "Another way" in travel.text


def test_a_required_question_wants_the_words_too(travel):
    other = {"q_age_band": "2", "q_connection": "other", "q_connection_other_text": " "}
    travel.get(f"{PAGE}/you").post(f"{PAGE}/you", other, status=422)
    assert "You chose “Something else”. Say what, in a few words." in travel.text
    assert travel.page.find(".//a[@href='#q_connection_other_text']") is not None
    travel.post(f"{PAGE}/you", other | {"q_connection_other_text": "My nan"})


def test_a_box_is_about_what_its_question_is_about():
    assert WRITE_IN.questions["feel_other_text"].themes == WRITE_IN.questions["feel"].themes != ()


def test_the_table_and_the_files_have_the_words_as_they_have_those_of_a_text_box():
    answers = [
        {"age_band": "2", "connection": "live", "best": "other", "best_other_text": "By boat"},
        {"age_band": "2", "connection": "live", "best": "other"},
        {"age_band": "2", "connection": "live", "best": "foot", "best_other_text": "By boat"},
        {"age_band": "2", "connection": "live"},
    ]
    table = table_from_answers(WRITE_IN, answers)
    said = ["@text", "@not_answered", "@not_asked", "@not_asked"]
    assert table["best_other_text"].tolist() == said
    safe = safe_responses(WRITE_IN, table, Areas({}, {}, {}), k=1)
    names = {column.name for column in safe.columns}
    assert "best" in names
    assert not {name for name in names if name.endswith("_text")}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("means: none_of_these}", "means: none_of_these, write_in: true}", "no answer to write"),
        ("eligible: false}", "eligible: false, write_in: true}", "no answer to write beside"),
        ("kind: multiple", "kind: area", "a question of the kind area"),
        ("id: feel", "id: best_other_text", "the id 'best_other_text' is used 2 times"),
        ("age: [16, null]", "age: [12, null]", "a text box may be put to someone who answers"),
    ],
)
def test_a_box_where_there_can_be_none_is_refused(old, new, said):
    text = FILE.read_text("utf-8")
    assert text.count(old) == 1
    assert said in "\n".join(faults(text.replace(old, new)))
