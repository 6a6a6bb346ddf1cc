"""Questions in the words of one person: shown, told in errors, checked, and kept nowhere."""

import pytest
from survey import DEFINITIONS, begin, open_a_wave

from engage.core.definition.load import load_definition
from engage.core.definition.spoken import Voice
from engage.web.questionnaire import Questionnaire

pytestmark = pytest.mark.either_database

WORDING, PIPING = (DEFINITIONS / name / "v1.yaml" for name in ("wording", "piping"))
NASTY = "\"><script>alert('x')</script> & {ward|x} \ue0000\ue001"
SPOT = "the <b>old</b> & 'new' quay"


@pytest.fixture
def pupil(client):
    open_a_wave(file=WORDING)
    return begin(client, "wording")


def go_out(client, **fields: object):
    """Somebody who stands on the page about the place that they named."""
    open_a_wave(file=PIPING)
    page = "/surveys/piping/page"
    begin(client, "piping").post(f"{page}/you", {"q_age_band": "2"}).follow()
    client.post(f"{page}/where", {"q_ward": "W1"}).follow()
    return client.post(f"{page}/out", {f"q_{name}": each for name, each in fields.items()}).follow()


def legend(client) -> str:
    return " ".join("".join(client.page.find(".//legend").itertext()).split())


def test_each_is_asked_in_their_own_words_and_may_change_them(pupil):
    page = "/surveys/wording/page"
    pupil.post(f"{page}/you", {"q_age_band": "2", "q_day": "school"}).follow()
    assert pupil.page.find(".//h1").text == "On your way to school"
    assert legend(pupil) == "How safe do you feel on your way to school?"
    assert "I would rather not say" in pupil.text
    assert "How many minutes does it take to school?" in pupil.text
    pupil.get(f"{page}/you").post(f"{page}/you", {"q_age_band": "3", "q_day": "work"}).follow()
    assert pupil.page.find(".//h1").text == "On your way to work"
    assert legend(pupil) == "How safe do you feel on your way to work?"
    assert "Think of the way back too." in pupil.text
    assert "Prefer not to say" in pupil.text
    pupil.post(f"{page}/way", {"q_safe": "refused"}).follow()
    assert "How safe do you feel on your way to work? Prefer not to say" in pupil.text


def test_messages_are_in_their_own_words(pupil):
    page = "/surveys/wording/page"
    pupil.post(f"{page}/you", {"q_age_band": "2", "q_day": "school"}).follow()
    pupil.post(f"{page}/way", {"q_goes_by": ["foot", "refused"]}, status=422)
    assert "You ticked “I would rather keep that to myself” and something else." in pupil.text
    assert "How do you go to school?" in pupil.text


def test_what_was_answered_stands_in_later_questions_escaped(client):
    go_out(client, spot=SPOT, visits="3", **{"since-month": "3", "since-year": "2024"})
    assert client.page.find(".//h1").text == SPOT
    assert legend(client) == f"How safe do you feel at {SPOT}, in Abbey?"
    assert "You were there 3 times, since March 2024." in client.text
    assert SPOT not in client.response.text
    for words in ("What matters most at", "How many hours were you at", "When were you last at"):
        assert f"{words} {SPOT}?" in client.text
    assert f"What would help at {SPOT}?" in client.text


def test_the_title_that_a_browser_remembers_has_no_answers_in_it(client):
    go_out(client, spot=SPOT)
    assert "quay" not in client.page.findtext("head/title")


def test_nothing_breaks_out_of_a_question(client):
    go_out(client, spot=NASTY[:200])
    assert client.page.find(".//main//script") is None
    assert "alert('x')" in legend(client)
    client.post(client.response.request.path, {"q_more": NASTY, "q_hours": NASTY}, status=422)
    assert client.page.find(".//main//script") is None
    assert client.page.find(".//textarea").text.strip() == NASTY
    assert client.value("q_hours") == NASTY
    client.post(client.response.request.path, {"q_more": NASTY, "q_safe": "1"}).follow()
    assert client.page.find(".//main//script") is None
    assert "What would help at" in client.text


def test_without_an_answer_other_words_stand_there(client):
    go_out(client)
    assert legend(client) == "How safe do you feel at that place, in Abbey?"
    assert "You were there sometimes, since some time." in client.text


def test_messages_repeat_answers(client):
    go_out(client, spot="the quay", visits="0")
    here = client.response.request.path
    client.post(here, {"q_again": "yes", "q_hours": "4"}, status=422)
    assert "You said that you went to the quay 0 times. Leave this empty." in client.text
    assert "You were not at the quay." in client.text
    client.post(here, {"q_hours": "many"}, status=422)
    assert "How many hours were you at the quay?" in client.text


def test_the_page_that_checks_and_the_notice_say_what_was_asked(client):
    go_out(client, spot="the quay")
    client.post(client.response.request.path, {"q_safe": "2"}).follow()
    assert "How safe do you feel at the quay, in Abbey? Not safe" in client.text
    assert "What would help at the quay? You did not answer this" in client.text


def test_no_state_is_kept_for_what_somebody_wrote(lite_app):
    questionnaire = Questionnaire(load_definition(PIPING))
    definition = questionnaire.definition
    with lite_app.test_request_context():
        for number in range(20):
            answers = {"spot": f"place {number}", "visits": number, "ward": "W1"}
            voice = Voice(definition, answers, {"W1": "Abbey"})
            for question in definition.section("about").questions:
                html = questionnaire.fragment(question.id, {"safe": "1"}, {}, voice)
                assert (f"place {number}" in html) is (question.id != "again")
            wrong = dict.fromkeys(("safe", "again", "hours"), f"place {number} again")
            for name in wrong:
                questionnaire.fragment(name, {}, wrong, voice)
    assert questionnaire.kept() == 5, "one state for each question but the ranking, which has none"
