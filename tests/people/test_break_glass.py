"""Somebody who was named beforehand acts as administrator for an hour, and another looks at it."""

import json
from dataclasses import replace

import pytest
from flask import g
from page import PageClient
from sqlalchemy import select
from staff import PASSWORD, code_of, make_keyholder, make_staff, sign_in

from engage import worker
from engage.accounts.models import Role, StaffMember
from engage.approvals import store as approvals
from engage.approvals.store import ApprovalError
from engage.audit.log import EMERGENCY
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.people.emergency import begin
from engage.sessions import store as sessions
from engage.sessions.models import BreakGlass

PATH = "/staff/break-glass"
PEOPLE = "/staff/people/break-glass"
WHY = "The only administrator is ill, and a leaver still has an account."


@pytest.fixture
def named(site):
    """A caseworker who may, with an administrator and an auditor who will be told."""
    make_staff(site, Role.ADMINISTRATOR)
    make_staff(site, Role.AUDITOR)
    member = make_keyholder(site, Role.CASEWORKER)
    db.session.get(StaffMember, member.id).break_glass = True
    db.session.commit()
    return member


def break_it(client, member, status=303, **changed):
    given = {"reason": WHY, "password": PASSWORD, **changed}
    if "code" not in given:
        given["code"] = code_of(member)
    return client.get(PATH).post(PATH, given, status)


def other(site, role) -> PageClient:
    db.session.rollback()
    member = db.session.scalar(select(StaffMember).filter_by(role=role))
    return sign_in(PageClient(site), member)


def test_only_who_was_named_may_and_only_with_a_reason_the_password_and_a_code(site, named):
    PageClient(site).get(PATH, 302)
    other(site, Role.AUDITOR).get(PATH, 403)
    client = sign_in(PageClient(site), named)
    break_it(client, named, 422, reason=" ")
    break_it(client, named, 422, password="not this one")
    break_it(client, named, 422, code="000000")
    client.get("/staff/people", 403)
    code = code_of(named)
    break_it(client, named, code=code)
    again = sign_in(PageClient(site), named)
    again.get("/staff/people", 403)  # the hour belongs to one session
    client.get("/staff").post(PATH + "/end")
    break_it(again, named, 422, code=code)  # each code is good once
    again.get("/staff/people", 403)


def test_the_hour_is_told_marked_and_ends_and_opens_nothing_that_is_sealed(
    site, named, posted, clock
):
    client = sign_in(PageClient(site), named)
    client.get("/staff/reports")
    break_it(client, named).follow()
    head = " ".join(client.page.find(".//body").itertext())
    assert "You act as administrator until" in head
    client.get("/staff/reports", 403)
    db.session.rollback()
    while worker.turn(db.session(), clock.at):
        pass
    told = sorted(each["To"].split("@")[0] for each in posted.messages)
    assert told == ["administrator", "auditor"]
    assert WHY not in posted.messages[0].get_content()
    bo = make_staff(site, Role.ANALYST, "Bo Lind")
    client.get(f"/staff/people/{bo.id}/leave")
    client.post(f"/staff/people/{bo.id}/leave", {"version": client.value("version")})
    client.get(f"/staff/people/{named.id}")
    given = {"version": client.value("version") or "1"}
    client.post(f"/staff/people/{named.id}/no_emergency", given, 409)  # not their own account
    boss = db.session.scalar(select(StaffMember.id).filter_by(role=Role.ADMINISTRATOR))
    db.session.rollback()
    cy = make_staff(site, Role.SURVEY_MANAGER, "Cy Marsh")
    for who, step in (
        (boss, "leave"), (boss, "send_link"), (boss, "new_second_step"), (boss, "end_sessions"),
        (cy.id, "role"), (cy.id, "name_for_emergency"),
    ):  # fmt: skip
        client.get(f"/staff/people/{who}")
        given = {"version": client.value("version") or "1", "role": "administrator"}
        client.post(f"/staff/people/{who}/{step}", given, 409)
    client.get("/staff/people/invite")
    given = {"name": "Me Again", "email": "me@testham.example", "role": "administrator"}
    client.post("/staff/people/invite", given, 422)
    with site.test_request_context():
        setattr(g, EMERGENCY, 1)
        with pytest.raises(ApprovalError, match="emergency"):
            approvals.give(db.session(), "wave:1", "a", by=named.id, now=clock.at)
    client.get(f"/staff/people/{boss}")
    assert "leaves" not in client.text
    assert "End all sessions" not in client.text
    client.get(f"/staff/people/{boss}/leave", 409)  # told before anything is filled in
    assert "is administrator or auditor" in client.text
    client.get(f"/staff/people/{cy.id}/role", 409)
    client.get("/staff/people/invite")
    assert "ends with the hour" in client.text
    assert client.page.find(".//input[@name='email']") is None
    client.get(f"{PEOPLE}/1")
    assert "(Bo Lind)" in client.text
    marked = [
        event.action
        for event in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        if json.loads(event.detail).get("break_glass") == 1
    ]
    assert {"people.seen", "staff.deactivated"} <= set(marked)
    clock.move(minutes=14)
    client.get("/staff")
    clock.move(minutes=46)
    client.get("/staff/people", 403)


def test_one_hour_at_a_time_and_the_home_page_asks_for_no_yes_in_it(site, named, clock):
    bo = make_staff(site, Role.ANALYST, "Bo Lind")
    approvals.ask(db.session(), "full_request:1", "a", by=bo.id, now=clock.at)
    db.session.commit()
    client = sign_in(PageClient(site), named)
    break_it(client, named)
    assert "for your yes or no" not in client.get("/staff").text
    assert "for your yes or no" in other(site, Role.ADMINISTRATOR).get("/staff").text
    clock.move(minutes=1)  # another code
    again = sign_in(PageClient(site), named)
    assert "Your hour runs already" in again.get(PATH, 409).text
    member = sessions.start(db.session(), named.id, clock.at)
    db.session.commit()
    given = {"reason": WHY, "password": PASSWORD, "code": code_of(named)}
    db.session.rollback()
    assert not begin(db.session(), member, clock.at, **given)
    clock.move(minutes=59)
    again = sign_in(PageClient(site), named)
    clock.move(minutes=1)
    break_it(again, named)


def test_somebody_else_signs_it_off_and_a_notice_stays_until_then(site, named, clock):
    client = sign_in(PageClient(site), named)
    break_it(client, named)
    page = "/staff/people/break-glass/1"
    auditor = other(site, Role.AUDITOR)
    assert "somebody else has to look at it" in auditor.get("/staff").text
    auditor.get(page)
    assert "when it is over" in auditor.text
    client.get(page)
    client.post(page, {"review": "I was right."}, 409)
    client.get("/staff")
    client.post(PATH + "/end").follow()
    client.get("/staff/people", 403)
    auditor.get(page)
    assert WHY in auditor.text
    assert "Looked at who acted as administrator (break_glass:1)" in auditor.text
    auditor.post(page, {"review": ""}, 409)
    auditor.post(page, {"review": "The reason holds."}).follow()
    assert "The reason holds." in auditor.text
    assert "look at it" not in auditor.get("/staff").text
    assert db.session.get(BreakGlass, 1).session_hash is None


def test_the_hour_ends_with_its_session_and_is_not_that_of_the_next_one(site, named, clock):
    client = sign_in(PageClient(site), named)
    break_it(client, named)
    client.get("/staff")
    client.post("/staff/sign-out")
    db.session.rollback()
    hour = db.session.get(BreakGlass, 1)  # it ended with the session, and can be looked at now
    assert (hour.ends_at, hour.session_hash) == (clock.at, None)
    auditor = other(site, Role.AUDITOR).get(f"{PEOPLE}/1")
    assert (
        "The reason holds."
        in auditor.post(f"{PEOPLE}/1", {"review": "The reason holds."}).follow().text
    )
    next_one = sign_in(PageClient(site), make_staff(site, Role.ANALYST))
    next_one.get("/staff/people", 403)
    sign_in(PageClient(site), named).get("/staff/people", 403)


def test_the_demonstration_shows_the_code_that_it_asks_for(site, named):
    client = sign_in(PageClient(site), named)
    assert "The code of this moment" not in client.get(PATH).text
    site.extensions["settings"] = replace(site.extensions["settings"], demo=True)
    site.extensions["demo_codes"] = lambda _session, _email, _now: "123456"
    member = db.session.get(StaffMember, named.id)
    member.email = "casey@quillhaven.example"
    db.session.commit()
    assert "The code of this moment is 123456" in client.get(PATH).text
