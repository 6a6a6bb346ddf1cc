"""The queue as staff work through it, by hand and with real mail."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOON
from page import PageClient
from postbox import Postbox
from sqlalchemy import select
from staff import make_staff, sign_in
from survey import answer, begin, open_a_wave

from engage import worker
from engage.accounts.models import Role, StaffMember
from engage.audit.models import AuditEvent
from engage.care_settings import Lead
from engage.config import ROOT
from engage.core.definition.kinds import TEXT_KINDS
from engage.core.definition.load import load_definition
from engage.extensions import db
from engage.jobs.models import Job
from engage.responses.screened import ScreenedText
from engage.responses.screening import receive
from engage.responses.store import row
from engage.waves.models import Wave

pytestmark = pytest.mark.either_database

LEAD = Lead("Jo Fern", "jo.fern@testham.example")
SAID = "A man follows me home from the school"
QUEUE, FLAGGED = "/staff/screening", "/staff/screening/flagged"


@pytest.fixture
def wave_id(app, clock) -> int:
    return open_a_wave()


@pytest.fixture
def mailbox(app):
    """A mail server, the lead to whom it goes, and the settings that say so."""
    with Postbox() as box:
        app.extensions["settings"] = replace(
            app.extensions["settings"],
            smtp_url=box.url,
            mail_from="surveys@testham.example",
            safeguarding_lead=LEAD,
        )
        yield box


@pytest.fixture
def manager(app, clock, wave_id) -> PageClient:
    return sign_in(PageClient(app), make_staff(app, Role.SURVEY_MANAGER))


def again(app) -> PageClient:
    """The manager, signed in anew after some time."""
    member = db.session.scalars(select(StaffMember).filter_by(role=Role.SURVEY_MANAGER)).one()
    db.session.expunge(member)
    return sign_in(PageClient(app), member)


def write(app, words: str = SAID) -> None:
    """Somebody answers and writes this."""
    client = PageClient(app)
    pages = {"you": {"q_age_band": "3"}, "place": {"q_ward": "W2"}, "more": {"q_validate": words}}
    answer(begin(client), pages)
    client.post(client.response.request.path, {"draft": client.value("draft")}).follow()


def texts() -> list[ScreenedText]:
    db.session.rollback()
    return list(db.session.scalars(select(ScreenedText)))


def press(client: PageClient, decision: str, text: str = "", status: int = 303, **more: str):
    """Press a button beside a text (the only one, if none is named)."""
    [each] = [each for each in texts() if each.id == text or not text]
    client.post(f"{QUEUE}/{each.id}", {"decision": decision, **more}, status)
    return client.follow() if status == 303 else client


FORGETFUL = ROOT / "engage" / "definitions" / "victim_satisfaction" / "v1.yaml"


def forgetful_text(app) -> ScreenedText:
    """A text that came today in a survey which forgets the day of an answer."""
    wave_id = open_a_wave(file=FORGETFUL)
    wave = db.session.get(Wave, wave_id)
    definition = load_definition(FORGETFUL)
    box = next(each.id for each in definition.questions.values() if each.kind in TEXT_KINDS)
    made = row(
        definition,
        {},
        wave_id=wave_id,
        definition_id=wave.definition_id,
        submission="s",
        day=wave.opens_on,
        duration=None,
    )
    made["answers"] = json.dumps({box: SAID})
    db.session.remove()
    with db.engine.begin() as connection:
        receive(connection, definition, made, came_on=NOON.date())
    [text] = texts()
    db.session.remove()
    return text


def test_a_decision_forgets_the_day_that_the_survey_forgets(lite_app, clock):
    text = forgetful_text(lite_app)
    assert (text.came_on, text.due_on) == (NOON.date(), NOON.date() + timedelta(days=1))
    client = sign_in(PageClient(lite_app), make_staff(lite_app, Role.SURVEY_MANAGER))
    client.get(QUEUE)
    assert "Overdue" not in client.text
    press(client, "flag", reason="names")
    assert texts()[0].came_on == NOON.date()
    press(client, "handle")
    assert (texts()[0].came_on, texts()[0].due_on) == (date(2020, 1, 1), date(2020, 1, 2))
    press(client, "back")
    assert texts()[0].came_on == NOON.date()


def work(clock) -> None:
    db.session.remove()
    while worker.turn(db.session(), clock.at):
        pass
    db.session.remove()


def test_an_empty_queue_says_so(manager):
    assert "Nothing waits." in manager.get(QUEUE).text
    assert "Nothing is flagged." in manager.get(FLAGGED).text


def test_a_text_is_shown_under_its_question_and_with_nothing_else(app, manager):
    write(app)
    said = manager.get(QUEUE).text
    assert SAID in said
    assert "Came on 2 March 2026, to be looked at by 3 March 2026" in said
    assert "Bridge" not in manager.response.text
    assert "W2" not in manager.source


def test_what_people_wrote_cannot_break_the_page(app, manager):
    write(app, '<script>alert("x")</script> “&amp;”')
    assert '<script>alert("x")</script> “&amp;”' in manager.get(QUEUE).text


def test_a_text_is_passed_with_one_press_and_that_can_be_taken_back(app, manager):
    write(app)
    manager.get(QUEUE)
    press(manager, "pass")
    assert "You found nothing to worry about." in manager.text
    assert SAID not in manager.text
    assert [each.state for each in texts()] == ["passed"]
    press(manager, "back")
    assert SAID in manager.text
    assert [(each.state, each.staff_id) for each in texts()] == [("waiting", None)]


def test_a_flag_needs_a_reason(app, manager):
    write(app)
    manager.get(QUEUE)
    for reason in ({}, {"reason": "because"}):
        press(manager, "flag", status=422, **reason)
        assert "There is a problem Say why you flag it" in manager.text
        assert manager.page.findtext("head/title").startswith("Error: ")
    assert [each.state for each in texts()] == ["waiting"]


def test_two_who_decide_at_once_are_told_apart(app, manager, clock):
    write(app)
    other = sign_in(PageClient(app), make_staff(app, Role.SURVEY_MANAGER, "Una Other"))
    other.get(QUEUE)
    manager.get(QUEUE)
    press(manager, "pass")
    press(other, "flag", status=409, reason="at_risk")
    assert "Somebody else has decided about this text already." in other.text
    assert [each.state for each in texts()] == ["passed"]
    other.post(f"{QUEUE}/{'0' * 32}", {"decision": "pass"}, 404)
    assert "has been deleted" in other.text


@pytest.mark.parametrize("decision", ["", "burn", "pass\x00", "handle"])
def test_a_decision_that_there_is_not_changes_nothing(app, manager, decision):
    write(app)
    manager.get(QUEUE)
    [text] = texts()
    manager.post(f"{QUEUE}/{text.id}", {"decision": decision}, 409 if decision == "handle" else 422)
    assert [each.state for each in texts()] == ["waiting"]


def test_overdue_texts_come_first_and_loud(app, manager, clock):
    write(app, "The older one")
    clock.move(days=1)
    write(app, "The newer one")
    assert "Due today" in again(app).get(QUEUE).text
    clock.move(days=1)
    manager = again(app)
    said = manager.get(QUEUE).text
    assert "1 text has waited for more than a working day" in said
    assert said.index("Overdue") < said.index("The older one") < said.index("The newer one")
    assert "1 text has waited for more than a working day" in manager.get("/staff").text


def test_a_flag_reaches_the_lead_by_mail_without_a_word_of_it(app, manager, mailbox, clock):
    write(app)
    manager.get(QUEUE)
    press(manager, "flag", reason="at_risk")
    assert "You flagged a text to the safeguarding lead." in manager.text
    assert "has not left yet" in manager.get(FLAGGED).text
    work(clock)
    [message] = mailbox.messages
    told = message.get_content()
    assert message["To"] == LEAD.email
    assert "http://127.0.0.1:5000/staff/screening/flagged" in told
    whole = message.as_string()
    for secret in ("follows", "school", "risk", "Every kind", "every-kind", "W2", "2026-03-02"):
        assert secret not in whole, secret
    assert "Jo Fern was told on 2 March 2026, 12:00." in manager.get(FLAGGED).text
    assert "Somebody may be at risk" in manager.text
    work(clock)
    clock.move(minutes=11)
    work(clock)
    assert len(mailbox.messages) == 1, "once"


def test_a_message_that_does_not_leave_is_tried_until_it_does(app, manager, mailbox, clock):
    write(app)
    manager.get(QUEUE)
    press(manager, "flag", reason="child")
    mailbox.closed = True
    for _ in range(12):
        work(clock)
        clock.move(minutes=10)
    assert mailbox.messages == []
    manager = again(app)
    assert "has not left yet. It is tried again" in manager.get(FLAGGED).text
    db.session.rollback()
    errors = set(db.session.scalars(select(Job.error).where(Job.kind == "tell_flags")))
    assert all("come back" not in each for each in errors)
    mailbox.closed = False
    work(clock)
    assert len(mailbox.messages) == 1


def test_a_flag_taken_back_before_the_mail_left_tells_nobody(app, manager, mailbox, clock):
    write(app)
    manager.get(QUEUE)
    press(manager, "flag", reason="names")
    press(manager, "back")
    work(clock)
    assert mailbox.messages == []


def test_without_mail_the_flag_stands_at_the_top_of_the_home_of_the_lead(app, manager, clock):
    write(app)
    assert "No safeguarding lead is named" in manager.get(QUEUE).text
    press(manager, "flag", reason="threat")
    work(clock)
    lead = sign_in(PageClient(app), make_staff(app, Role.SAFEGUARDING_LEAD))
    assert "1 flagged text waits" in lead.get("/staff").text
    assert "Nobody was told" in lead.get(FLAGGED).text
    assert SAID in lead.text
    press(lead, "handle")
    assert "You marked a flagged text as dealt with." in lead.text
    assert "flagged text" not in lead.get("/staff").text
    app.extensions["settings"] = replace(app.extensions["settings"], safeguarding_lead=LEAD)
    assert "Tell Jo Fern yourself" in manager.get(QUEUE).text


def test_once_a_day_lead_and_managers_hear_of_what_is_overdue(app, manager, mailbox, clock):
    write(app)
    clock.at = NOON.replace(hour=0, minute=1) + timedelta(days=1)
    work(clock)
    assert mailbox.messages == []
    for _ in range(3):
        clock.move(hours=12)
        work(clock)
    told = sorted((each["To"], each["Subject"]) for each in mailbox.messages)
    assert told == [
        (LEAD.email, "One text waits"),
        ("survey_manager@testham.example", "One text waits"),
    ]
    clock.move(days=1)
    work(clock)
    assert len(mailbox.messages) == 4
    assert "follows" not in mailbox.messages[0].as_string()


def test_the_log_keeps_who_did_what_and_no_words(app, manager):
    write(app)
    manager.get(QUEUE)
    press(manager, "flag", reason="child")
    press(manager, "back")
    press(manager, "pass")
    [text] = texts()
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action.startswith("text.")).order_by(AuditEvent.id)
    ).all()
    assert [each.action for each in events] == ["text.flagged", "text.taken_back", "text.passed"]
    assert {each.subject for each in events} == {f"text:{text.id}"}
    assert json.loads(events[0].detail)["reason"] == "child"
    assert all(each.staff_id for each in events)
    assert not any(re.search("follow|school", each.detail) for each in events)


def test_analysts_may_not_read_what_waits_and_the_lead_may_read_nothing_else(app, manager):
    write(app)
    analyst = sign_in(PageClient(app), make_staff(app, Role.ANALYST))
    assert "What people wrote" not in analyst.get("/staff").text
    for path in (QUEUE, FLAGGED):
        analyst.get(path, 403)
    [text] = texts()
    analyst.get("/staff")
    analyst.post(f"{QUEUE}/{text.id}", {"decision": "pass"}, 403)
    lead = sign_in(PageClient(app), make_staff(app, Role.SAFEGUARDING_LEAD))
    for path in ("/staff/waves", "/staff/figures", "/staff/downloads"):
        lead.get(path, 403)
    assert SAID in lead.get(QUEUE).text


def test_a_long_queue_shows_some_at_a_time(app, manager):
    for number in range(22):
        write(app, f"Text of somebody {number}")
    assert "22 wait, the oldest first. Here are 20 of them." in manager.get(QUEUE).text
    assert manager.response.text.count("<blockquote") == 20
