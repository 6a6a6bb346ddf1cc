"""What stands beside a report: evidence, links, colleagues, mail that something waits."""

from dataclasses import replace

import pytest
from caseload import put_report
from page import PageClient
from postbox import Postbox
from sqlalchemy import select
from staff import PASSWORD, make_keyholder, make_recovery, sign_in_keyed

from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.casework import access
from engage.casework.telling import tell_waiting
from engage.casework.victims import marks_of
from engage.clock import now
from engage.extensions import db
from engage.keyring.held import Held
from engage.keyring.staff_keys import open_private
from engage.reports.files import put
from engage.reports.grants import NotEntitledError
from engage.reports.opened import open_report, rings_of_staff

INBOX = "/staff/reports"
NAME = {"victim_name": "Amal Osei-Brandt", "link_agreed": "yes"}
PHONE = {"contact_phone": "07700 900 321"}


@pytest.fixture
def worker(lite_app, clock):
    make_recovery(lite_app)
    return make_keyholder(lite_app, Role.CASEWORKER)


@pytest.fixture
def client(lite_app, worker) -> PageClient:
    return sign_in_keyed(PageClient(lite_app), worker)


def rings(report_id: str, member):
    held = Held(member.id, open_private(db.session(), member.id, PASSWORD))
    return rings_of_staff(db.session.connection(), held, report_id)


def actions() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_one_person_is_seen_by_name_and_a_way_to_reach_them() -> None:
    own = marks_of(NAME, PHONE)
    assert len(own) == 1
    other = {"victim_name": " OSEI-BRANDT,  amal ", "link_agreed": "yes"}
    assert marks_of(other, {"contact_phone": "+44 7700 900321"}) == own
    assert marks_of(other, {"contact_phone": "07700 900 322"}) != own
    assert marks_of({**NAME, "victim_name": "Bel Osei-Brandt"}, PHONE) != own


@pytest.mark.parametrize(
    ("identity", "contact"),
    [
        ({**NAME, "link_agreed": "no"}, PHONE),
        ({"victim_name": "Amal"}, PHONE),
        ({"link_agreed": "yes"}, PHONE),
        (NAME, {}),
        ({}, {}),
    ],
)
def test_nobody_is_looked_for_who_did_not_agree_or_gave_too_little(identity, contact) -> None:
    assert marks_of(identity, contact) == []


def test_a_person_links_two_reports_that_look_alike_and_can_end_it(client) -> None:
    one, other = put_report(), put_report(facts={"ward": "W3"})
    refused = put_report(identity={"link_agreed": "no"})
    client.get(f"{INBOX}/{one}/links")
    assert other[:8] in client.text
    assert refused[:8] not in client.text
    form = {"seen": client.value("seen"), "kind": "link"}
    client.post(f"{INBOX}/{one}/links", {**form, "other": refused}, 409)
    client.post(f"{INBOX}/{one}/links", {**form, "other": other}).follow()
    assert "End this link" in client.text
    assert "End this link" in client.get(f"{INBOX}/{other}/links").text
    form = {"seen": client.value("seen"), "kind": "unlink", "other": one}
    client.post(f"{INBOX}/{other}/links", form).follow()
    assert "End this link" not in client.text
    assert actions().count("report.changed") == 2
    # No two events of one moment say which two belong together: the other was opened, no more.
    changed = db.session.scalars(select(AuditEvent).filter_by(action="report.changed")).all()
    assert [each.subject for each in changed] == [f"report:{one}", f"report:{other}"]


def test_evidence_is_handed_over_as_bytes_and_the_original_is_noted(client, worker) -> None:
    report_id = put_report()
    file_id = put(
        db.session.connection(),
        report_id,
        rings(report_id, worker),
        {"name": "<b>proof</b>.html\r\nX: y", "kind": "image/png"},
        original=b"<script>alert(1)</script>",
        clean=b"clean",
    )
    db.session.commit()
    before = open_report(db.session.connection(), report_id, rings(report_id, worker)).version
    client.get(f"{INBOX}/{report_id}")
    for copy, content in (("clean", b"clean"), ("original", b"<script>alert(1)</script>")):
        client.post(f"{INBOX}/{report_id}/files/{file_id}/{copy}", status=200)
        headers = client.response.headers
        assert client.response.data == content
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Content-Disposition"].startswith("attachment; ")
        assert "proof" not in headers["Content-Disposition"]
        assert headers["Cache-Control"] == "no-store"
    assert actions()[-2:] == ["report.opened"] * 2
    db.session.rollback()
    report = open_report(db.session.connection(), report_id, rings(report_id, worker))
    taken = [each.value for each in report.entries if each.value["kind"] == "taken"]
    assert [(each["what"], each["by"]) for each in taken] == [
        ("clean", worker.id),
        ("original", worker.id),
    ]
    assert report.version == before, "nobody who writes meanwhile is refused for it"


def test_a_new_colleague_opens_older_reports_once_somebody_lets_them(lite_app, client) -> None:
    report_id = put_report()
    new = make_keyholder(lite_app, Role.CASEWORKER, "Bo Lind")
    theirs = sign_in_keyed(PageClient(lite_app), new)
    theirs.get(f"{INBOX}/{report_id}", 404)
    client.get(f"{INBOX}/colleagues")
    assert "Cannot open 1 of those that you can open" in client.text
    client.post(f"{INBOX}/colleagues/{new.id}").follow()
    assert "Cannot open" not in client.text
    assert "marigold" in theirs.get(f"{INBOX}/{report_id}").text
    assert "reports.shared" in actions()


def test_what_was_given_before_a_fault_is_in_the_log(lite_app, client, monkeypatch) -> None:
    put_report()
    put_report()
    new = make_keyholder(lite_app, Role.CASEWORKER, "Bo Lind")
    real, asked = access.grant, []

    def breaks(connection, held, staff_id, ids):
        asked.append(ids)
        if len(asked) == 2:
            raise NotEntitledError
        return real(connection, held, staff_id, ids)

    monkeypatch.setattr(access, "grant", breaks)
    monkeypatch.setattr(access, "AT_ONCE", 1)
    client.get(f"{INBOX}/colleagues").post(f"{INBOX}/colleagues/{new.id}", status=409)
    db.session.rollback()
    [event] = db.session.scalars(select(AuditEvent).filter_by(action="reports.shared"))
    assert (event.subject, event.detail) == (f"staff:{new.id}", '{"reports": 1}')


@pytest.fixture
def mailbox(lite_app):
    with Postbox() as box:
        yield (
            replace(
                lite_app.extensions["settings"], smtp_url=box.url, mail_from="site@testham.example"
            ),
            box,
        )


def test_mail_says_only_that_something_waits_and_the_lead_hears_of_what_is_late(
    lite_app, worker, mailbox, clock
) -> None:
    settings, box = mailbox
    lead = make_keyholder(lite_app, Role.SAFEGUARDING_LEAD)
    put_report()
    assert tell_waiting(db.session(), settings, now()) == 2
    assert tell_waiting(db.session(), settings, now()) == 0
    clock.move(days=2)
    assert tell_waiting(db.session(), settings, now()) == 2
    assert tell_waiting(db.session(), settings, now()) == 0
    clock.move(days=1, hours=10)
    assert tell_waiting(db.session(), settings, now()) == 0, "at night nobody is woken"
    clock.move(hours=10)
    assert tell_waiting(db.session(), settings, now()) == 2
    subjects = [(each["To"], each["Subject"]) for each in box.messages]
    assert (lead.email, "Something is overdue") in subjects
    assert (worker.email, "Something waits") in subjects
    for each in box.messages:
        assert not {"race", "hate", "W2", "Amal", "report 1"} & {*each.get_content().split()}
