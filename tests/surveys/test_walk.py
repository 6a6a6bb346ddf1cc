import json

import pytest
import yaml
from sqlalchemy import func, select
from survey import ANSWERS, DEFINITIONS, SLUG, answer, begin, open_a_wave

from engage.answering.models import Draft, DraftPage
from engage.extensions import db
from engage.responses.models import Response

pytestmark = pytest.mark.either_database


@pytest.fixture(autouse=True)
def wave(app) -> int:
    return open_a_wave()


def stored() -> list[Response]:
    db.session.rollback()
    return list(db.session.scalars(select(Response)))


def send(client):
    """Press the button that sends, on the page that checks."""
    return client.post(f"/surveys/{SLUG}/check", {"draft": client.value("draft") or ""})


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_home_page_lists_the_open_survey(client):
    assert "One question of every kind" in client.get("/").text


def test_the_start_page_says_who_asks_and_what_happens_to_answers(client):
    text = client.get(f"/surveys/{SLUG}").text
    for told in (
        "don’t ask your name",
        "delete every answer on 1 January 2100",
        "public task",
        "privacy@testham.example",
        "Information Commissioner",
        "cannot find your answers",
    ):
        assert told in text
    assert "anonymous" not in text.lower()


def test_a_person_answers_every_kind_of_question_and_sends(client):
    answer(begin(client))
    assert "Check your answers" in client.text
    for shown in ("13 or over", "Abbey", "A bit unsafe", "Parks, Buses", "12", "Lights", "It is"):
        assert shown in client.text
    send(client).follow()
    assert "Your answers have been sent" in client.text
    (response,) = stored()
    assert json.loads(response.answers) == {
        "age_band": "3",
        "ward": "W1",
        "safe_day": "1",
        "safe_dark": "3",
        "avoid": ["park", "bus"],
        "years": 12,
        "validate": "Lights",
        "meta": "No",
        "why": ["dark"],
    }
    assert response.ward == "W1"
    assert response.mode == "web"
    assert count(DraftPage) == 0


def test_sending_again_changes_nothing(client):
    answer(begin(client))
    sending = {"draft": client.value("draft")}
    token = client.value("csrf_token")
    cookie = client.http.get_cookie("session").value
    client.post(f"/surveys/{SLUG}/check", sending, token=token)
    client.http.set_cookie("session", cookie)  # the second press of a double click
    client.post(f"/surveys/{SLUG}/check", sending, token=token).follow()
    assert "Your answers have been sent" in client.text
    assert len(stored()) == 1
    client.post(f"/surveys/{SLUG}/check", sending, token=token).follow()
    assert "Your answers have been sent" in client.text
    assert len(stored()) == 1


def test_everything_but_eligibility_can_be_skipped(client):
    answer(begin(client), {"you": {"q_age_band": "3"}})
    assert "You did not answer this" in client.text
    send(client).follow()
    assert json.loads(stored()[0].answers) == {"age_band": "3"}


def test_a_required_answer_missing_is_asked_for_and_named(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {}, status=422)
    assert "There is a problem" in client.text
    assert client.page.find(".//a[@href='#q_age_band']") is not None
    assert client.page.findtext("head/title").startswith("Error: ")


def test_a_later_page_is_not_shown_before_a_required_answer(client):
    begin(client)
    client.get(f"/surveys/{SLUG}/page/safety", status=303)
    assert client.location.endswith("/page/you")
    client.get(f"/surveys/{SLUG}/check", status=303)
    assert client.location.endswith("/page/you")


def test_text_boxes_are_not_shown_to_the_under_13s(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "2"})
    client.get(f"/surveys/{SLUG}/page/more")
    assert client.value("q_years") is not None or "How many years" in client.text
    assert client.page.find(".//textarea") is None
    assert "few words" not in client.text


def test_an_answer_that_no_longer_counts_is_not_sent(client):
    answer(begin(client))
    client.get(f"/surveys/{SLUG}/page/safety?then=check")
    client.post(f"/surveys/{SLUG}/page/safety?then=check", {"q_safe_day": "1", "q_safe_dark": "1"})
    assert client.location.endswith("/check")
    send(client.follow()).follow()
    assert "why" not in json.loads(stored()[0].answers)


def test_back_keeps_what_was_on_the_page(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3"}).follow()
    client.post(f"/surveys/{SLUG}/page/place", {"q_ward": "W2", "go": "back"}).follow()
    assert client.checked("q_age_band") == ["3"]
    client.get(f"/surveys/{SLUG}/page/place")
    assert client.page.find(".//option[@value='W2']").get("selected") is not None


def test_someone_the_survey_is_not_for_is_told_kindly_and_nothing_is_sent(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "1"}).follow()
    assert "for people aged 10 or over" in client.text
    client.get(f"/surveys/{SLUG}/check", status=303)
    client.get(f"/surveys/{SLUG}")
    send(client)
    assert stored() == []


def test_leaving_deletes_the_answers_and_going_back_shows_nothing(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3"}).follow()
    client.get("/leave", status=303)
    assert client.location == "https://www.bbc.co.uk/weather"
    assert client.response.headers["Clear-Site-Data"] == '"cache"'
    assert (count(Draft), count(DraftPage)) == (0, 0)
    client.get(f"/surveys/{SLUG}/page/place", status=303).follow()
    assert "Nothing is here any more" in client.text


def test_another_site_cannot_make_a_browser_lose_its_answers(client):
    begin(client)
    client.http.get("/leave", headers={"Sec-Fetch-Site": "cross-site"})
    assert count(Draft) == 1


def test_answers_can_be_deleted_before_they_are_sent(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3"}).follow()
    client.post(f"/surveys/{SLUG}/delete").follow()
    assert "Your answers are deleted" in client.text
    assert (count(Draft), count(DraftPage)) == (0, 0)


def test_the_first_page_says_what_is_true_of_its_survey_only(client, tmp_path):
    client.get(f"/surveys/{SLUG}")
    assert "someone looks at it within one working day" in client.text
    assert "We do not keep the day" not in client.text
    given = yaml.safe_load((DEFINITIONS / "invited" / "v1.yaml").read_text("utf-8"))
    given |= {"id": "other", "invited": False, "keeps_day": False, "minutes": 1}
    file = tmp_path / "v1.yaml"
    file.write_text(yaml.safe_dump(given), "utf-8")
    open_a_wave(file=file)
    client.get("/surveys/other", follow=True)
    assert "working day" not in client.text
    assert "We do not keep the day on which you answer" in client.text
    assert "It takes about 1 minute." in client.text
    assert "It takes about 1 minute." in client.get("/").text
    assert "their first page says so" in client.get("/privacy").text


def test_deleting_is_asked_about_once_and_what_was_written_is_there_after_a_no(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3", "go": "stop"}).follow()
    assert client.text.startswith("Delete everything you answered?")
    assert count(Draft) == 1
    [no] = [each.get("href") for each in client.page.iter("a") if each.text == "No, keep them"]
    client.get(no)
    assert client.checked("q_age_band") == ["3"]
    client.get(f"/surveys/{SLUG}/delete").post(f"/surveys/{SLUG}/delete").follow()
    assert (count(Draft), count(DraftPage)) == (0, 0)
    client.get(f"/surveys/{SLUG}/delete", 303).follow()
    assert "Nothing is here any more" in client.text


@pytest.mark.parametrize("path", ["/page/you", "/check", "/save", "/delete", "/put-away"])
def test_a_form_left_open_in_a_tab_says_that_nothing_is_left_after_leaving(client, path):
    token = begin(client).value("csrf_token")
    client.get("/leave", status=303)
    client.post(f"/surveys/{SLUG}{path}", {"q_age_band": "3"}, token=token).follow()
    assert "Nothing is here any more" in client.text


def test_a_form_out_of_date_over_answers_that_are_there_says_so(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3"}, 400, token="stale")
    assert "What you had saved is still there" in client.text


def test_a_draft_can_be_carried_on_or_begun_afresh(client):
    begin(client).post(f"/surveys/{SLUG}/page/you", {"q_age_band": "3"})
    client.get(f"/surveys/{SLUG}").post(f"/surveys/{SLUG}", {"carry_on": "yes"}).follow()
    assert client.checked("q_age_band") == ["3"]
    client.get(f"/surveys/{SLUG}").post(f"/surveys/{SLUG}", {"carry_on": "no"}).follow()
    assert client.checked("q_age_band") == []


def test_nothing_about_the_person_is_stored_with_the_answers(client, clock):
    answer(begin(client))
    clock.move(seconds=75)
    send(client)
    (response,) = stored()
    assert response.day == clock.at.date()
    assert response.duration == 80, "to the nearest ten seconds"
    kept = {column.name for column in Response.__table__.columns}
    assert kept == {
        "id", "wave_id", "definition_id", "submission", "language", "mode", "source", "flags",
        "ward", "day", "duration", "answers", "codes",
    }  # fmt: skip


def test_every_page_forbids_keeping_it(client):
    begin(client)
    assert client.response.headers["Cache-Control"] == "no-store"


def test_answers_name_only_what_was_on_the_page(client):
    begin(client)
    client.post(f"/surveys/{SLUG}/page/you", {**ANSWERS["you"], "q_safe_day": "1", "q_x": "1"})
    answer(client.follow(), {})
    send(client)
    assert json.loads(stored()[0].answers) == {"age_band": "3"}
