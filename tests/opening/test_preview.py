"""Staff try a version as people see it, and nothing of that is stored."""

from dataclasses import replace

import pytest
from page import PageClient
from sqlalchemy import func, select
from staff import make_staff, sign_in
from survey import DEFINITIONS, open_a_wave

from engage.answering.models import Draft
from engage.extensions import db
from engage.responses.models import Response

TRY = "/staff/questionnaires/young_people/1/try"


@pytest.fixture
def client(lite_app, clock):
    return sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))


def send(client, status=200, **answers):
    action = client.page.find(".//form[@id='questions']").get("action")
    return client.post(action, {"draft": client.value("draft"), **answers}, status)


def heading(client):
    return " ".join("".join(client.page.find(".//h1").itertext()).split())


def test_a_preview_is_the_survey_itself_and_keeps_nothing(lite_app, client):
    number = open_a_wave()  # the survey with every kind of question, published
    base = "/staff/questionnaires/every_kind/1/try"
    client.get(base).post(base).follow()
    client.get("/surveys/every-kind")
    real = PageClient(lite_app)
    real.get("/surveys/every-kind").post("/surveys/every-kind").follow()
    client.get(f"{base}/page/you")
    assert heading(client) == heading(real)
    boxes = [
        each.get("id") for each in client.page.iter("input") if each.get("name") == "q_age_band"
    ]
    assert boxes
    assert boxes == [
        each.get("id") for each in real.page.iter("input") if each.get("name") == "q_age_band"
    ]
    drafts = db.session.scalar(select(func.count()).select_from(Draft))
    send(client, 422)  # the age must be given
    assert "There is a problem" in client.text
    send(client, q_age_band="3")
    walked = [heading(client)]
    while client.page.find(".//form[@id='questions']") is not None:
        offered = {each.get("name") for each in client.page.iter() if each.get("name")}
        given = {"q_ward": "W1", "q_safe_dark": "3", "q_meta": "My <b>own</b> words"}
        send(client, **{name: value for name, value in given.items() if name in offered})
        walked.append(heading(client))
    assert walked[-1] == "Check your answers"
    assert "My <b>own</b> words" in client.text
    change = next(a for a in client.page.iter("a") if "#at_" in a.get("href", ""))
    assert change.get("href").startswith(f"{base}/page/")
    (form,) = client.page.findall(".//main//form")
    client.post(form.get("action"), {"draft": client.value("draft")}).follow()
    assert heading(client) == "Thank you"
    assert "Nothing is stored" in "".join(client.page.itertext())
    assert db.session.scalar(select(func.count()).select_from(Draft)) == drafts
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0
    assert number == 1


def test_answers_steer_the_way_and_a_page_can_be_opened_by_itself(client):
    client.get(f"{TRY}/page/first_questions")
    first = client.page.find(".//form[@id='questions']")
    assert first is not None
    client.get(f"{TRY}/page/nowhere", 404)
    client.get("/staff/questionnaires/young_people/9/try", 404)
    client.get("/staff/questionnaires/safe_report/1/try", 404)


def test_what_a_page_holds_counts_only_as_we_wrote_it(client):
    client.get(f"{TRY}/page/first_questions")
    held = client.value("draft")
    client.post(f"{TRY}/page/first_questions", {"draft": held[:-2] + "xx", "go": "back"})
    client.post(f"{TRY}/page/first_questions", {"draft": "", "go": "later"})
    assert client.location == "/staff/questionnaires/young_people/1"


@pytest.mark.parametrize(("code", "direction"), [("pl", "ltr"), ("ur", "rtl"), ("easy", "ltr")])
def test_every_language_can_be_tried_also_one_that_people_are_not_shown_yet(
    client, code, direction
):
    client.get(f"{TRY}?in={code}")
    assert client.page.get("dir") == direction
    client.post(f"{TRY}?in={code}").follow()
    assert f"in={code}" in client.page.find(".//form[@id='questions']").get("action")
    client.get(f"{TRY}?in=fr", 404)


def test_only_our_own_page_may_frame_a_preview(client):
    framed = client.get(TRY).response.headers
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    holder = client.get(f"{TRY}/phone").response.headers
    assert holder["X-Frame-Options"] == "DENY"
    assert "frame-src 'self'" in holder["Content-Security-Policy"]
    other = client.get("/staff/waves").response.headers
    assert "frame-src" not in other["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_two_versions_are_compared_and_a_broken_series_is_said(lite_app, client, tmp_path):
    open_a_wave()
    text = (DEFINITIONS / "every_kind" / "v1.yaml").read_text("utf-8")
    for old, new in (("version: 1\n", "version: 2\n"), ("Which places", "What places")):
        assert old in text
        text = text.replace(old, new)
    own = tmp_path / "own"
    (own / "every_kind").mkdir(parents=True)
    (own / "every_kind" / "v2.yaml").write_text(text, "utf-8")
    (own / "indicators").mkdir()
    (own / "indicators" / "every_kind.yaml").write_text(
        "questionnaire: every_kind\nindicators:\n"
        "  - {id: park, name: Avoids the park, kind: proportion, variable: avoid__park,\n"
        "     numerator: ['1'], base: ['0', '1'], better: lower}\n",
        "utf-8",
    )
    settings = lite_app.extensions["settings"]
    lite_app.extensions["settings"] = replace(settings, definitions_dir=own)
    client.get("/staff/questionnaires")
    assert "Version 2" in client.text
    client.get("/staff/questionnaires/every_kind/2")
    assert "Compare with version 1" in client.text
    client.get("/staff/questionnaires/every_kind/changes")
    assert "The series of 1 of 1 indicators breaks here" in client.text
    assert "“What places" in client.text
    client.get("/staff/questionnaires/every_kind/changes?before=1&after=1")
    assert "breaks here" not in client.text
    client.get("/staff/questionnaires/every_kind/changes?before=7", 404)
    client.get("/staff/questionnaires/nothing/changes", 404)
