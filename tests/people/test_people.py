"""Administrators invite people, change what they may do and let them leave; auditors look."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from page import PageClient
from sqlalchemy import func, select
from staff import PASSWORD, make_keyholder, make_recovery, make_staff, sign_in, walk_in

from engage import worker
from engage.accounts.models import Role, StaffLink, StaffMember
from engage.accounts.store import AccountError, claimed, fit_name
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.keyring.models import KeyShare, StaffKey
from engage.people import links
from engage.people.role import change_role
from engage.sessions.models import StaffSession

NEW = "another four words here"


@pytest.fixture
def boss(site):
    return sign_in(PageClient(site), make_staff(site, Role.ADMINISTRATOR))


def work(clock):
    db.session.rollback()
    while worker.turn(db.session(), clock.at):
        pass


def link_in(message) -> str:
    return re.search(r"/staff/join/[\w-]+", message.get_content()).group()


def fresh(member) -> StaffMember:
    db.session.rollback()
    return db.session.get(StaffMember, member.id, populate_existing=True)


def actions() -> list[str]:
    db.session.rollback()
    return db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()


def press(client, member, step, status=303):
    """Press a button on the page of a person that was opened before."""
    given = {"version": client.value("version")}
    return client.post(f"/staff/people/{member.id}/{step}", given, status)


def test_somebody_is_invited_chooses_a_password_once_and_signs_in(site, boss, posted, clock):
    boss.get("/staff/people/invite")
    given = {"name": "Bo Lind", "email": "Bo@Testham.example", "role": "analyst"}
    boss.post("/staff/people/invite", given | {"role": "centre_worker"}, 422)
    boss.post("/staff/people/invite", given).follow()
    assert "Invitation is being sent" in boss.text
    bo = db.session.scalar(select(StaffMember).filter_by(email="bo@testham.example"))
    work(clock)
    first = link_in(posted.messages[-1])
    boss.get(f"/staff/people/{bo.id}")
    press(boss, bo, "send_link")
    work(clock)
    path = link_in(posted.messages[-1])
    assert first != path
    stored = db.session.scalar(select(StaffLink.token_hash))
    assert path.rsplit("/", 1)[1].encode() not in stored  # its hash alone
    guest = PageClient(site)
    guest.get(first, 404)
    guest.get(path).get(path)  # looking uses nothing up
    guest.post(path, {"password": "short"}, 422)
    guest.post(path, {"password": NEW}).follow()
    assert "Your password is kept." in guest.text
    assert guest.value("email") == "bo@testham.example"
    assert guest.get("/staff/sign-in").value("email") == ""  # said once, to this browser alone
    guest.get(path, 404)
    walk_in(PageClient(site), fresh(bo), NEW).get("/staff")
    assert {"staff.invited", "staff.link_sent", "staff.joined"} <= set(actions())
    assert "Invited, and sent a link for a password, by" in boss.get(f"/staff/people/{bo.id}").text
    boss.get("/staff/people/invite")
    boss.post("/staff/people/invite", given, 422)
    assert "There is an account" in boss.text
    boss.post("/staff/people/invite", given | {"name": " =1+1", "email": "x@y.example"}, 422)
    assert "Begin the name with a letter or a number, not with =" in boss.text
    for name in ("=1+1", "+Bo", "-Bo", "@Bo", "＝Bo"):
        with pytest.raises(AccountError, match="Begin the name"):
            fit_name(name)
    said = boss.get(f"/staff/people/{bo.id}").text
    assert said.count("Neither agrees to what the other asks for") == 1  # one person did both


def test_an_invitation_that_nobody_used_is_deleted_with_the_name_after_seven_days(
    site, boss, posted, clock
):
    for name in ("Bo Lind", "Cy Marsh"):
        boss.get("/staff/people/invite")
        email = f"{name[:2].lower()}@testham.example"
        boss.post("/staff/people/invite", {"name": name, "email": email, "role": "auditor"})
    work(clock)
    path = link_in(posted.messages[0])
    bo, cy = [each.id for each in db.session.scalars(select(StaffMember).filter_by(role="auditor"))]
    boss.get(f"/staff/people/{cy}/leave")
    boss.post(f"/staff/people/{cy}/leave", {"version": boss.value("version")})
    clock.move(days=7, minutes=1)
    PageClient(site).get(path, 404)
    assert links.tidy(db.session(), clock.at) == 1
    db.session.commit()
    left = set(db.session.scalars(select(StaffMember.id)))
    assert not left & {bo, cy}
    assert db.session.scalar(select(func.count()).select_from(StaffLink)) == 0


def test_a_new_password_by_mail_ends_sessions_and_what_the_old_one_sealed(
    site, boss, posted, clock
):
    make_recovery(site)
    worker_of_cases = make_keyholder(site, Role.CASEWORKER)
    client = sign_in(PageClient(site), worker_of_cases)
    assert db.session.scalar(select(func.count()).select_from(KeyShare)) > 1
    boss.get(f"/staff/people/{worker_of_cases.id}")
    press(boss, worker_of_cases, "send_link")
    work(clock)
    client.get("/staff")  # until the link is used nothing changes
    guest = PageClient(site)
    path = link_in(posted.messages[-1])
    guest.get(path).post(path, {"password": NEW})
    client.get("/staff", 302)
    db.session.rollback()
    assert db.session.get(StaffKey, worker_of_cases.id) is None
    assert db.session.scalars(select(KeyShare.staff_id)).all() == [None]  # the recovery key's
    walk_in(PageClient(site), worker_of_cases, NEW)


def test_a_leaver_is_out_at_once_and_what_they_leave_behind_is_told(site, boss, clock):
    make_recovery(site)
    stays = make_keyholder(site, Role.CASEWORKER)
    leaver = make_keyholder(site, Role.CASEWORKER, "Bo Lind")
    client = sign_in(PageClient(site), leaver)
    client.get("/staff")
    boss.get(f"/staff/people/{leaver.id}/leave")
    assert "Nothing that somebody else has to take on" in boss.text
    press(boss, leaver, "leave")
    client.get("/staff", 302)
    assert client.location.startswith("/staff/sign-in")
    client.post("/staff/sign-out", token="x", status=400)  # nor does a form of theirs do anything
    gone = fresh(leaver)
    assert not gone.active
    assert db.session.get(StaffKey, leaver.id) is None
    assert db.session.scalars(select(StaffSession).filter_by(staff_id=leaver.id)).all() == []
    boss.get(f"/staff/people/{stays.id}/leave")
    press(boss, stays, "leave", 409)
    assert "last caseworker" in boss.text
    assert fresh(stays).active


def test_of_two_administrators_who_change_one_person_the_second_sees_what_changed(site, boss):
    bo = make_staff(site, Role.ANALYST, "Bo Lind")
    other = sign_in(PageClient(site), make_staff(site, Role.ADMINISTRATOR, "Cy Marsh"))
    for client in (boss, other):
        client.get(f"/staff/people/{bo.id}/role")
    version = other.value("version")
    boss.post(f"/staff/people/{bo.id}/role", {"role": "auditor", "version": boss.value("version")})
    given = {"role": "survey_manager", "version": version}
    other.post(f"/staff/people/{bo.id}/role", given, 409)
    assert "Somebody changed this account" in other.text
    assert "Auditor" in other.text
    assert fresh(bo).role == Role.AUDITOR


def test_nobody_changes_their_own_account_and_auditors_change_nothing(site, boss):
    me = db.session.scalar(select(StaffMember))
    boss.get(f"/staff/people/{me.id}")
    assert "This is your own account" in boss.text
    boss.get(f"/staff/people/{me.id}/role", 409)
    given = {"role": "analyst", "version": str(me.version)}
    boss.post(f"/staff/people/{me.id}/role", given, 409)
    auditor = sign_in(PageClient(site), make_staff(site, Role.AUDITOR))
    auditor.get("/staff/people")
    assert "Invite" not in auditor.text
    auditor.get(f"/staff/people/{me.id}")
    assert auditor.page.findall(".//main//form") == []
    for path in ("invite", f"{me.id}/role", f"{me.id}/leave"):
        auditor.get(f"/staff/people/{path}", 403)
    assert actions().count("people.seen") >= 2
    PageClient(site).get("/staff/people", 302)
    sign_in(PageClient(site), make_staff(site, Role.ANALYST)).get("/staff/people", 403)


@pytest.mark.parametrize(
    ("after", "shares", "pair"),
    [
        (Role.SAFEGUARDING_LEAD, True, True),
        (Role.ANALYST, False, True),
        (Role.PARTNER_VIEWER, False, False),
    ],
)
def test_keys_to_reports_stay_only_with_those_who_may_still_read_them(
    app, clock, after, shares, pair
):
    member = make_keyholder(app, Role.CASEWORKER)
    make_recovery(app)
    make_keyholder(app, Role.CASEWORKER, "Stays Here")
    session = db.session()
    public = session.get(StaffKey, member.id).public
    assert session.scalars(select(KeyShare).filter_by(staff_id=member.id)).one()
    change_role(session, claimed(session, member.id, 1), after, clock.at)
    session.commit()
    held = session.scalars(select(KeyShare).filter_by(staff_id=member.id)).all()
    kept = session.get(StaffKey, member.id, populate_existing=True)
    assert bool(held) == shares
    assert bool(kept) == pair
    assert kept is None or (kept.public == public and kept.factor)


def test_the_last_administrator_and_the_last_caseworker_keep_their_roles(app, clock):
    boss = make_staff(app)
    make_recovery(app)
    worker_of_cases = make_keyholder(app, Role.CASEWORKER)
    for member, said in ((boss, "last active administrator"), (worker_of_cases, "last caseworker")):
        session = db.session()
        with pytest.raises(AccountError, match=said):
            change_role(session, claimed(session, member.id, 1), Role.ANALYST, clock.at)
        session.rollback()


@pytest.mark.parametrize("third", [False, True])
def test_of_two_administrators_who_demote_each_other_at_once_one_stays(app, clock, third):
    both = [make_staff(app, Role.ADMINISTRATOR, name) for name in ("Bo Lind", "Cy Marsh")]
    if third:
        make_staff(app, Role.ADMINISTRATOR)
    browsers = []
    for me, other in (both, both[::-1]):
        client = sign_in(PageClient(app), me)
        path = f"/staff/people/{other.id}/role"
        form = {"role": "analyst", "version": client.get(path).value("version")}
        token = client.value("csrf_token")
        cookie = client.http.get_cookie("session").value
        browsers.append((path, form | {"csrf_token": token}, cookie))
    db.session.rollback()
    barrier = Barrier(2)

    def press(given) -> int:
        path, form, cookie = given
        browser = app.test_client()
        browser.set_cookie("session", cookie)
        barrier.wait()
        return browser.post(path, data=form).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, browsers))
    # The slower one is signed out by then, or waited until they were no administrator any more.
    assert answers[0] in (302, 303)
    assert answers[1] in (302, 403)
    db.session.rollback()
    roles = [db.session.get(StaffMember, each.id).role for each in both]
    assert sorted(roles) == ["administrator", "analyst"]
    assert actions().count("staff.role_changed") == 1


def test_a_lock_is_lifted_and_sessions_and_second_step_are_ended(site, boss, clock):
    bo = make_keyholder(site, Role.ANALYST, "Bo Lind")
    client = sign_in(PageClient(site), bo)
    client.get("/staff")
    fresh(bo).locked_until = clock.at + timedelta(minutes=10)
    db.session.commit()
    boss.get("/staff/people")
    assert "Locked" in boss.text
    boss.get(f"/staff/people/{bo.id}")
    press(boss, bo, "unlock").follow()
    assert fresh(bo).locked_until is None
    press(boss, bo, "end_sessions").follow()
    client.get("/staff", 302)
    press(boss, bo, "new_second_step").follow()
    assert "Not yet" in boss.text
    again = PageClient(site)
    again.get("/staff/sign-in")
    again.post("/staff/sign-in", {"email": bo.email, "password": PASSWORD}).follow()
    assert "Set up the second step" in again.text


def test_nobody_closes_their_own_account_by_its_address(site, boss):
    own = db.session.scalar(db.select(StaffMember.id).filter_by(role=Role.ADMINISTRATOR))
    boss.get(f"/staff/people/{own}/leave", 409)
    assert "This is your own account: ask another administrator." in boss.text
    assert "Close the account" not in boss.text
