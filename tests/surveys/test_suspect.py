"""Suspect responses are let in and marked; only a flood is asked to wait."""

import base64
import json
from dataclasses import replace

import pytest
from altcha import Challenge, Payload, solve_challenge
from page import PageClient
from sqlalchemy import func, select
from survey import ANSWERS, SLUG, answer, begin, open_a_wave, press_start

from engage import clock as real_clock
from engage.answering.draft import read
from engage.answering.models import DraftPage
from engage.core.cleaning.signs import LONGEST, Sign, joined
from engage.extensions import db
from engage.responses.models import Response
from engage.surveys import suspect
from engage.surveys.current import reading
from engage.surveys.respondent import token_for

pytestmark = pytest.mark.either_database

START = f"/surveys/{SLUG}"
SLOW = 120


@pytest.fixture
def wave(app) -> int:
    return open_a_wave()


@pytest.fixture
def attacked(app):
    """Ask everybody for a proof of work."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, attack_starts_per_minute=0)


def send(client, clock, **given: str) -> str:
    """Answer what was begun and send it, without a clock too fast; the flags that are stored."""
    answer(client, ANSWERS)
    if clock:
        clock.move(seconds=SLOW)
    client.post(f"{START}/check", {"draft": client.value("draft")} | given)
    db.session.rollback()
    return db.session.scalars(select(Response.flags)).all()[-1]


def noted(client, wave: int) -> list[str]:
    """The signs in the draft that a browser began, but for haste: a test is hasty."""
    with client.http as browser:
        browser.get(START)
        token = token_for(wave)
    with reading().connect() as connection:
        signs = read(connection, token, wave, real_clock.now()).signs
    return [each for each in signs if each != "at_once"]


def solved(client) -> str:
    """What the browser answers to the sum of the page."""
    box = client.page.find(".//*[@data-proof]")
    challenge = Challenge.from_dict(json.loads(box.get("data-proof")))
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def test_somebody_who_reads_and_answers_has_no_flags(client, clock, wave):
    assert send(begin(client), clock) == ""
    assert db.session.scalar(select(func.count()).select_from(DraftPage)) == 0


@pytest.mark.parametrize("words", ["1", " ", "http://example.com"])
def test_the_hidden_field_of_the_start_form_is_noted(client, clock, wave, words):
    press_start(client.get(START), detail=words).follow()
    assert send(client, clock) == "honeypot"


def test_the_hidden_field_of_the_sending_form_is_noted(client, clock, wave):
    assert send(begin(client), clock, detail="Best regards") == "honeypot"


def test_the_hidden_field_is_out_of_reach_and_out_of_words_that_browsers_fill_in(client, wave):
    field = client.get(START).page.find(".//input[@name='detail']")
    assert (field.get("tabindex"), field.get("autocomplete")) == ("-1", "off")
    (box,) = [each for each in client.page.iter("div") if field in list(each)]
    assert (box.get("aria-hidden"), box.get("style")) == ("true", None)
    known = (
        "name",
        "mail",
        "phone",
        "tel",
        "address",
        "url",
        "web",
        "user",
        "city",
        "code",
        "pass",
    )
    assert not any(word in field.get("name") for word in known)


def test_a_start_without_the_start_page_is_noted(client, clock, wave):
    client.get(START).post(START).follow()
    assert send(client, clock) == "no_stamp"


@pytest.mark.parametrize("forged", ["1772452800.AAAA", "x", "", ".", "é", "1772452800"])
def test_a_forged_stamp_is_no_stamp(client, clock, wave, forged):
    press_start(client.get(START), shown=forged).follow()
    assert send(client, clock) == "no_stamp"


def test_a_stamp_of_another_browser_or_survey_is_no_stamp(client, clock, wave, app):
    other = PageClient(app)
    press_start(client.get(START), shown=other.get(START).value("shown")).follow()
    assert send(client, clock) == "no_stamp"


@pytest.mark.parametrize(("hours", "flags"), [(23.9, ""), (24.1, "old_form")])
def test_a_start_form_of_the_day_before_is_noted(client, clock, wave, hours, flags):
    client.get(START)
    clock.move(hours=hours)
    press_start(client).follow()
    assert send(client, clock) == flags


@pytest.mark.parametrize(("seconds", "flags"), [(0.3, "at_once"), (1, ""), (2.5, "")])
def test_a_start_within_a_second_is_noted_and_one_after_it_never(
    client, clock, wave, seconds, flags
):
    clock.move(seconds=0.4)
    client.get(START)
    clock.move(seconds=seconds)
    press_start(client).follow()
    assert send(client, clock) == flags


@pytest.mark.parametrize(("seconds", "flags"), [(17.9, "fast"), (18, "")])
def test_an_answer_sent_sooner_than_it_can_be_read_is_noted(client, clock, wave, seconds, flags):
    answer(begin(client), ANSWERS)  # of 9 questions
    clock.move(seconds=seconds)
    client.post(f"{START}/check", {"draft": client.value("draft")})
    assert db.session.scalar(select(Response.flags)) == flags


def test_signs_lie_sealed_with_the_draft_and_are_no_answers(client, wave, clock):
    press_start(client.get(START), detail="x").follow()
    pages = db.session.execute(select(DraftPage.section, DraftPage.sealed)).all()
    assert [page.section for page in pages] == ["@signs"]
    assert b"honeypot" not in pages[0].sealed


def test_a_busy_network_is_noted_and_asked_for_proof_and_nobody_is_refused(app, wave):
    for number in range(60):
        started = PageClient(app)
        press_start(started.get(START))
        assert number or started.value("proof") is None
    late = PageClient(app).get(START)
    assert "Very many people are starting this survey" in late.text
    press_start(late, proof=solved(late)).follow()
    flags = send(late, None).split(",")
    assert ("busy_network" in flags, "no_proof" in flags) == (True, False)
    elsewhere = PageClient(app)
    elsewhere.http.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert elsewhere.get(START).value("proof") is None


def test_far_more_starts_than_usual_are_an_attack_until_it_calms_down(app, wave):
    app.extensions["settings"] = replace(app.extensions["settings"], attack_starts_per_minute=5)
    pages = [PageClient(app) for _person in range(7)]
    for number, each in enumerate(pages):
        each.http.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        each.get(START)
        if number < 6:
            assert each.value("proof") is None
            press_start(each)
    assert pages[6].value("proof") == ""


def test_who_does_the_sum_is_not_noted_and_an_answer_counts_once(app, client, wave, attacked):
    client.get(START)
    payload = solved(client)
    press_start(client, proof=payload)
    assert noted(client, wave) == []
    again = PageClient(app)
    press_start(again.get(START), proof=payload)
    assert noted(again, wave) == ["no_proof"]


@pytest.mark.parametrize("answered", ["", "x", "e30=", "W10=", "{}", "bnVsbA==", "é", "A" * 9000])
def test_without_an_answer_to_the_sum_people_are_let_in_and_noted(client, wave, attacked, answered):
    press_start(client.get(START), proof=answered).follow()
    assert "How old are you" in client.text
    assert noted(client, wave) == ["no_proof"]


@pytest.mark.parametrize("change", ["cost", "expiresAt", "derivedKey"])
def test_an_answer_that_was_tampered_with_does_not_count(client, wave, attacked, change):
    found = json.loads(base64.b64decode(solved(client.get(START))))
    if change == "derivedKey":
        found["solution"][change] = "00" * 32
    else:
        found["challenge"]["parameters"][change] = 1
    payload = base64.b64encode(json.dumps(found).encode()).decode()
    press_start(client, proof=payload)
    assert noted(client, wave) == ["no_proof"]


def test_a_flood_without_proof_is_asked_to_wait_and_told_what_to_do(app, wave, attacked):
    for _try in range(30):
        press_start(PageClient(app).get(START))
    late = PageClient(app).get(START)
    late.post(START, {"shown": late.value("shown")}, status=429)
    assert "Wait a minute, go back and press the button again" in late.text
    proven = PageClient(app).get(START)
    press_start(proven, proof=solved(proven))


def test_every_public_form_has_a_limit_and_leaving_has_none(app, wave, monkeypatch):
    monkeypatch.setattr("engage.web.limits.POSTS", suspect.parse("3 per minute"))
    client = begin(PageClient(app))
    for _try in range(2):
        client.post(f"{START}/page/you", {"q_age_band": "3"})
        client.get(f"{START}/page/you")
    client.post(f"{START}/page/you", {"q_age_band": "3"}, status=429)
    assert "What you had saved is still there" in client.text
    client.get("/leave", status=303)


def test_signs_are_stored_in_one_order_each_once_and_fit():
    assert joined([Sign.NO_PROOF, Sign.HONEYPOT, "honeypot", "unknown"]) == "honeypot,no_proof"
    assert joined([]) == ""
    assert Response.__table__.c.flags.type.length >= LONGEST
