"""The audit log on its page: filtered, taken along, verified; and that people looked is in it."""

import csv
import io
import json
from datetime import timedelta

import pytest
from conftest import NOON
from page import PageClient
from sqlalchemy import select, text
from staff import make_staff, sign_in

from engage import clock as now, worker
from engage.accounts.models import Role
from engage.audit.log import record
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.oversight import events
from engage.oversight.events import A_PAGE, Wanted

LOG = "/staff/audit"


@pytest.fixture
def auditor(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, Role.AUDITOR))


def noted(count: int, **given) -> None:
    what = {"staff_id": None, "action": "wave.opened", "subject": "wave:3", "at": now.now()} | given
    for _ in range(count):
        record(db.session, **what)
    db.session.commit()


def acts(client: PageClient) -> list[str]:
    rows = client.page.findall(".//main//tbody/tr")
    return ["".join(row.findall("td")[1].itertext()) for row in rows]


def newest() -> tuple[str, str, dict]:
    db.session.rollback()
    last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    found = last.action, last.subject, json.loads(last.detail)
    db.session.rollback()
    return found


def work() -> None:
    while worker.turn(db.session(), now.now()):
        pass


def test_events_are_found_by_person_act_subject_and_day_and_paged(auditor, lite_app, clock):
    other = make_staff(lite_app, Role.ANALYST, "Ada Reed")
    noted(A_PAGE + 5)
    tomorrow = NOON + timedelta(days=1)
    noted(1, staff_id=other.id, action="file.downloaded", subject="file:8", at=tomorrow)
    assert acts(auditor.get(LOG))[0] == "Took a file along"
    older = next(
        link for link in auditor.page.iterfind(".//a")
        if link.text == "Older events"
    )  # fmt: skip
    assert {"Opened a wave", "Signed in"} <= set(acts(auditor.get(older.get("href"))))
    for asked, found in [
        (f"person={other.id}", ["Took a file along"]),
        ("action=exports", ["Took a file along"]),
        ("subject=file:8", ["Took a file along"]),
        ("first-day=3&first-month=3&first-year=2026&action=file.downloaded", ["Took a file along"]),
        ("last-day=2&last-month=3&last-year=2026&subject=file:8", []),
    ]:
        assert acts(auditor.get(f"{LOG}?{asked}")) == found, asked
    assert "Enter a kind and a number" in auditor.get(f"{LOG}?subject=file", 422).text
    unknown = auditor.get(f"{LOG}?action=no.such", 422).text
    assert "What they did: 'no.such' is not in the list" in unknown
    assert "Account 77, which is deleted" in auditor.get(f"{LOG}?person=77").text


def test_the_file_holds_what_is_filtered_and_the_log_says_who_took_it(auditor, lite_app):
    noted(3, action="=HYPERLINK", subject="wave:1")
    auditor.get(f"{LOG}/events.csv?subject=wave:1")
    rows = list(csv.DictReader(io.StringIO(auditor.response.get_data(as_text=True)[1:])))
    assert [row["Act"] for row in rows] == ["'=HYPERLINK"] * 3
    assert all(len(row["Hash"]) == 64 for row in rows)
    assert newest() == ("log.exported", "log:all", {"subject": "wave:1"})


def test_only_auditors_and_administrators_see_it(lite_app, clock):
    for role in Role:
        client = sign_in(PageClient(lite_app), make_staff(lite_app, role))
        allowed = role in {Role.AUDITOR, Role.ADMINISTRATOR}
        client.get(LOG, 200 if allowed else 403)


def test_the_worker_verifies_the_log_and_the_page_says_what_it_found(auditor, clock):
    auditor.get(LOG).post(f"{LOG}/verify").follow()
    assert "The log is being read" in auditor.text
    work()
    assert "Yes. It was verified on 2 March 2026" in auditor.get(f"{LOG}?wait=1", 302).follow().text
    assert newest()[0] == "log.seen"
    with db.engine.begin() as connection:
        connection.execute(text("update audit_events set subject = 'wave:9' where id = 1"))
    auditor.post(f"{LOG}/verify")
    work()
    said = auditor.get(LOG).text
    assert "The log is not as it was written" in said
    assert "Event 1 does not follow from event 0" in said
    assert "The audit log is not as it was written" in auditor.get("/staff").text


def test_a_filter_is_answered_by_an_index_without_sorting_the_log(lite_app):
    for wanted in [
        Wanted(),
        Wanted(first=NOON.date(), last=NOON.date()),
        Wanted(person=4),
        Wanted(person=0),
        Wanted(action="wave.opened", first=NOON.date()),
        Wanted(subject="wave:3"),
    ]:
        query = events.newest_first(wanted).limit(A_PAGE)
        written = query.compile(db.engine, compile_kwargs={"literal_binds": False})
        plan = db.session.execute(text(f"explain query plan {written.string.replace('?', '1')}"))
        said = " ".join(row.detail for row in plan)
        assert "USING INDEX ix_audit_events" in said, (wanted, said)
        assert "SCAN" not in said or "USING INDEX" in said
        assert "USE TEMP B-TREE FOR ORDER BY" not in said, (wanted, said)


def test_who_looks_at_people_is_in_the_log_with_how_many_and_without_what_they_looked_for(
    lite_app, clock
):
    member = make_staff(lite_app, Role.ADMINISTRATOR)
    client = sign_in(PageClient(lite_app), member)
    client.get(f"{LOG}?subject=wave:3")
    client.get("/staff/screening")
    assert newest()[0] != "texts.seen", "nobody was shown anything"
    client.get("/staff/centres/1", 404)
    assert newest()[0] != "people.seen"
    client.get(LOG)
    assert newest() == ("log.seen", "log:all", {"rows": newest()[2]["rows"]})
