"""What a centre's worker sees: their own centre's reports, and nobody else's."""

import csv
import io
from datetime import date

import pytest
from page import PageClient
from sqlalchemy import select
from staff import PASSWORD, make_keyholder, make_recovery, sign_in, sign_in_keyed

from engage import clock as clocks
from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.centres import store
from engage.centres.models import Standing
from engage.extensions import db
from engage.keyring import staff_keys
from engage.keyring.held import Held, shares
from engage.keyring.shared import make_shared
from engage.reports.changing import add_entry
from engage.reports.facts import Facts
from engage.reports.holders import CentreHolder
from engage.reports.line import Line
from engage.reports.models import ReportClock
from engage.reports.opened import open_report, rings_of_staff
from engage.reports.receive import NewReport, receive
from engage.seals.pairs import pair_of

HALF = "/staff/centre/figures/2025-04"
SAID = "They threw paint at the door"
NAME = "Amal Osei-Brandt"


@pytest.fixture
def site(lite_app, clock):
    """A caseworker and two centres with a worker each; the first centre sent a report."""
    make_recovery(lite_app)
    caseworker = make_keyholder(lite_app, Role.CASEWORKER)
    workers = [centre(lite_app, name) for name in ("Testham Mosque", "Another Place")]
    report_id = came_in(workers[0], date(2026, 2, 3))
    return lite_app, caseworker, workers, report_id


def centre(app, name):
    member = make_keyholder(app, Role.CENTRE_WORKER, f"Wo {name}")
    made = store.register(db.session(), name, clocks.today())
    store.employ(db.session(), made, member.id, clocks.today())
    make_shared(db.session(), store.key_name(made.id), [member.id], clocks.today())
    db.session.commit()
    return member


def held(member):
    private = staff_keys.open_private(db.session(), member.id, PASSWORD)
    return Held(member.id, private, shares(db.session.connection(), pair_of(private), member.id))


def rows(model):
    db.session.rollback()
    return db.session.scalars(select(model)).all()


def line_of(report_id, member):
    connection = db.session.connection()
    rings = rings_of_staff(connection, held(member), report_id)
    return open_report(connection, report_id, rings).line


def came_in(member, day, line=None, **answers):
    worker = store.worker_of(db.session.connection(), member.id)
    holder = CentreHolder(worker.centre_id, held(member).shared[worker.shared_key])
    parts = {
        "narrative": {"what_happened": SAID},
        "facts": {"kind_of_harm": "hate", "strands": ["race"], "when_day": "2026-02-01", **answers},
        "identity": {"victim_name": NAME},
        "line": line or {},
    }
    new = NewReport(parts=parts, facts=Facts(month=f"{day:%Y-%m}"), centre=holder)
    report_id = receive(db.session.connection(), new, salt=b"s" * 16, today=day)
    db.session.commit()
    return report_id


def test_a_worker_reads_what_their_centre_sent_without_the_name_and_no_other_centre_does(site):
    app, _caseworker, (own, other), _report_id = site
    client = sign_in(PageClient(app), own)
    client.get("/staff/centre")
    assert "Report 1 February 2026 Hate Not read yet" in client.text
    client.get("/staff/centre/reports/1")
    assert SAID in client.text
    assert "1 February 2026" in client.text
    assert NAME not in client.response.text
    client.get("/staff/centre/reports/2", 404)
    elsewhere = sign_in(PageClient(app), other)
    assert "Nothing was reported through this centre yet" in elsewhere.get("/staff/centre").text
    elsewhere.get("/staff/centre/reports/1", 404)


def test_the_audit_log_does_not_tell_which_report_came_through_a_centre(site):
    app, _caseworker, (own, _other), report_id = site
    client = sign_in(PageClient(app), own)
    client.get("/staff/centre/reports/1")
    events = db.session.scalars(select(AuditEvent)).all()
    assert [each.subject for each in events if "report" in each.action] == ["centre:1"]
    assert not any(report_id in each.subject + each.detail for each in events)


def test_worker_and_casework_write_to_each_other(site):
    app, caseworker, (own, _other), report_id = site
    client = sign_in(PageClient(app), own)
    client.get("/staff/centre/reports/1").post("/staff/centre/reports/1", {"words": ""}, 422)
    client.post("/staff/centre/reports/1", {"words": "She moved out"}).follow()
    assert "Your message was sent" in client.text
    connection = db.session.connection()
    rings = rings_of_staff(connection, held(caseworker), report_id)
    said = [each.value for each in open_report(connection, report_id, rings).entries]
    assert [(each["kind"], each["by"], each["words"]) for each in said] == [
        ("message", "centre", "She moved out")
    ]
    reply = {"kind": "message", "at": said[0]["at"], "by": caseworker.id, "words": "Thank you"}
    add_entry(connection, report_id, rings, "content", reply)
    note = {"kind": "note", "at": said[0]["at"], "by": caseworker.id, "words": "Our own note"}
    add_entry(connection, report_id, rings, "notes", note)
    db.session.commit()
    assert "New message" in client.get("/staff/centre").text
    client.get("/staff/centre/reports/1")
    assert "Thank you" in client.text
    assert "Our own note" not in client.text


def test_what_a_centre_writes_waits_for_casework_until_it_is_answered(site):
    app, caseworker, (own, _other), _report_id = site
    line = Line(received_on=clocks.today(), waiting_for="", centre=1)
    report_id = came_in(own, clocks.today(), line=line.to_dict())
    casework = sign_in_keyed(PageClient(app), caseworker)
    page = f"/staff/reports/{report_id}"
    assert "Wait for us (0)" in casework.get("/staff/reports").text
    worker = sign_in(PageClient(app), own)
    for words in ("She moved out", "She is back"):
        worker.get("/staff/centre/reports/2").post("/staff/centre/reports/2", {"words": words})
    assert "Wait for us (1)" in casework.get("/staff/reports").text
    assert "Us, the centre wrote" in casework.get(page).text
    assert len(rows(ReportClock)) == 2, "by these the worker sends mail that something waits"
    casework.get(f"{page}/message")
    casework.post(f"{page}/message", {"seen": casework.value("seen"), "words": "Thank you"})
    assert not {each.what for each in line_of(report_id, caseworker).clocks} - {"review"}
    assert len(rows(ReportClock)) == 1, "that of the review alone"
    assert "Wait for us (0)" in casework.get("/staff/reports").text
    assert "the centre wrote" not in casework.get(page).text


@pytest.mark.parametrize(
    ("standing", "says"),
    [(None, "Your training ran out"), ("paused", "is paused"), ("ended", "This centre has ended")],
)
def test_a_worker_who_cannot_report_is_told_why_and_what_to_do(site, clock, standing, says):
    app, _caseworker, (own, _other), _report_id = site
    if standing:
        store.put(db.session(), 1, Standing(standing), clocks.today())
        db.session.commit()
    else:
        clock.move(days=366)
    client = sign_in(PageClient(app), own)
    client.get("/staff/centre")
    assert says in client.text
    assert "999" in client.text
    assert "Report for somebody" not in client.text
    assert ("Report 1" in client.text) == (standing != "ended")
    assert client.get("/staff/centre/reports/1", 303 if standing == "ended" else 200)


def test_the_centres_own_figures_are_suppressed_on_the_page_and_in_the_file(site):
    app, _caseworker, (own, _other), _report_id = site
    for number in range(9):
        came_in(own, date(2025, 6, 1), kind_of_harm="hate" if number < 7 else "elder", ward="X")
    client = sign_in(PageClient(app), own)
    assert "April 2025 to September 2025" in client.get("/staff/centre/figures").text
    assert "Your centre sent 9 reports" in client.get(HALF).text
    assert client.text.count("Too few to show") == len(client.page.findall(".//main//h2"))
    data = client.get(f"{HALF}/file").response.data.decode("utf-8-sig")
    found = {(row[0], row[1]): row[2] for row in csv.reader(io.StringIO(data))}
    assert found["Reports", "All"] == "9"
    assert found["Kind of harm", "Hate"] == "hidden", "it hides the two of another kind"
    assert found["Kind of harm", "Abuse of an older person"] == "hidden"
    client.get("/staff/centre/figures/2026-04", 404)


def test_nobody_but_workers_of_a_centre_opens_its_pages(site):
    app, caseworker, _workers, _report_id = site
    client = sign_in(PageClient(app), caseworker)
    client.get("/staff/centre", 403)
    client.get(HALF, 403)
    stray = make_keyholder(app, Role.CENTRE_WORKER, "Stray")
    sign_in(PageClient(app), stray).get("/staff/centre", 403)
