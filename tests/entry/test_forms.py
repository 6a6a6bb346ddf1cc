"""Forms typed in by staff: read by the keys on the paper, checked by the rules of the screen."""

import threading

import orjson
import pytest
from entry.conftest import batch_opened, responses
from page import PageClient
from sqlalchemy import select
from survey import DEFINITIONS, open_a_wave

from engage.entry.models import EnteredForm, EntryBatch
from engage.extensions import db
from engage.responses.screened import ScreenedText, ScreeningState

pytestmark = pytest.mark.either_database

FORM = "/staff/entry/1/form"
TYPED = {
    "t_age_band": "3",
    "t_ward": "2",
    "t_safe_day": "1",
    "t_safe_dark": "3",
    "t_avoid": "1 2",
    "t_years": "12",
    "t_validate": "Lights",
    "t_meta": "No",
    "t_why": "1",
}
SAID = {
    "age_band": "3", "ward": "W2", "safe_day": "1", "safe_dark": "3", "avoid": ["park", "bus"],
    "years": 12, "validate": "Lights", "meta": "No", "why": ["dark"],
}  # fmt: skip


def enter(client, typed: dict[str, str] | None = None, status: int = 303, **more: str):
    """Type in a form on the page for the next one."""
    client.get(FORM)
    given = {"form_id": client.value("form_id"), "day": "1 3 2026"}
    return client.post(FORM, given | (TYPED if typed is None else typed) | more, status)


def test_a_form_becomes_a_response_like_any_other_without_a_name(typist, wave):
    enter(typist).follow()
    assert "Counted. Write on the paper: batch 1, form 1." in typist.text
    assert typist.value("day") == "1 3 2026"
    [response] = responses()
    assert orjson.loads(response.answers) == SAID
    assert (response.mode, response.source, response.language) == ("paper", "Market square", "en")
    assert (response.ward, response.day.isoformat(), response.duration) == (
        "W2",
        "2026-03-01",
        None,
    )
    [batch] = db.session.query(EntryBatch)
    kept = {str(value) for value in vars(response).values()}
    assert str(batch.operator) not in kept - {"1", "3"}


def test_every_form_of_a_batch_has_the_next_number(typist):
    for number in (1, 2, 3):
        enter(typist)
        assert f"after={number}" in typist.location
    typist.get("/staff/entry/1")
    assert all(f"Form {number}" in typist.text for number in (1, 2, 3))


def test_what_is_left_empty_was_not_answered(lite_typist):
    enter(lite_typist, {"t_age_band": "3"})
    [response] = responses()
    assert orjson.loads(response.answers) == {"age_band": "3"}


def test_codes_and_names_are_read_beside_the_printed_keys(lite_typist):
    enter(lite_typist, {"t_age_band": "3", "t_ward": "abb", "t_avoid": "PARK,2"})
    [response] = responses()
    said = orjson.loads(response.answers)
    assert (said["ward"], said["avoid"]) == ("W1", ["park", "bus"])


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("t_safe_day", "7", "Question 3: “7” stands beside no box. Type 1 to 3 or 9."),
        ("t_safe_day", "1 2", "Question 3: Only one box can be ticked here."),
        ("t_avoid", "1 3", "The paper has “None of these” and something else. Leave this empty"),
        ("t_avoid", "1 8", "“8” stands beside no box. Type 1 to 3."),
        ("t_years", "111", "Write a number from 0 to 110."),
        ("t_years", "twelve", "Write a whole number"),
        ("t_validate", "x" * 41, "Write 40 characters or fewer"),
        ("t_age_band", "", "Question 1: Without this answer the form cannot be counted."),
        ("t_age_band", "1", "Question 1: This answer says that the survey is not for this person."),
        ("t_ward", "Nowhere", "“Nowhere” stands beside no box."),
    ],
)
def test_what_cannot_be_is_refused_with_the_words_still_there(lite_typist, field, typed, said):
    enter(lite_typist, TYPED | {field: typed}, 422)
    assert said in lite_typist.text
    assert lite_typist.value(field) == typed
    assert responses() == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("3 3 2026", "must be from 1 1 2020 to 2 3 2026"),
        ("31 12 2019", "must be from 1 1 2020"),
        ("30 2 2026", "Enter the day on the form"),
        ("", "Enter the day on the form"),
    ],
)
def test_the_day_is_one_on_which_the_paper_could_be_filled_in(lite_typist, day, said):
    enter(lite_typist, None, 422, day=day)
    assert said in lite_typist.text
    assert responses() == []


def test_answers_that_were_not_asked_for_are_told_and_left_out_only_when_that_is_said(typist):
    young = TYPED | {"t_age_band": "2", "t_safe_dark": "1"}
    enter(typist, young, 422)
    assert "lead past questions 7, 8, 9" in typist.text
    # It looks like a mistake, not like the next form.
    assert typist.page.find("head/title").text.startswith("Error: ")
    links = [each.get("href") for each in typist.page.iter("a")]
    at = [each for each in links if each.startswith("#t_")]
    assert at == ["#t_validate", "#t_meta", "#t_why"]
    assert responses() == []
    given = young | {"form_id": typist.value("form_id"), "day": "1 3 2026"}
    # Only what was shown may be left out.
    typist.post(FORM, given | {"leave_out": "why"}, 422)
    typist.post(FORM, given | {"leave_out": "validate meta why"})
    [response] = responses()
    assert not {"validate", "meta", "why"} & orjson.loads(response.answers).keys()


def test_a_form_sent_twice_counts_once(typist):
    enter(typist)
    [form] = db.session.query(EnteredForm)
    given = TYPED | {"form_id": form.id, "day": "1 3 2026"}
    typist.get(FORM).post(FORM, given)
    assert "after=1" in typist.location
    assert len(responses()) == 1


@pytest.mark.parametrize("other", [{"t_years": "13"}, {"t_why": ""}, {"day": "28 2 2026"}])
def test_a_form_sent_again_with_other_answers_is_not_said_to_be_counted(lite_typist, other):
    enter(lite_typist)
    [form] = db.session.query(EnteredForm)
    given = TYPED | {"form_id": form.id, "day": "1 3 2026"} | other
    lite_typist.get(FORM).post(FORM, given, 409)
    assert "counted as form 1 already, with other answers" in lite_typist.text
    for box, typed in other.items():
        assert lite_typist.value(box) == typed
    [response] = responses()
    assert orjson.loads(response.answers) == SAID


def test_a_form_sent_many_times_at_once_counts_once(app, typist):
    typist.get(FORM)
    given = TYPED | {
        "form_id": typist.value("form_id"),
        "day": "1 3 2026",
        "csrf_token": typist.value("csrf_token"),
    }
    cookies = "; ".join(
        f"{each.key}={each.value}"
        for each in typist.http._cookies.values()  # noqa: SLF001
    )
    db.session.remove()
    found = []

    def send() -> None:
        answer = app.test_client(use_cookies=False).post(
            FORM, data=given, headers={"Cookie": cookies}
        )
        found.append((answer.status_code, answer.headers.get("Location", "")))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in found} == {303}
    assert {"after=1" in location for _, location in found} == {True}
    assert len(responses()) == 1
    assert db.session.query(EnteredForm).count() == 1


def test_a_form_without_an_id_of_its_own_is_not_taken(lite_typist):
    enter(lite_typist, None, 400, form_id="../../1")
    assert responses() == []


def test_a_form_is_found_by_its_number_and_put_right(typist):
    enter(typist)
    typist.get("/staff/entry/1/forms/1")
    assert typist.value("t_ward") == "2"
    assert typist.value("t_avoid") == "1 2"
    assert typist.value("day") == "1 3 2026"
    [before] = responses()
    old = before.id
    typist.post("/staff/entry/1/forms/1", TYPED | {"day": "28 2 2026", "t_ward": "3"})
    [response] = responses()
    assert orjson.loads(response.answers)["ward"] == "dk"
    assert response.day.isoformat() == "2026-02-28"
    assert response.id != old
    typist.get("/staff/entry/1/forms/2", 404)


def test_a_form_that_was_taken_out_does_not_come_back(typist):
    enter(typist)
    [form] = db.session.query(EnteredForm)
    form_id = form.id
    db.session.rollback()
    typist.get("/staff/entry/1/forms/1/remove").post("/staff/entry/1/forms/1/remove").follow()
    assert "Form 1: taken out" in typist.text
    assert responses() == []
    typist.get(FORM).post(FORM, TYPED | {"form_id": form_id, "day": "1 3 2026"}, 409)
    assert "counted as form 1 and taken out since: it is not counted" in typist.text
    assert responses() == []
    enter(typist)
    assert "after=2" in typist.location


def test_what_was_written_waits_to_be_looked_at_and_a_flag_holds_the_form(typist):
    enter(typist)
    texts = db.session.query(ScreenedText).all()
    assert {each.question for each in texts} == {"validate", "meta"}
    texts[0].state = ScreeningState.FLAGGED
    texts[0].reason = "at_risk"
    db.session.commit()
    typist.get("/staff/entry/1/forms/1/remove").post("/staff/entry/1/forms/1/remove", status=409)
    assert "flagged to the safeguarding lead" in typist.text
    typist.get("/staff/entry/1/forms/1").post(
        "/staff/entry/1/forms/1", TYPED | {"day": "1 3 2026"}, 409
    )
    assert len(responses()) == 1


TRIED = {
    "ranking": (
        {
            "t_age_band": "2",
            "t_first": "2 - 1",
            "t_three": "1 2 3 -",
            "t_dark": "2",
            "t_enough": "1",
        },
        {"first": ["shops", "light"], "three": ["foot", "bike", "bus"], "dark": "street"},
    ),
    "when": (
        {"t_age_band": "2", "t_happened": "05 02 2026", "t_moved": "06 2025", "t_recent": "1"},
        {"happened": 20260205, "moved": 202506, "recent": "yes"},
    ),
    "write_in": (
        {
            "t_age_band": "2",
            "t_connection": "3",
            "t_connection_other_text": "I visit",
            "t_feel": "1 3",
        },
        {"connection": "other", "connection_other_text": "I visit", "feel": ["light", "other"]},
    ),
    "consent": (
        {"t_takes_part": "1", "t_age_band": "2", "t_quoted": "1"},
        {"takes_part": "1", "quoted": "1"},
    ),
    "information": ({"t_age_band": "3", "t_harmed": "3"}, {"harmed": "refused"}),
}


@pytest.mark.parametrize("kind", TRIED)
def test_other_kinds_are_typed_and_shown_again_as_they_were_typed(lite_app, clock, kind):
    wave = open_a_wave("2026", DEFINITIONS / kind / "v1.yaml")
    client = batch_opened(lite_app, PageClient(lite_app), wave, mode="phone")
    typed, said = TRIED[kind]
    enter(client, typed)
    client.get("/staff/entry/1/forms/1")
    assert {name: client.value(name) for name in typed} == typed
    [response] = responses()
    assert response.mode == "phone"
    assert orjson.loads(response.answers).items() >= said.items()


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("ranking", {"t_first": "1 1"}, "The paper has both “"),
        ("ranking", {"t_first": "1 2 3 4"}, "There are 3 boxes"),
        ("when", {"t_happened": "2 2026"}, "Type the day, month, year, such as 27 3 2026."),
        ("when", {"t_happened": "3 3 2026"}, "still to come"),
        ("when", {"t_moved": "13 2025"}, "Write the month as a number from 1 to 12"),
    ],
)
def test_other_kinds_are_held_to_the_rules_of_the_screen(lite_app, clock, kind, typed, said):
    wave = open_a_wave("2026", DEFINITIONS / kind / "v1.yaml")
    client = batch_opened(lite_app, PageClient(lite_app), wave)
    enter(client, {"t_age_band": "2"} | typed, 422)
    assert said in client.text


def test_nothing_of_a_form_is_in_the_log_or_the_audit(typist, caplog):
    enter(typist, TYPED | {"t_meta": "My name is Ada"})
    events = db.session.execute(select(db.metadata.tables["audit_events"])).all()
    assert "Ada" not in caplog.text + str(events)


def test_a_survey_that_forgets_the_day_forgets_it_of_a_typed_form_too(lite_app, clock, tmp_path):
    file = tmp_path / "every_kind" / "v1.yaml"
    file.parent.mkdir()
    plain = (DEFINITIONS / "every_kind" / "v1.yaml").read_text()
    file.write_text(plain.replace("minutes: 2", "minutes: 2\nkeeps_day: false"))
    client = batch_opened(lite_app, PageClient(lite_app), open_a_wave(file=file))
    enter(client)
    [form] = db.session.query(EnteredForm)
    [kept] = responses()
    assert (kept.day.isoformat(), kept.duration, kept.source) == ("2020-01-01", None, None)
    [text, _other] = db.session.query(ScreenedText)
    assert text.came_on.isoformat() == "2026-03-02"
    again = TYPED | {"form_id": form.id, "day": "1 3 2026"}
    client.get(FORM).post(FORM, again, 303)
    assert len(responses()) == 1
