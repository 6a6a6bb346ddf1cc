"""A postcode becomes a ward and is dropped: it is in no answer, draft, log or address."""

import json
import logging

import pytest
from core.definition.test_load import faults
from sqlalchemy import select
from survey import DEFINITIONS, begin, open_a_wave

from engage.answering.draft import read
from engage.answering.models import Draft, DraftPage
from engage.areas.models import Postcode
from engage.clock import now
from engage.core.cleaning.table import table_from_answers
from engage.core.definition.load import load_definition
from engage.core.export.responses import Areas
from engage.core.export.safe_responses import safe_responses
from engage.extensions import db
from engage.responses.models import Response
from engage.surveys import questions

FILE = DEFINITIONS / "postcode" / "v1.yaml"
POSTCODE = load_definition(FILE)
PAGE = "/surveys/postcode/page/place"
UNKNOWN = "We do not know the postcode"


@pytest.fixture
def app(lite_app):
    return lite_app


@pytest.fixture
def place(client):
    open_a_wave(file=FILE)
    db.session.add(Postcode(code="XX11AA", ward_code="W2"))
    db.session.commit()
    start = "/surveys/postcode/page/you"
    return begin(client, "postcode").post(start, {"q_age_band": "2"}).follow()


def ward(client) -> str:
    chosen = [each for each in client.page.iter("option") if each.get("selected") is not None]
    return chosen[0].get("value")


@pytest.mark.parametrize("written", ["XX1 1AA", "xx11aa", " xx1  1aa "])
def test_a_known_postcode_becomes_its_ward(place, written):
    place.post(PAGE, {"find_words": written, "q_home": ""}).follow()
    assert "Bridge" in place.text
    assert "1AA" not in place.source.upper()
    assert ward(place.get(PAGE)) == "W2"
    assert place.value("find_words") in {None, ""}


def test_the_postcode_is_kept_nowhere(place, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    saved = []
    real = questions.save
    monkeypatch.setattr(
        questions, "save", lambda *args, **more: saved.append(args) or real(*args, **more)
    )
    place.post(PAGE, {"find_words": "XX1 1AA"}).follow()
    ((_connection, token, _draft, section, answers),) = saved
    assert (section, answers) == ("place", {"home": "W2"})
    with db.engine.connect() as connection:
        wave = connection.execute(select(Draft.wave_id)).scalar_one()
        assert read(connection, token, wave, now()).answers == {"age_band": "2", "home": "W2"}
    place.post("/surveys/postcode/check", {"draft": place.value("draft")})
    (row,) = db.session.scalars(select(Response))
    assert json.loads(row.answers) == {"age_band": "2", "home": "W2"}
    assert row.ward == "W2"
    assert db.session.scalars(select(DraftPage)).all() == []
    assert "1AA" not in place.location.upper()
    assert "1AA" not in caplog.text.upper().replace(" ", "")


@pytest.mark.parametrize("written", ["XX9 9ZZ", "nonsense", "<b>", "Abbey"])
def test_an_unknown_one_is_said_and_the_list_is_there(place, written):
    place.post(PAGE, {"find_words": written}, status=200)
    assert UNKNOWN in place.text
    assert place.value("find_words") == written
    known = {"find_words": written, "found_words": place.value("found_words")}
    place.post(PAGE, {**known, "q_home": "W1"})
    assert ward(place.get(PAGE)) == "W1"


def test_who_finds_nothing_may_go_on_without(place):
    place.post(PAGE, {"find_words": "XX9 9ZZ"}, status=200)
    place.post(PAGE, {"find_words": "XX9 9ZZ", "found_words": "XX9 9ZZ"}).follow()
    assert "You did not answer this" in place.text


def test_a_corrected_postcode_goes_before_what_was_chosen(place):
    place.post(PAGE, {"q_home": "W1"})
    place.get(PAGE).post(PAGE, {"q_home": "W1", "find_words": "XX9 9ZZ"}, status=200)
    sent = {"q_home": "W1", "find_words": "XX1 1AA", "found_words": "XX9 9ZZ"}
    place.post(PAGE, sent)
    assert ward(place.get(PAGE)) == "W2"


@pytest.mark.parametrize(("chosen", "said"), [("W1", "Abbey"), ("elsewhere", "Outside")])
def test_the_list_works_without_a_postcode(place, chosen, said):
    place.post(PAGE, {"q_home": chosen}).follow()
    assert said in place.text


def test_a_ward_that_is_not_there_is_refused(place):
    place.post(PAGE, {"q_home": "W9"}, status=422)
    assert "Choose one of the answers listed" in place.text


def test_going_back_does_not_look_anything_up(place):
    place.post(PAGE, {"find_words": "XX9 9ZZ", "go": "back"})
    assert place.location.endswith("/you")


def test_the_table_and_the_files_have_it_as_they_have_an_area():
    answers = [{"age_band": "2", "home": "W2"}, {"age_band": "2", "home": "elsewhere"}]
    table = table_from_answers(POSTCODE, [*answers, {"age_band": "2"}])
    assert table["home"].tolist() == ["W2", "elsewhere", "@not_answered"]
    assert table["@ward"].tolist()[0] == "W2"
    wards = Areas({"W2": "Bridge"}, {"N": "North"}, {"W2": "N"})
    safe = safe_responses(POSTCODE, table, wards, k=1)
    assert "home" not in {each.name for each in safe.columns}


def test_it_is_alone_on_its_page_and_the_only_one():
    text = FILE.read_text("utf-8")
    beside = "      - {id: x, kind: number, text: How long?, minimum: 0, maximum: 9}\n"
    assert "shares its page" in "\n".join(faults(text + beside))
    again = text[text.index("  - id: place") :].replace("place", "second").replace("home", "work")
    assert "two area questions" in "\n".join(faults(text + again))
