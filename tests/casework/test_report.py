"""A report as caseworkers read it and work on it, through its pages."""

import threading
from datetime import date

import pytest
from caseload import SAID, put_report
from handover_walk import read
from page import PageClient
from sqlalchemy import select
from staff import PASSWORD, make_keyholder, make_recovery, make_staff, sign_in_keyed
from survey import open_a_wave

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.config import ROOT
from engage.extensions import db
from engage.invitations.code import mark, plain_code
from engage.invitations.store import good
from engage.keyring.held import shares
from engage.keyring.shared import STATISTICS
from engage.keyring.staff_keys import open_private
from engage.reports.clocks import set_clock
from engage.reports.facts import facts_of
from engage.reports.line import LineClock
from engage.reports.models import Report, ReportClock
from engage.seals.pairs import pair_of

INBOX = "/staff/reports"


@pytest.fixture
def people(app, clock):
    """Two caseworkers with keys, the lead with theirs, and a recovery key."""
    make_recovery(app)
    return [
        make_keyholder(app, Role.CASEWORKER),
        make_keyholder(app, Role.CASEWORKER, "Bo Lind"),
        make_keyholder(app, Role.SAFEGUARDING_LEAD),
    ]


@pytest.fixture
def first(app, people) -> PageClient:
    return sign_in_keyed(PageClient(app), people[0])


def act(client: PageClient, report_id: str, name: str, status: int = 303, **form: str):
    """Open the page of an act and send it."""
    client.get(f"{INBOX}/{report_id}/{name}")
    return send(client, report_id, name, status, **form)


def send(client: PageClient, report_id: str, name: str, status: int = 303, **form: str):
    """Send the act from the page that is open."""
    return client.post(
        f"{INBOX}/{report_id}/{name}", {"seen": client.value("seen"), **form}, status
    )


def events(action: str) -> list[AuditEvent]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent).filter_by(action=action)))


def test_wishes_and_the_code_word_stand_before_everything_that_was_told(people, first) -> None:
    text = first.get(f"{INBOX}/{put_report()}").text
    told = [
        "What they wish",
        "marigold",
        "How urgent the answers make it look",
        "They are very afraid.",
        SAID,
        "Amal Osei-Brandt",
    ]
    places = [text.find(each) for each in told]
    assert -1 not in places
    assert places == sorted(places)
    assert "marigold" in first.get(first.response.request.path + "/question").text


def test_each_opening_is_noted_and_nothing_of_the_report_is(people, first) -> None:
    report_id = put_report()
    first.get(f"{INBOX}/{report_id}")
    first.get(f"{INBOX}/{report_id}/note")
    found = events("report.opened")
    assert [each.subject for each in found] == [f"report:{report_id}"] * 2
    assert {each.detail for each in found} == {"{}"}


def test_an_act_that_was_refused_is_noted_as_an_opening_all_the_same(people, first) -> None:
    report_id, other = put_report(), put_report()
    first.get(f"{INBOX}/{report_id}/note")
    form = {"seen": first.value("seen")}
    send(first, report_id, "note", 422, words="")
    send(first, report_id, "release", 409, words="Why")
    send(first, report_id, "note", words="One")
    first.get(f"{INBOX}/{report_id}/note")
    first.post(f"{INBOX}/{report_id}/note", {**form, "words": "Two"}, 409)
    # Each page and each press, and once more for what the page after the last shows anew.
    assert len(events("report.opened")) == 7
    first.post(f"{INBOX}/{report_id}/links", {**form, "kind": "link", "other": other}, 409)
    subjects = [each.subject for each in events("report.opened")]
    assert subjects.count(f"report:{other}") == 1


def test_administrators_and_others_open_nothing(app, people) -> None:
    report_id = put_report()
    for role in (Role.ADMINISTRATOR, Role.SURVEY_MANAGER, Role.ANALYST):
        other = sign_in_keyed(PageClient(app), make_staff(app, role))
        other.get(INBOX, 403)
        other.get(f"{INBOX}/{report_id}", 403)
        other.get(f"{INBOX}/colleagues", 403)


def test_a_question_takes_the_report_up_and_ends_the_first_clock(people, first) -> None:
    report_id = put_report()
    act(first, report_id, "question", words="Was it the first time?").follow()
    assert "Was it the first time?" in first.text
    report = read(report_id, people[0])
    assert report.status == "open"
    assert report.line.waiting_for == "them"
    assert report.line.first_contact_on is not None
    assert [each.what for each in report.line.clocks] == ["review"]
    assert len(db.session.scalars(select(ReportClock)).all()) == 1
    [asked] = [each for each in report.entries if each.value["kind"] == "question"]
    assert asked.ring == "talk"


def test_what_the_slower_of_two_wrote_is_kept_and_told_what_is_new(app, people, first) -> None:
    report_id = put_report()
    second = sign_in_keyed(PageClient(app), people[1])
    first.get(f"{INBOX}/{report_id}/note")
    second.get(f"{INBOX}/{report_id}/assign")
    send(second, report_id, "assign", staff=str(people[1].id))
    send(first, report_id, "note", 409, words="She called the school about it")
    assert "Bo Lind works on it" in first.text
    assert "She called the school about it" in first.page.findtext(".//textarea")
    send(first, report_id, "note", words="She called the school about it")
    report = read(report_id, people[0])
    kinds = [each.value["kind"] for each in report.entries]
    assert {"assigned", "note"} <= {*kinds}
    assert report.line.assigned_to == people[1].id


def test_two_at_the_same_moment_are_one_done_and_one_told(app, people) -> None:
    report_id = put_report()
    clients = [sign_in_keyed(PageClient(app), each) for each in people[:2]]
    for client in clients:
        client.get(f"{INBOX}/{report_id}/note")
    forms = [
        {"seen": each.value("seen"), "csrf_token": each.value("csrf_token"), "words": "A note"}
        for each in clients
    ]
    db.session.rollback()
    start, codes = threading.Barrier(2), []

    def press(client: PageClient, form: dict[str, str]) -> None:
        start.wait()
        codes.append(client.http.post(f"{INBOX}/{report_id}/note", data=form).status_code)

    threads = [
        threading.Thread(target=press, args=pair) for pair in zip(clients, forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [303, 409]
    assert len([each for each in read(report_id, people[0]).entries if each.ring == "notes"]) == 1


def test_a_judgement_stands_before_the_points(people, first) -> None:
    report_id = put_report()
    act(first, report_id, "urgency", 422, words="He has a key to her flat")
    send(first, report_id, "urgency", words="He has a key to her flat", urgency="high")
    assert "A person has judged it: High" in first.follow().text
    assert read(report_id, people[0]).line.urgency == "high"


def test_closing_ends_the_clocks_counts_the_outcome_and_says_so(people, first) -> None:
    report_id = put_report()
    act(
        first,
        report_id,
        "close",
        reason="done",
        outcome="support",
        words="Thank you for telling us",
    )
    report = read(report_id, people[0])
    assert report.status == "closed"
    assert report.line.clocks == ()
    [told] = [
        each.value for each in report.entries if each.ring == "talk" and "words" in each.value
    ]
    assert told["words"] == "Thank you for telling us"
    held = first_held(people[0])
    assert facts_of(db.session.connection(), report_id, held[STATISTICS]).outcome == "support"
    assert db.session.get(Report, report_id).identity_until == "2027-04"
    first.get(f"{INBOX}/{report_id}/question", 409)
    act(first, report_id, "reopen", words="She came back")
    assert db.session.get(Report, report_id, populate_existing=True).identity_until is None


def first_held(member) -> dict[str, bytes]:
    """The shared keys of somebody."""
    private = open_private(db.session(), member.id, PASSWORD)
    return shares(db.session.connection(), pair_of(private), member.id)


def test_a_hold_is_set_and_ended_with_a_reason(people, first) -> None:
    report_id = put_report()
    act(first, report_id, "hold", 422, words="")
    send(first, report_id, "hold", words="A court case")
    assert db.session.get(Report, report_id).held is True
    first.get(f"{INBOX}/{report_id}/hold", 409)
    act(first, report_id, "release", words="It is over")
    assert db.session.get(Report, report_id, populate_existing=True).held is False
    # The log does not tell a hold from a note.
    assert [each.detail for each in events("report.changed")] == ["{}"] * 2


def test_what_was_written_is_not_lost_when_the_keys_were_idle_too_long(
    people, first, clock
) -> None:
    report_id = put_report()
    first.get(f"{INBOX}/{report_id}/note")
    clock.move(minutes=16)
    send(first, report_id, "note", 403, words="A long note about the fountain")
    assert "What you wrote is not lost" in first.text
    first.post("/staff/unlock", {"kept": first.value("kept"), "password": PASSWORD}, 200)
    form = first.page.find(".//main//form")
    fields = {each.get("name"): each.get("value") for each in form.iter("input")}
    fields |= {each.get("name"): each.text for each in form.iter("textarea")}
    first.post(form.get("action"), fields)
    notes = [each.value for each in read(report_id, people[0]).entries if each.ring == "notes"]
    assert [each["words"] for each in notes] == ["A long note about the fountain"]


def test_a_survey_code_is_told_in_the_conversation_alone(people, first) -> None:
    wave_id = open_a_wave(file=ROOT / "engage" / "definitions" / "victim_satisfaction" / "v1.yaml")
    report_id = put_report()
    act(first, report_id, "close", reason="done", outcome="support")
    [told] = [each.value for each in read(report_id, people[0]).entries if "code" in each.value]
    found = mark(wave_id, plain_code(told["code"]), "k" * 40)
    assert told["survey"] == "victim-satisfaction"
    assert good(db.session.connection(), wave_id, found)
    assert told["code"] not in first.get(f"{INBOX}/{report_id}").text


def test_a_second_look_at_an_override_is_due_though_the_report_is_closed(people, first) -> None:
    due_on = date(2026, 3, 3)
    looked = LineClock(set_clock(db.session.connection(), due_on), "override_review", due_on)
    report_id = put_report(line={"clocks": (looked,)})
    act(first, report_id, "close", reason="done", outcome="support")
    assert read(report_id, people[0]).line.clocks == (looked,)


def test_a_report_of_somebody_who_left_can_be_given_to_another(app, people, first) -> None:
    report_id = put_report(line={"assigned_to": people[1].id})
    theirs = sign_in_keyed(PageClient(app), people[1]).get(f"{INBOX}/{report_id}")
    command = ["staff", "deactivate", people[1].email]
    assert app.test_cli_runner().invoke(args=command).exit_code == 0
    theirs.get(f"{INBOX}/{report_id}", 302)
    assert "Give it to somebody else" in first.get(f"{INBOX}/{report_id}").text
    assert "Nobody, a colleague left" in first.get(f"{INBOX}?queue=unassigned").text
    act(first, report_id, "assign", 422, staff=str(people[1].id))
    send(first, report_id, "assign", staff=str(people[0].id))
    assert read(report_id, people[0]).line.assigned_to == people[0].id
