"""Whoever runs the server makes and manages accounts."""

import pytest
from sqlalchemy import select
from staff import make_staff, sign_in

from engage.accounts import store
from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import matches
from engage.accounts.store import find
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.sessions.models import StaffSession

PASSWORD = "six quiet herons waiting"
NEW = "another four words here"
ADA = ("--email", "ada@testham.example", "--name", "Ada Lovelace")


@pytest.fixture
def run(app):
    """Run `staff` with these words, and hand it this input."""

    def run(*words, given=""):
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["staff", *words], input=given)
        db.session.rollback()
        return result

    return run


def actions():
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_the_first_administrator_is_asked_for_a_password_twice_and_never_shown_it(run):
    result = run("create-admin", *ADA, given=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "ada@testham.example can sign in as administrator." in result.output
    assert PASSWORD not in result.output
    assert matches(find(db.session, "ada@testham.example").password_hash, PASSWORD)
    assert actions() == ["staff.created"]


def test_two_different_passwords_are_asked_for_again(run):
    result = run(
        "create-admin", *ADA, given=f"{PASSWORD}\nsomething else\n{PASSWORD}\n{PASSWORD}\n"
    )
    assert "do not match" in result.output
    assert result.exit_code == 0


def test_a_script_gives_the_password_on_standard_input(run):
    role = ("--role", "survey_manager")
    result = run("create", *ADA, *role, "--password-stdin", given=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert find(db.session, "ada@testham.example").role == "survey_manager"


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("create-admin", *ADA), "", "There was no password on standard input"),
        (("create-admin", *ADA), "short\n", "use at least 12"),
        (("create-admin", "--email", "ada", "--name", "Ada"), "x\n", "'ada' is not an e-mail"),
        (("reset-password", "bob@testham.example"), "x\n", "no account for 'bob@testham.example'"),
        (("create", *ADA, "--role", "king"), "x\n", "'king' is not one of"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_kept(run, words, given, said):
    result = run(*words, "--password-stdin", given=given)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output
    assert db.session.scalars(select(StaffMember)).all() == []
    assert actions() == []


def test_an_address_that_is_taken_is_refused_before_anybody_types(run):
    run("create-admin", *ADA, "--password-stdin", given=f"{PASSWORD}\n")
    result = run("create-admin", *ADA)
    assert "already" in result.output
    assert "Password (" not in result.output


def test_accounts_are_listed_with_role_and_state(run, app, clock):
    make_staff(app, "analyst")
    locked = make_staff(app, "administrator")
    with app.app_context():
        member = db.session.get(StaffMember, locked.id)
        member.locked_until = clock.at.replace(year=2099)
        db.session.commit()
    lines = run("list").output.splitlines()
    assert lines[0].endswith("\tadministrator\tactive, locked after wrong passwords")
    assert lines[1] == "analyst@testham.example\tAnalyst\tanalyst\tactive"


def test_a_deactivated_person_is_signed_out_at_once(run, app, client):
    make_staff(app, "administrator")
    member = make_staff(app, "analyst")
    sign_in(client, member)
    client.get("/staff")
    assert "can no longer sign in" in run("deactivate", member.email).output
    client.get("/staff", 302)
    assert db.session.scalars(select(StaffSession)).all() == []
    assert "\tdeactivated" in run("list").output
    assert actions()[-1] == "staff.deactivated"


def test_the_last_administrator_cannot_be_deactivated(run, app):
    member = make_staff(app, "administrator")
    result = run("deactivate", member.email)
    assert result.exit_code == 1
    assert "last active administrator" in result.output


def test_a_new_password_lifts_a_lock_and_ends_every_session(run, app, client):
    member = make_staff(app, "analyst")
    sign_in(client, member)
    result = run("reset-password", member.email, "--password-stdin", given=f"{NEW}\n")
    assert result.exit_code == 0, result.output
    client.get("/staff", 302)
    sign_in(client, member, NEW)
    client.get("/staff")
    assert "staff.password_reset" in actions()


def test_somebody_only_invited_has_nothing_to_reset_and_can_be_taken_off(run, app):
    member = store.invite(
        db.session(), email="bo@testham.example", name="Bo Lind", role=Role.ANALYST
    )
    db.session.commit()
    for what in ("reset-password", "reset-second-step"):
        result = run(what, member.email, given=f"{NEW}\n{NEW}\n")
        assert result.exit_code == 1
        assert "has not joined yet" in result.output
        assert find(db.session, "bo@testham.example").invited
    assert "was taken back" in run("deactivate", "Bo@Testham.example").output
    assert find(db.session, "bo@testham.example") is None
    assert actions() == ["staff.invitation_taken_back"]
