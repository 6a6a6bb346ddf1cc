"""Staff register a centre and its workers; a worker signs in, and is removed."""

import re

import pytest
from page import PageClient
from sqlalchemy import func, select
from staff import make_keyholder, make_recovery, make_staff, sign_in

from engage.accounts.models import Role, StaffMember
from engage.audit.models import AuditEvent
from engage.centres import store
from engage.centres.models import Centre
from engage.extensions import db
from engage.keyring.models import KeyShare, StaffKey

TRAINED = {"trained_on-day": "1", "trained_on-month": "3", "trained_on-year": "2026"}
AGREED = {"agreed_on-day": "1", "agreed_on-month": "3", "agreed_on-year": "2026"}
WORKER = {"name": "Wo Rker", "email": "wo@testham.example", **TRAINED}


@pytest.fixture
def staff(lite_app, clock):
    """The safeguarding lead, signed in, with a centre."""
    make_recovery(lite_app)
    lead = make_keyholder(lite_app, Role.SAFEGUARDING_LEAD)
    client = sign_in(PageClient(lite_app), lead)
    client.get("/staff/centres/new").post(
        "/staff/centres/new", {"name": "Testham Mosque", **AGREED}
    )
    client.lead = lead
    return client.follow()


def made(email=WORKER["email"]):
    """The worker's account, apart from the test's own session."""
    member = db.session.scalars(select(StaffMember).filter_by(email=email)).one()
    db.session.expunge(member)
    db.session.rollback()
    return member


def password_in(client):
    return re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){4}", client.text).group()


def count(model):
    number = db.session.scalar(select(func.count()).select_from(model))
    db.session.rollback()
    return number


def test_a_worker_gets_an_account_with_which_they_find_their_centre(lite_app, staff):
    staff.get("/staff/centres/1/workers/new").post("/staff/centres/1/workers/new", WORKER, 200)
    password = password_in(staff)
    assert "no-store" in staff.response.headers["Cache-Control"]
    assert "trained until 1 March 2027" in staff.get("/staff/centres/1").text
    assert password not in staff.response.text
    member = made()
    worker = sign_in(PageClient(lite_app), member, password)
    worker.get("/staff/centre")
    assert "Report for somebody" in worker.text
    worker.get("/staff/centres", 403)


def test_a_removed_worker_is_signed_out_and_their_keys_are_gone(lite_app, staff):
    staff.get("/staff/centres/1/workers/new").post("/staff/centres/1/workers/new", WORKER, 200)
    member = made()
    worker = sign_in(PageClient(lite_app), member, password_in(staff))
    before = count(StaffKey), count(KeyShare)
    path = f"/staff/centres/1/workers/{member.id}"
    staff.get(path).post(f"{path}/remove").follow()
    assert "It has none" in staff.text
    assert (count(StaffKey), count(KeyShare)) == (before[0] - 1, before[1] - 1)
    assert "/staff/sign-in" in worker.get("/staff/centre", 302).location


def test_training_is_renewed_and_staff_are_told_before_it_runs_out(staff, clock):
    staff.get("/staff/centres/1/workers/new").post("/staff/centres/1/workers/new", WORKER, 200)
    member = made()
    clock.move(days=340)
    sign_in(staff, staff.lead)
    assert "will within 30 days: 1" in staff.get("/staff").text
    path = f"/staff/centres/1/workers/{member.id}"
    days = {f"{name}-{part}": value for name, year in (("trained_on", "2027"), ("ends_on", "2026"))
            for part, value in (("day", "5"), ("month", "2"), ("year", year))}  # fmt: skip
    staff.get(path).post(path, days, 422)
    assert "runs out before it took place" in staff.text
    staff.post(path, days | {"ends_on-year": "2028"}).follow()
    assert "trained until 5 February 2028" in staff.text
    assert "within 30 days" not in staff.get("/staff").text


def test_a_centre_is_paused_and_ended_and_named_once(staff):
    staff.post("/staff/centres/1/pause").follow()
    assert "Let it go on" in staff.text
    staff.post("/staff/centres/1/end").follow()
    assert "Ended on" in staff.text
    staff.get("/staff/centres/new")
    staff.post("/staff/centres/new", {"name": "Testham  Mosque", **AGREED}, 422)
    assert "There is a centre called Testham Mosque already" in staff.text
    staff.get("/staff/centres/1/change")
    staff.post("/staff/centres/1/resume")
    assert db.session.get(Centre, 1).standing == "ended"
    assert store.everyone(db.session())


def test_an_administrator_may_register_a_centre_and_an_analyst_may_not(lite_app, clock):
    sign_in(PageClient(lite_app), make_staff(lite_app)).get("/staff/centres")
    analyst = sign_in(PageClient(lite_app), make_staff(lite_app, Role.ANALYST))
    analyst.get("/staff/centres", 403)


def test_an_administrator_makes_no_worker_whose_reports_they_could_read(lite_app, staff):
    staff.get("/staff/centres/1/workers/new").post("/staff/centres/1/workers/new", WORKER, 200)
    person = sign_in(PageClient(lite_app), make_staff(lite_app))
    assert "Wo Rker" in person.get("/staff/centres/1").text
    person.get("/staff/centres/new")  # a page with a token
    other = WORKER | {"email": "admin@testham.example"}
    person.post("/staff/centres/1/workers/new", other, 403)
    person.get(f"/staff/centres/1/workers/{made().id}", 403)
    person.get("/staff/centres/new")  # a page with a token
    person.post(f"/staff/centres/1/workers/{made().id}/remove", status=403)


def test_a_later_worker_gets_the_key_only_when_a_colleague_gives_it(lite_app, staff):
    second = WORKER | {"name": "Se Cond", "email": "se@testham.example"}
    people = []
    for each in (WORKER, second):
        staff.get("/staff/centres/1/workers/new").post("/staff/centres/1/workers/new", each, 200)
        password = password_in(staff)
        member = made(each["email"])
        people.append((member, password, sign_in(PageClient(lite_app), member, password)))
    (first, password, _client), (later, _password, waiting) = people
    client = sign_in(PageClient(lite_app), first, password)  # as before, it gives nobody a key
    assert "You do not have this centre’s key yet" in waiting.get("/staff/centre").text
    waiting.get("/staff/centre/colleagues")
    waiting.post(f"/staff/centre/colleagues/{later.id}", status=409)
    assert "Se Cond cannot open our reports" in client.get("/staff/centre").text
    assert "Se Cond" in client.get("/staff/centre/colleagues").text
    client.post(f"/staff/centre/colleagues/{staff.lead.id}", status=404)
    client.get("/staff/centre/colleagues")
    client.post(f"/staff/centre/colleagues/{later.id}").follow()
    assert "Report for somebody" in waiting.get("/staff/centre").text
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action.like("centre.key%")))
    assert [(each.action, each.staff_id, each.detail) for each in events] == [
        ("centre.key_made", first.id, "{}"),
        ("centre.key_given", first.id, f'{{"staff": {later.id}}}'),
    ]
