"""Staff sign in, move about, see their sessions and sign out."""

import logging
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from page import PageClient
from sqlalchemy import select
from staff import PASSWORD, make_staff, walk_in

from engage import clock as real
from engage.accounts.models import StaffMember
from engage.accounts.passwords import is_outdated
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.sessions.models import StaffSession
from engage.signin import service
from engage.signin.addresses import local_path

WRONG = "The e-mail address or the password is not right"


@pytest.fixture
def member(app, clock):
    return make_staff(app, "analyst", "Ada Lovelace")


def fail(client, email, password="not the password", status=422):
    client.get("/staff/sign-in")
    client.post("/staff/sign-in", {"email": email, "password": password}, status)
    return client


def cookie_of(client) -> dict:
    with client.http.session_transaction() as session:
        return dict(session)


def test_someone_signs_in_moves_about_and_signs_out(client, member):
    client.get("/staff", 302).follow()
    assert "Sign in" in client.text
    walk_in(client, member)
    assert client.get("/staff").text.startswith("Staff home")
    client.get("/staff/sign-in", 302)
    client.get("/staff")
    client.post("/staff/sign-out")
    assert client.response.headers["Clear-Site-Data"] == '"cache"'
    client.follow()
    client.get("/staff", 302)
    assert db.session.scalars(select(StaffSession)).all() == []


def test_the_page_asks_for_what_password_managers_fill_in(client):
    page = client.get("/staff/sign-in").page
    kinds = {field.get("name"): field for field in page.iter("input")}
    assert kinds["email"].get("autocomplete") == "username"
    assert kinds["email"].get("type") == "email"
    assert kinds["password"].get("autocomplete") == "current-password"
    assert kinds["password"].get("type") == "password"


def test_signing_in_changes_everything_the_cookie_held(app, client, member):
    client.get("/staff/sign-in")
    planted = client.value("csrf_token")
    with client.http.session_transaction() as session:
        session["left_over"] = "by somebody else"
    walk_in(client, member)
    first = cookie_of(client)
    client.get("/staff")
    assert "left_over" not in first
    assert client.value("csrf_token") != planted
    assert "_id" not in first  # Flask-Login's hash of address and browser
    another = walk_in(PageClient(app), member)
    assert cookie_of(another)["_user_id"] != first["_user_id"]


def test_a_stale_or_forged_form_signs_nobody_in(client, member):
    client.get("/staff/sign-in")
    given = {"email": member.email, "password": PASSWORD}
    client.post("/staff/sign-in", given, 400, token="forged")
    assert "out of date" in client.text
    client.get("/staff", 302)


def test_one_message_serves_whatever_is_wrong(client, member):
    texts = [fail(client, member.email).text, fail(client, "nobody@testham.example").text]
    for _ in range(5):
        fail(client, member.email)
    texts.append(fail(client, member.email, PASSWORD).text)
    assert len(set(texts)) == 1
    assert WRONG in texts[0]
    assert client.page.findtext("head/title").startswith("Error: ")
    assert client.page.find(".//a[@href='#email']") is not None
    assert client.value("email") == member.email
    assert client.value("password") is None


def test_after_five_wrong_tries_the_right_password_waits_a_quarter_of_an_hour(
    client, member, clock
):
    for _ in range(5):
        fail(client, member.email)
    fail(client, member.email, PASSWORD)
    clock.move(minutes=14)
    fail(client, member.email, PASSWORD)
    clock.move(minutes=1)
    walk_in(client, member)
    client.get("/staff")
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions == ["staff.locked", "staff.second_step_set", "staff.signed_in"]


def test_four_wrong_tries_are_forgotten_after_a_right_one(client, member):
    for _ in range(2):
        for _ in range(4):
            fail(client, member.email)
        walk_in(client, member)
        client.post("/staff/sign-out", token=client.get("/staff").value("csrf_token"))


def test_an_empty_form_says_what_is_missing(client):
    client.get("/staff/sign-in")
    client.post("/staff/sign-in", {}, 422)
    assert "Enter your e-mail address" in client.text
    assert "Enter your password" in client.text
    for field in ("email", "password"):
        assert client.page.find(f".//a[@href='#{field}']") is not None
        assert client.page.find(f".//input[@id='{field}']") is not None


@pytest.mark.parametrize(
    "given",
    [
        {"email": "a" * 100_000, "password": PASSWORD},
        {"email": "a@testham.example", "password": "p" * 100_000},
        {"email": "\x00", "password": "\x00"},
        {"email": "' or 1=1 --", "password": "x"},
    ],
)
def test_odd_input_is_refused_like_any_other(client, member, given):
    client.get("/staff/sign-in")
    client.post("/staff/sign-in", given, 422)


def test_a_deactivated_person_cannot_sign_in(client, member):
    db.session.get(StaffMember, member.id).active = False
    db.session.commit()
    assert WRONG in fail(client, member.email, PASSWORD).text


def test_a_password_hashed_with_older_parameters_is_hashed_anew(client, member):
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    db.session.get(StaffMember, member.id).password_hash = old
    db.session.commit()
    walk_in(client, member)
    renewed = db.session.get(StaffMember, member.id).password_hash
    assert is_outdated(old)
    assert not is_outdated(renewed)
    walk_in(PageClient(client.http.application), member)


def test_signing_in_again_ends_the_session_that_the_browser_had(client, member):
    given = {"email": member.email, "password": PASSWORD}
    walk_in(client, member)
    first = db.session.scalar(select(StaffSession.id))
    token = client.get("/staff").value("csrf_token")
    client.post("/staff/sign-in", given, token=token)
    [second] = db.session.scalars(select(StaffSession.id)).all()
    assert second != first
    client.get("/staff", 302)  # it awaits the second step


def test_signing_out_and_ending_a_session_are_forms_that_the_view_checks(app, client, member):
    walk_in(client, member).get("/staff/sessions")
    tokens = client.page.findall(".//form//input[@name='csrf_token']")
    assert len(tokens) == len(client.page.findall(".//form")) == 2
    session = db.session.scalars(select(StaffSession.id)).one()
    # Without the extension's check the view's own form must refuse what has no token.
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    for path in ("/staff/sign-out", f"/staff/sessions/{session}/end"):
        client.post(path, status=400, token="forged")
    client.get("/staff")


def test_too_many_tries_from_one_network_are_slowed_down(client, member, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get("/staff/sign-in")
        for _ in range(20):
            client.post("/staff/sign-in", {}, 422)
        client.post("/staff/sign-in", {"email": member.email, "password": PASSWORD}, 429)
    assert "too many tries" in client.text
    assert "127.0.0.1" not in caplog.text


def test_nothing_personal_is_logged(client, member, caplog):
    with caplog.at_level(logging.DEBUG):
        fail(client, member.email)
        walk_in(client, member)
    said = caplog.text
    assert not any(word in said for word in (member.email, "Ada", PASSWORD, "127.0.0.1"))


def test_a_session_ends_after_an_hour_without_use(client, member, clock):
    walk_in(client, member)
    for _ in range(4):
        clock.move(minutes=59)
        client.get("/staff")
    clock.move(minutes=60)
    client.get("/staff", 302)


def test_a_session_ends_after_twelve_hours_of_use(client, member, clock):
    walk_in(client, member)
    for _ in range(12):
        clock.move(minutes=59)
        client.get("/staff")
    clock.move(minutes=12)
    client.get("/staff", 302)


def test_people_end_their_other_sessions(app, client, member, clock):
    other = walk_in(PageClient(app), member)
    clock.move(minutes=5)
    walk_in(client, member)
    client.get("/staff/sessions")
    assert client.text.count("Another session") == 1
    assert "2 March 2026, 12:05" in client.text
    [form] = [
        form
        for card in client.page.iter("div")
        if card.get("class") == "govuk-summary-card" and "Another" in "".join(card.itertext())
        for form in card.iter("form")
    ]
    client.post(form.get("action")).follow()
    assert "Another session" not in client.text
    other.get("/staff", 302)


def test_ending_the_present_session_signs_out(client, member):
    walk_in(client, member)
    session = db.session.scalars(select(StaffSession)).one()
    client.get("/staff/sessions")
    client.post(f"/staff/sessions/{session.id}/end").follow()
    assert "Sign in" in client.text
    client.get("/staff", 302)


def test_nobody_ends_anothers_session(app, client, member):
    other = make_staff(app, "administrator")
    walk_in(client, member)
    theirs = db.session.scalars(select(StaffSession)).one()
    stranger = walk_in(PageClient(app), other)
    stranger.get("/staff/sessions")
    stranger.post(f"/staff/sessions/{theirs.id}/end", status=404)
    client.get("/staff")


def test_after_signing_in_people_are_where_they_meant_to_go(client, member):
    client.get("/staff/sessions?page=2", 302).follow()
    action = client.page.find(".//form").get("action")
    client.post(action, {"email": member.email, "password": PASSWORD})
    assert client.location == "/staff/second-step?next=/staff/sessions?page%3D2"
    partner = make_staff(client.http.application, "partner_viewer")
    client.get("/staff/sign-in")
    client.post(action, {"email": partner.email, "password": PASSWORD})
    assert client.location == "/staff/sessions?page=2"  # all that they see could be published


@pytest.mark.parametrize("target", ["/staff/waves?a=1", "/", "/surveys/fear-of-crime"])
def test_a_path_of_this_site_is_followed(target):
    assert local_path(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "staff",
        "//[",
    ],
)
def test_nothing_else_is_followed(target):
    assert local_path(target) is None


def test_last_use_is_noted_at_most_once_a_minute(client, member, clock):
    walk_in(client, member)

    def seen():
        db.session.rollback()
        return db.session.scalar(select(StaffSession.seen_at))

    begun = seen()
    clock.move(seconds=59)
    client.get("/staff")
    assert seen() == begun
    clock.move(seconds=1)
    client.get("/staff")
    assert seen() == begun + timedelta(minutes=1)


def test_who_gets_another_role_while_they_sign_in_is_not_let_in_without_a_code(app, monkeypatch):
    member = make_staff(app, "analyst")
    monkeypatch.setattr(service, "has_second_step", lambda *_given: False)  # as it was before
    given = {"email": member.email, "password": PASSWORD, "now": real.now()}
    with app.app_context():
        assert service.sign_in(db.session(), **given) is None
        assert db.session.scalars(select(StaffSession)).all() == []
        db.session.rollback()
