"""Accounts are made, found and deactivated."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from engage.accounts import store
from engage.accounts.models import Role, StaffMember
from engage.accounts.passwords import matches
from engage.accounts.store import AccountError
from engage.extensions import db

PASSWORD = "six quiet herons waiting"


def create(email="ada@testham.example", name="Ada", role=Role.ADMINISTRATOR, password=PASSWORD):
    return store.create(db.session, email=email, name=name, role=role, password=password)


def test_an_account_is_found_by_its_address_in_any_case(app):
    create(" Ada@Testham.Example ", "  Ada   Lovelace ")
    found = store.find(db.session, "ADA@testham.example")
    assert (found.email, found.name) == ("ada@testham.example", "Ada Lovelace")
    assert found.role == Role.ADMINISTRATOR
    assert matches(found.password_hash, PASSWORD)


def test_an_address_belongs_to_one_account(app):
    create()
    with pytest.raises(AccountError, match="already"):
        create("ADA@testham.example", "Another")


@pytest.mark.parametrize("email", ["ada", "ada@", "@testham.example", "a b@c.example", ""])
def test_what_is_no_address_is_named(lite_app, email):
    with pytest.raises(AccountError, match="is not an e-mail address"):
        create(email)


def test_everything_wrong_with_an_account_is_said_at_once(lite_app):
    with pytest.raises(AccountError) as caught:
        create(name=" ", password="short")
    assert "use at least 12" in str(caught.value)
    assert "The name ''" in str(caught.value)


def test_the_last_active_administrator_stays(app):
    first = create()
    with pytest.raises(AccountError, match="last active administrator"):
        store.deactivate(db.session, first, date(2026, 3, 2))
    create("grace@testham.example", "Grace")
    store.deactivate(db.session, first, date(2026, 3, 2))
    assert not first.active


def test_a_leaver_is_forgotten_after_ninety_days(app):
    create()
    left = date(2026, 3, 2)
    leaver = create("grace@testham.example", "Grace")
    store.deactivate(db.session, leaver, left)
    assert store.forget_leavers(db.session, left + timedelta(days=89)) == 0
    assert store.forget_leavers(db.session, left + timedelta(days=90)) == 1
    assert [member.name for member in store.everyone(db.session)] == ["Ada"]


def test_an_unknown_address_is_named(lite_app):
    with pytest.raises(AccountError, match=r"no account for 'nobody@testham\.example'"):
        store.named(db.session, "nobody@testham.example")


def test_a_new_password_replaces_the_old_and_lifts_a_lock(app, clock):
    member = create()
    member.failures, member.locked_until = 5, clock.at.replace(year=2099)
    store.set_password(db.session, member, "another four words here")
    assert matches(member.password_hash, "another four words here")
    assert not store.is_locked(member, clock.at)
    with pytest.raises(AccountError, match="use at least 12"):
        store.set_password(db.session, member, "short")


def test_the_number_of_a_deleted_account_is_never_given_to_another(app):
    create()
    gone = create("bo@testham.example").id
    db.session.execute(delete(StaffMember).where(StaffMember.id == gone))
    assert create("cy@testham.example").id > gone
