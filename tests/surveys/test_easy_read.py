"""Reading a survey in Easy Read or in another language: chosen, shown, sent and recorded."""

from dataclasses import replace
from pathlib import Path

import pytest
from page import PageClient
from sqlalchemy import event, select
from survey import DEFINITIONS, answer, begin, open_a_wave

from engage.core.definition.texts import texts_of
from engage.core.definition.translation import Text, Translation, mark_of
from engage.core.definition.translation_yaml import yaml_of
from engage.core.definition.yaml_text import read_yaml
from engage.extensions import db
from engage.responses.models import Response
from engage.waves.catalogue import newest_file

FEAR = "fear-of-crime"
MADE = "/surveys/every-kind"
EASY = "To skip a question is to leave it out."
FIRST = {"q_age_band": "30_34", "q_connection": "visitor"}
USUAL = "help us choose what to do first, and show us if things get better"


def start(client: PageClient) -> str:
    """Open the start page; its address, which does not tell what is asked."""
    return client.get(f"/surveys/{FEAR}", follow=True).response.request.path


@pytest.fixture
def reader(lite_app) -> PageClient:
    open_a_wave("2026", newest_file("fear_of_crime"))
    return PageClient(lite_app)


def choose(client: PageClient, words: str) -> PageClient:
    """Follow the link with these words."""
    (link,) = [each for each in client.page.iter("a") if (each.text or "") == words]
    return client.get(link.get("href"), 303).follow()


def classes(client: PageClient) -> list[str]:
    return client.page.find("body").get("class").split()


def test_easy_read_is_chosen_on_the_start_page_and_left_again(reader):
    address = start(reader)
    assert EASY not in reader.text
    choose(reader, "Read this in Easy Read")
    assert reader.response.request.path == address
    assert EASY in reader.text
    assert USUAL not in reader.text
    assert "engage-easy" in classes(reader)
    choose(reader, "Read the usual version")
    assert USUAL in reader.text
    assert "engage-easy" not in classes(reader)


def test_easy_read_is_beside_the_languages_on_every_page_and_keeps_the_page(reader):
    address = start(reader)
    for path in ("", "/return", "/ended", "/deleted"):
        reader.get(f"{address}{path}")
        there = reader.response.request.path
        choose(reader, "Easy Read")
        assert reader.response.request.path == there
        assert "engage-easy" in classes(reader)
        choose(reader, "English")
        assert "engage-easy" not in classes(reader)
    reader.get(address).post(address).follow()
    [easy] = [each for each in reader.page.iter("button") if each.get("value") == "easy"]
    assert easy.text == "Easy Read"
    here = reader.response.request.path
    reader.post(here, {**FIRST, "language": "easy"})
    assert reader.location == here
    assert "engage-easy" in classes(reader.follow())
    assert "easy" not in [each.get("value") for each in reader.page.iter("button")]


def test_the_whole_start_page_is_in_easy_read_and_leaves_nothing_out(reader):
    start(reader)
    usual = reader.text
    choose(reader, "Read this in Easy Read")
    # The minutes of the usual version would be too few, and worry whoever needs more.
    assert "Take as long as you like." in reader.text
    assert "It takes about" not in reader.text
    facts = ["Escape key", "Shift key", "the weather", "history", "ask your name", "two hours",
             "14 days", "1 January 2100", "article 6(1)(e)", "article 9(2)(g)", "schedule 1",
             "Crime and Disorder Act 1998", "privacy@testham.example", "0303 123 1113",
             "Data Protection Act 2018", "In danger now? Call 999", "does not report a crime",
             "Leave this page now", "Save and finish later", "scripts"]  # fmt: skip
    assert [each for each in facts if each not in usual or each not in reader.text] == []
    assert "If it is not safe to speak on a mobile" not in reader.text, "nor the list of help"


def test_easy_read_is_english_to_a_screen_reader(reader):
    start(reader)
    choose(reader, "Read this in Easy Read")
    assert reader.page.get("lang") == "en"
    assert reader.response.headers["Content-Language"] == "en"


def test_the_questions_are_in_easy_read_and_the_answers_keep_their_words(reader):
    address = start(reader)
    choose(reader, "Read this in Easy Read")
    reader.post(address).follow()
    reader.post(f"{address}/page/first_questions", FIRST).follow()
    assert "engage-easy" in classes(reader)
    assert "Do you live somewhere else?" in reader.text
    assert "Neither safe nor unsafe" in reader.text
    assert "You are in the middle. You do not feel safe, and you do not feel unsafe." in reader.text


def test_the_home_page_tells_in_easy_read_whom_a_survey_is_for(reader):
    start(reader)
    choose(reader, "Read this in Easy Read")
    assert "or they visit it" in reader.get("/").text


def sent(client: PageClient) -> Response:
    answer(client, {})
    client.post(client.response.request.path, {"draft": client.value("draft")}).follow()
    db.session.rollback()
    return db.session.scalars(select(Response)).one()


@pytest.mark.parametrize("easy", [True, False])
def test_the_reading_is_recorded_with_the_answers(reader, easy):
    address = start(reader)
    if easy:
        choose(reader, "Read this in Easy Read")
    reader.post(address).follow()
    reader.post(f"{address}/page/first_questions", FIRST).follow()
    assert sent(reader).language == ("easy" if easy else "en")
    assert ("We read your answers together" in reader.text) is easy


def test_changing_the_reading_keeps_the_answers(reader):
    address = start(reader)
    reader.post(address).follow()
    reader.post(f"{address}/page/first_questions", FIRST)
    choose(reader.get(address), "Read this in Easy Read")
    reader.post(address, {"carry_on": "yes"}).follow()
    assert reader.checked("q_age_band") == ["30_34"]


def translated(folder: Path, language: str, *, reviewed: bool, title: str = "Tytuł") -> None:
    """A whole translation of the questionnaire of every kind, marked so that it is seen."""
    file = DEFINITIONS / "every_kind" / "v1.yaml"
    english = texts_of(read_yaml(file.read_text("utf-8"), str(file)))
    texts = {key: Text(mark_of(said), f"„{said}”") for key, said in english.items()}
    texts["title"] = Text(mark_of(english["title"]), title)
    made = Translation("every_kind", 1, language, reviewed=reviewed, texts=texts)
    (folder / "every_kind").mkdir(exist_ok=True)
    (folder / "every_kind" / f"v1.{language}.yaml").write_text(yaml_of(made), "utf-8")


@pytest.fixture
def site(lite_app, tmp_path):
    """A site that is, or is not, the demonstration, with a folder for the council's own files."""
    settings = lite_app.extensions["settings"]

    def made(*, demo: bool = False) -> PageClient:
        lite_app.extensions["settings"] = replace(settings, definitions_dir=tmp_path, demo=demo)
        open_a_wave()
        return PageClient(lite_app)

    return made


@pytest.mark.parametrize(("demo", "reviewed"), [(True, False), (True, True)])
def test_the_demonstration_shows_a_language_before_a_native_reader_has_read_it(
    site, tmp_path, demo, reviewed
):
    translated(tmp_path, "ur", reviewed=reviewed, title="عنوان")
    client = site(demo=demo)
    client.get("/language/ur", 303).get(MADE)
    assert client.page.findtext(".//h1") == "عنوان"
    assert (client.page.get("lang"), client.page.get("dir")) == ("ur", "rtl")


def test_outside_the_demonstration_nobody_sees_what_no_native_reader_has_read(site, tmp_path):
    translated(tmp_path, "ur", reviewed=False, title="عنوان")
    translated(tmp_path, "easy", reviewed=False, title="Easy title")
    client = site()
    client.get("/language/ur", 404)
    client.get("/language/easy", 303).get(MADE)
    assert client.page.findtext(".//h1") == "One question of every kind"
    assert "Easy Read" not in client.text


def test_a_survey_that_is_not_in_the_chosen_language_is_english_all_over(site, tmp_path):
    translated(tmp_path, "pl", reviewed=False)
    client = site(demo=True)
    open_a_wave("other", DEFINITIONS / "long_text" / "v1.yaml")
    client.get("/language/pl", 303).get(MADE)
    assert client.page.get("lang") == "pl"
    client.get("/surveys/long-text")
    assert (client.page.get("lang"), client.page.get("dir")) == ("en", "ltr")
    assert "It takes about" in client.text
    assert "Polski" not in " ".join(client.page.itertext()), "nor is that language offered"
    assert client.get(MADE).page.get("lang") == "pl", "the choice is kept"


def test_the_answers_of_a_language_are_the_same_codes(site, tmp_path):
    translated(tmp_path, "pl", reviewed=True)
    client = site(demo=True)
    client.get("/language/pl", 303)
    begin(client)
    client.post(f"{MADE}/page/you", {"q_age_band": "3"}).follow()
    client.post(f"{MADE}/page/place", {"q_ward": "W1"}).follow()
    client.post(f"{MADE}/page/safety", {"q_safe_dark": "2"}).follow()
    answer(client, {})
    assert "„Fairly safe”" in client.text
    client.post(f"{MADE}/check", {"draft": client.value("draft")})
    db.session.rollback()
    response = db.session.scalars(select(Response)).one()
    assert response.language == "pl"
    assert '"safe_dark":"2"' in response.answers


def test_a_page_costs_no_more_in_easy_read(lite_app, reader):
    address = start(reader)
    choose(reader, "Read this in Easy Read")
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    reader.get(address)
    easy = list(asked)
    choose(reader, "Read the usual version")
    asked.clear()
    reader.get(address)
    assert easy == asked
    assert not [each for each in easy if "published_definitions" in each]
