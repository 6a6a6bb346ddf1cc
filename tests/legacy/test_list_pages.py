"""Staff bring a list in, read what was found, and take it or put it away."""

import io

import pytest
from flask import current_app
from page import PageClient
from pledged import make_pledge, signed_by
from sqlalchemy import select
from staff import make_staff, sign_in

from engage import clock as days
from engage.audit.models import AuditEvent
from engage.extensions import db
from engage.jobs import store
from engage.legacy import kept_files
from engage.pledges import counts
from engage.tasks import handler_of

LISTS = "/staff/pledges/lists"


@pytest.fixture
def client(lite_app):
    return PageClient(lite_app)


@pytest.fixture
def manager(lite_app, clock, client):
    return sign_in(client, make_staff(lite_app, "survey_manager"))


def bring(client, content: bytes, status: int = 303, **given):
    client.get(f"{LISTS}/new")
    data = {"pledge": "1", "origin": "Sheets of 2019", "file": (io.BytesIO(content), "list.csv")}
    if given.get("file") == b"":
        given["file"] = (io.BytesIO(), "")
    data |= {"day-day": "31", "day-month": "10", "day-year": "2019"}
    return client.post(f"{LISTS}/new", data | given, status)


def work() -> None:
    """Do the jobs that wait, as the worker does."""
    session = db.session()
    while held := store.claim(session, days.now()):
        session.commit()
        handler_of(held.kind)(session, held.payload, days.now())
        store.finish(session, held)
        session.commit()
    session.rollback()


def total() -> int:
    number = counts.total(db.session.connection(), 1)
    db.session.rollback()
    return number


def test_a_list_is_looked_through_then_taken_then_told(manager):
    make_pledge()
    bring(manager, b"Email\nada@example.com\nbo@example.com\nADA@example.com\nnobody\n").follow()
    assert "being looked through" in manager.text
    work()
    page = f"{LISTS}/1"
    manager.get(page)
    assert "New signatures 2" in manager.text
    assert "Rows with faults 1" in manager.text
    assert total() == 0
    manager.post(f"{page}/take", {}, 422)
    assert "Tick the box" in manager.text
    manager.post(f"{page}/take", {"leave_out": "y"}).follow()
    assert "being taken" in manager.text
    work()
    assert total() == 2
    manager.get(page)
    assert "Signatures counted 2" in manager.text
    assert "cannot be written to" in manager.text
    rows = manager.http.get(f"{page}/rows.csv").data.decode("utf-8-sig")
    assert rows.splitlines() == [
        "Row,Why it is not taken",
        "4,The same mailbox as in a row above",
        '5,"Not an email address, or one to throw away"',
    ]
    assert "example" not in rows
    done = list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert done[-2:] == ["list.brought", "list.taken"]


def test_a_list_of_which_all_signed_meanwhile_says_that_nothing_was_counted(manager):
    pledge = make_pledge()
    bring(manager, b"Email\nada@example.org\n")
    work()
    signed_by(pledge, "ada@example.org")
    page = f"{LISTS}/1"
    manager.get(page).post(f"{page}/take", {})
    work()
    manager.get(page)
    assert "nothing was counted" in manager.text
    assert "They are counted" not in manager.text
    assert total() == 1


def test_the_same_file_is_not_brought_in_twice(manager):
    make_pledge()
    bring(manager, b"Email\nada@example.com\n")
    bring(manager, b"Email\nada@example.com\n", 422)
    assert "here already, as list 1" in manager.text


def test_a_list_that_is_put_away_is_not_taken_and_its_file_is_gone(manager):
    make_pledge()
    bring(manager, b"Email\nada@example.com\n")
    work()
    manager.get(f"{LISTS}/1")
    token = manager.value("csrf_token")
    manager.get(f"{LISTS}/1/put-away").post(f"{LISTS}/1/put-away")
    assert kept_files.kept(current_app.extensions["settings"].instance_dir) == set()
    manager.post(f"{LISTS}/1/take", {}, token=token)
    work()
    assert total() == 0
    bring(manager, b"Email\nada@example.com\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"file": b""}, "Choose a file"),
        ({"origin": " "}, "Enter where it comes from"),
        ({"day-year": "2099"}, "still to come"),
        ({"pledge": "9"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_said(manager, given, said):
    make_pledge()
    bring(manager, b"Email\nada@example.com\n", 422, **given)
    assert said in manager.text


def test_only_those_who_look_after_pledges_see_lists_and_only_they_may_send_files(lite_app, client):
    sent = client.http.post(f"{LISTS}/new", data={"file": (io.BytesIO(b"x"), "list.csv")})
    assert sent.status_code == 415
    sign_in(client, make_staff(lite_app, "analyst"))
    client.get(LISTS, 403)
