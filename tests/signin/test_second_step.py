"""All but partners sign in with a code as well; keyholders' sessions close after idle minutes."""

from contextvars import Context

import pytest
from flask import Blueprint, request
from page import PageClient
from sqlalchemy import func, select
from staff import PASSWORD, code_of, make_keyholder, make_recovery, make_staff, walk_in

from engage import clock as time
from engage.accounts.models import Role
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.keyring import factor, spare, staff_keys
from engage.keyring.access import keyed
from engage.keyring.held import held_keys
from engage.keyring.models import KeyShare, SessionKey, SpareCode, StaffKey
from engage.keyring.ready import can_take
from engage.keyring.roles import KEYED, SECOND_STEP
from engage.sessions.models import StaffSession
from engage.web.access import permits

NEW = "another four words here"
CASE = "/staff/tried-case"


@pytest.fixture
def site(lite_app, clock):
    """An application with a page that opens what is sealed, and takes what is written there."""
    blueprint = Blueprint("tried", __name__)

    @blueprint.route(CASE, methods=["GET", "POST"])
    @keyed(Role.CASEWORKER, Role.SAFEGUARDING_LEAD)
    def case():
        return f"{held_keys().staff_id} {request.form.getlist('note')}", {"X-Opened": "1"}

    lite_app.register_blueprint(blueprint)
    return lite_app


@pytest.fixture
def worker(site):
    make_recovery(site)
    return make_keyholder(site, Role.CASEWORKER)


def first_step(site, member, password=PASSWORD) -> PageClient:
    client = PageClient(site)
    client.get("/staff/sign-in")
    return client.post("/staff/sign-in", {"email": member.email, "password": password}).follow()


def raw(client, path, **given):
    """The answer as it is: the tried page is no page of the site."""
    db.session.rollback()
    return Context().run(client.http.post if given else client.http.get, path, **given)


def opened(client) -> bool:
    client.get("/staff")
    answer = raw(client, CASE)
    return answer.status_code == 200 and answer.headers.get("X-Opened") == "1"


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_first_sign_in_makes_keys_sets_a_generator_up_and_shows_spare_codes_once(site):
    member = make_staff(site, Role.SAFEGUARDING_LEAD)
    client = first_step(site, member)
    assert "Set up the second step" in client.text
    assert raw(client, "/staff").status_code == 302  # still nobody
    secret = client.page.find(".//code").text.replace(" ", "")
    assert "<svg" in client.response.text
    client.post("/staff/second-step", {"code": "000000"}, 422)
    assert client.page.find(".//code").text.replace(" ", "") == secret
    code = factor.code_at(secret, factor.step_at(time.now()))
    client.post("/staff/second-step", {"code": code}, 200)
    codes = [each.text for each in client.page.findall(".//li/code")]
    assert len(set(codes)) == spare.HOW_MANY == count(SpareCode)
    assert opened(client)
    client.get("/staff/second-step", 303)

    again = first_step(site, member)
    assert again.page.find(".//code") is None
    again.post("/staff/second-step", {"code": codes[3].upper().replace("-", " ")})
    assert opened(again)
    first_step(site, member).post("/staff/second-step", {"code": codes[3]}, 422)
    assert count(SpareCode) == spare.HOW_MANY - 1


def test_spare_codes_are_made_anew_with_the_password_and_the_old_ones_are_good_no_more(
    site, worker
):
    old = spare.make(db.session(), worker.id)
    db.session.commit()
    client = walk_in(PageClient(site), worker).get("/staff/sessions")
    assert "make new spare codes" in client.text
    client.get("/staff/spare-codes").post("/staff/spare-codes", {"password": "not this one"}, 422)
    assert "password is not right" in client.text
    client.post("/staff/spare-codes", {"password": PASSWORD}, 200)
    codes = [each.text for each in client.page.findall(".//li/code")]
    assert len(set(codes)) == spare.HOW_MANY == count(SpareCode)
    first_step(site, worker).post("/staff/second-step", {"code": old[0]}, 422)
    first_step(site, worker).post("/staff/second-step", {"code": codes[0]})
    assert "9 spare codes left" in client.get("/staff/spare-codes").text
    assert "staff.spare_codes_made" in db.session.scalars(select(AuditEvent.action)).all()


def test_partners_sign_in_without_a_second_step(site):
    client = walk_in(PageClient(site), make_staff(site, Role.PARTNER_VIEWER)).get("/staff/sessions")
    assert "spare codes" not in client.text
    client.get("/staff/spare-codes", 404)
    assert count(StaffKey) == 0


@pytest.mark.parametrize("role", sorted(set(SECOND_STEP) - set(KEYED)))
def test_who_holds_no_keys_needs_a_code_too_but_their_session_holds_nothing(site, role, clock):
    make_recovery(site)
    member = make_staff(site, role)
    client = walk_in(PageClient(site), member)
    assert count(StaffKey) == 1
    assert count(SessionKey) == count(KeyShare) == 0
    assert not can_take(db.session())  # nobody could read a report for all that
    clock.move(minutes=40)
    client.get("/staff").get("/staff/unlock", 303)
    assert raw(client, CASE).status_code == 403
    half = first_step(site, member).post("/staff/second-step", {"code": "123456"}, 422)
    assert raw(half, "/staff").status_code == 302
    client.get("/staff/password")
    client.post("/staff/password", {"password": PASSWORD, "new": NEW}).follow()
    walk_in(PageClient(site), member, NEW).get("/staff")  # with the same generator


def test_a_code_is_good_once_and_only_for_about_a_minute(site, worker, clock):
    code = code_of(worker)
    first_step(site, worker).post("/staff/second-step", {"code": code})
    first_step(site, worker).post("/staff/second-step", {"code": code}, 422)
    late = code_of(worker)
    clock.move(minutes=3)
    first_step(site, worker).post("/staff/second-step", {"code": late}, 422)


def test_codes_are_tried_as_rarely_as_passwords_even_by_who_knows_the_password(site, worker, clock):
    for _ in range(5):  # a right password between the codes lifts nothing
        first_step(site, worker).post("/staff/second-step", {"code": "123"}, 422)
    client = PageClient(site)
    client.get("/staff/sign-in")
    client.post("/staff/sign-in", {"email": worker.email, "password": PASSWORD}, 422)
    clock.move(minutes=15)
    walk_in(client, worker)
    assert opened(client)
    actions = db.session.scalars(select(AuditEvent.action)).all()
    assert "staff.locked" in actions


def test_a_sign_in_without_its_second_step_is_nobody_and_ends_by_itself(site, worker, clock):
    client = first_step(site, worker)
    for page in ("/staff", "/staff/password", CASE, "/staff/unlock"):
        assert raw(client, page).headers["Location"].startswith("/staff/sign-in")
    clock.move(minutes=15)
    client.get("/staff/second-step", 303)


def test_keys_are_erased_at_sign_out_and_after_15_idle_minutes(site, worker, clock):
    client = walk_in(PageClient(site), worker)
    clock.move(minutes=14)
    assert opened(client)
    clock.move(minutes=14)
    assert opened(client)
    clock.move(minutes=15)
    client.get("/staff")
    client.get(CASE + "?at=3", 302)
    assert client.location == "/staff/unlock?next=/staff/tried-case?at%3D3"
    assert count(SessionKey) == 0
    client.follow()
    client.post("/staff/unlock?next=" + CASE, {"password": "wrong"}, 422)
    client.post("/staff/unlock?next=" + CASE, {"password": PASSWORD})
    assert client.location == CASE
    assert opened(client)
    client.get("/staff")
    client.post("/staff/sign-out")
    assert count(SessionKey) == count(StaffSession) == 0


def test_what_was_written_when_the_keys_closed_comes_back_and_is_not_on_the_screen(
    site, worker, clock
):
    client = walk_in(PageClient(site), worker)
    client.get("/staff")
    token = client.value("csrf_token")
    clock.move(minutes=16)
    client.post(CASE, {"note": "She is safe at her sister's."}, 403, token=token)
    assert "sister" not in client.response.text
    kept = client.value("kept")
    client.post("/staff/unlock", {"password": "wrong", "kept": kept}, 422)
    assert client.value("kept") == kept
    client.post("/staff/unlock", {"password": PASSWORD, "kept": kept}, 200)
    form = client.page.find(".//main//form")
    assert form.get("action") == CASE
    answer = raw(
        client, CASE, data={"note": client.value("note"), "csrf_token": client.value("csrf_token")}
    )
    assert "She is safe at her sister" in answer.text

    other = walk_in(PageClient(site), worker)
    other.get("/staff/password")
    other.post("/staff/unlock", {"password": PASSWORD, "kept": kept})  # nothing of another's


def test_administrators_do_not_pass_where_keys_are_needed(site):
    view = site.view_functions["tried.case"]
    assert not permits(view, Role.ADMINISTRATOR)
    assert permits(view, Role.CASEWORKER)
    client = walk_in(PageClient(site), make_staff(site, Role.ADMINISTRATOR))
    assert raw(client, CASE).status_code == 403


def test_a_new_password_seals_the_same_keys_and_ends_other_sessions(site, worker):
    client, other = walk_in(PageClient(site), worker), walk_in(PageClient(site), worker)
    before = staff_keys.open_private(db.session(), worker.id, PASSWORD)
    client.get("/staff/password")
    client.post("/staff/password", {"password": PASSWORD, "new": "short"}, 422)
    assert "use at least 12" in client.text
    client.post("/staff/password", {"password": "wrong", "new": NEW}, 422)
    client.post("/staff/password", {"password": PASSWORD, "new": NEW}).follow()
    assert opened(client)
    other.get("/staff", 302)
    assert staff_keys.open_private(db.session(), worker.id, NEW) == before
    assert staff_keys.open_private(db.session(), worker.id, PASSWORD) is None
    again = PageClient(site)
    walk_in(again, worker, NEW)
    assert opened(again)


def test_no_code_password_or_key_is_logged(site, worker, caplog):
    with caplog.at_level("DEBUG"):
        code = code_of(worker)
        client = first_step(site, worker).post("/staff/second-step", {"code": code})
        assert opened(client)
    private = staff_keys.open_private(db.session(), worker.id, PASSWORD)
    stored = "".join(db.session.scalars(select(AuditEvent.detail)).all())
    for secret in (code, PASSWORD, private.hex(), repr(private)):
        assert secret not in caplog.text.replace("12:00", "") + stored
    assert db.session.get(StaffKey, worker.id).factor is not None
