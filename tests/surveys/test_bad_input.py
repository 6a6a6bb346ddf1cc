"""What nobody should send, and what they are told; nothing of it is ever half saved."""

import pytest
from sqlalchemy import func, select
from survey import SLUG, answer, begin, open_a_wave

from engage.answering.models import DraftPage
from engage.extensions import db
from engage.responses.models import Response
from engage.waves.models import Wave, WaveState

pytestmark = pytest.mark.either_database


@pytest.fixture(autouse=True)
def wave(app) -> int:
    return open_a_wave()


def pages() -> int:
    db.session.rollback()
    of_answers = DraftPage.section.not_like("@%")
    return db.session.scalar(select(func.count()).select_from(DraftPage).where(of_answers))


def on_page(client, section: str):
    """Stand on a page with the required answer given."""
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3"})
    return client.get(f"/surveys/{SLUG}/page/{section}")


@pytest.mark.parametrize("path", ["", "/page/you", "/check", "/thank-you"])
def test_an_unknown_survey_is_not_found_and_says_where_to_go(client, path):
    text = client.get(f"/surveys/no-such-survey{path}", status=404).text
    assert "There is no open survey at this address" in text
    assert "home page" in text


def test_a_wave_that_closes_while_someone_answers_says_so(client, wave):
    on_page(client, "safety")
    db.session.get(Wave, wave).state = WaveState.CLOSED
    db.session.commit()
    client.post(f"/surveys/{SLUG}/page/safety", {"q_safe_day": "1"}, status=404)
    assert "may have closed" in client.text
    assert pages() == 1


@pytest.mark.parametrize("token", ["", "forged", "IjEi.aaaa.bbbb"])
def test_a_forged_or_stale_form_is_refused_kindly(client, token):
    on_page(client, "safety")
    data = {"q_safe_day": "1"} | ({"csrf_token": token} if token else {})
    response = client.http.post(f"/surveys/{SLUG}/page/safety", data=data)
    assert response.status_code == 400
    assert "This page is out of date" in response.text
    assert pages() == 1


@pytest.mark.parametrize(
    ("section", "fields"),
    [
        ("safety", {"q_safe_day": "77"}),
        ("safety", {"q_safe_day": "<script>"}),
        ("place", {"q_ward": "W9"}),
        ("more", {"q_avoid": ["park", "moon"]}),
    ],
)
def test_an_answer_that_is_not_offered_is_refused(client, section, fields):
    on_page(client, section).post(f"/surveys/{SLUG}/page/{section}", fields, status=422)
    assert "Choose one of the answers listed" in client.text
    assert pages() == 1


def test_none_of_these_beside_another_answer_is_named(client):
    fields = {"q_avoid": ["park", "none"]}
    on_page(client, "more").post(f"/surveys/{SLUG}/page/more", fields, status=422)
    assert "You ticked “None of these” and something else" in client.text
    assert set(client.checked("q_avoid")) == {"park", "none"}


def test_100_000_characters_are_refused_with_the_limit_and_kept_on_the_page(client):
    fields = {"q_meta": "é" * 100_000}
    on_page(client, "more").post(f"/surveys/{SLUG}/page/more", fields, status=422)
    assert "Write 300 characters or fewer. You wrote 100,000." in client.text
    assert len(client.page.find(".//textarea").text.strip()) == 100_000
    assert pages() == 1


def test_more_than_any_form_can_hold_is_refused(client):
    fields = {"q_meta": "x" * 2_200_000}
    on_page(client, "more").post(f"/surveys/{SLUG}/page/more", fields, status=413)
    assert "That was too much" in client.text


@pytest.mark.parametrize("bytes_", [b"%FF%FE", b"\xff\xfe", b"%C3%28", b"a%00b"])
def test_text_that_cannot_be_read_is_refused_whole(client, bytes_):
    on_page(client, "more")
    token = client.value("csrf_token").encode()
    response = client.http.post(
        f"/surveys/{SLUG}/page/more",
        data=b"csrf_token=" + token + b"&q_avoid=park&q_meta=" + bytes_,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code in {400, 422}
    assert "could not be read" in response.text
    assert pages() == 1


@pytest.mark.parametrize("number", ["twelve", "-1", "111", "1.5", "1e3", "²", "۱۱۱", "9" * 5000])
def test_a_number_out_of_its_range_is_named(client, number):
    fields = {"q_years": number}
    on_page(client, "more").post(f"/surveys/{SLUG}/page/more", fields, status=422)
    assert "Write a" in client.text
    assert client.value("q_years") == number


@pytest.mark.parametrize("number", ["12", "１２", "۱۲", " 12 "])
def test_a_number_may_be_written_in_the_digits_of_any_script(client, number):
    on_page(client, "more").post(f"/surveys/{SLUG}/page/more", {"q_years": number}).follow()
    assert "12" in client.text
    assert client.get(f"/surveys/{SLUG}/page/more").value("q_years") == "12"


def test_what_people_write_is_shown_as_text_never_run(client):
    attack = "<script>alert(1)</script>\"'{{ 7*7 }}"
    answer(begin(client), {"you": {"q_age_band": "3"}, "more": {"q_validate": attack[:40]}})
    assert "<script>alert" not in client.response.text.replace("\n", "")
    assert "{{ 7*7" in client.text or "<script>" in client.text


def test_a_question_called_like_a_form_method_is_a_question_like_others(client):
    answer(begin(client), {"you": {"q_age_band": "3"}, "more": {"q_validate": "x", "q_meta": "y"}})
    client.post(f"/surveys/{SLUG}/check", {"draft": client.value("draft")}).follow()
    stored = db.session.scalar(select(Response.answers))
    assert '"validate":"x"' in stored
    assert '"meta":"y"' in stored


def test_a_page_that_does_not_exist_leads_to_the_first(client):
    begin(client).get(f"/surveys/{SLUG}/page/nowhere", status=303)
    assert client.location.endswith("/page/you")


def test_a_method_that_does_not_fit_gets_a_page_and_the_right_status(client):
    answer = client.http.delete(f"/surveys/{SLUG}")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "That does not work here" in answer.text


@pytest.mark.parametrize("codes", [[""], ["", "park"], ["", "nowhere"]])
def test_an_empty_code_among_boxes_hides_no_code_that_is_not_offered(client, codes):
    path = f"/surveys/{SLUG}/page/more"
    on_page(client, "more").post(path, {"q_avoid": codes}, status=422)
    assert "Choose one of the answers listed" in client.text
