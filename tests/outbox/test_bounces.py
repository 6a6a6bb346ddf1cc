"""Messages that come back: whose mailbox is gone is written to no more; nobody else is."""

import mailbox
from datetime import timedelta

import pytest
from conftest import NOON
from contact import make_contact
from sqlalchemy import select

from engage.contacts.address import address_key
from engage.contacts.models import Contact
from engage.extensions import db
from engage.outbox import tidy
from engage.outbox.models import OutgoingMessage
from engage.outbox.queue import queue

REPORT = """\
From: MAILER-DAEMON@mail.example
To: pledge@testham.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; ada@example.org
Action: {action}
Status: {status}

--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: To ada

--b--
"""


def put(name):
    """The Message-ID of a message to somebody, which waits."""
    contact = make_contact(f"{name}@example.org")
    given = {"kind": "tell", "contact_id": contact, "subject": "Hello", "text": "."}
    queue(db.session.connection(), key=name, now=NOON, **given)
    db.session.commit()
    found = select(OutgoingMessage.message_id).where(OutgoingMessage.key == name)
    return db.session.scalars(found).one()


def gone():
    db.session.rollback()
    found = select(Contact.email).where(Contact.refused_on.is_not(None))
    return set(db.session.scalars(found))


@pytest.fixture
def folder(tmp_path):
    return mailbox.Maildir(tmp_path / "returned", create=True)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_that_the_mailbox_is_not_there_ends_what_goes_there(lite_app, folder, kind):
    ada, _bob, cleo = put("ada"), put("bob"), put("cleo")
    for message_id, action, status in (
        (ada, "failed", "5.1.1"),
        (cleo, "failed", "5.2.2"),
        (cleo, "delayed", "4.4.1"),
        ("<made-up@testham.example>", "failed", "5.1.1"),
    ):
        given = {"action": action, "status": status, "kind": kind, "message_id": message_id}
        folder.add(REPORT.format(**given))
    folder.add("Subject: I am away\n\nUntil Monday.\n")
    path = str(folder._path)  # noqa: SLF001  it says it nowhere else
    said = lite_app.test_cli_runner().invoke(args=["outbox", "bounces", path])
    assert said.exit_code == 0, said.output
    assert "1 mailboxes" in said.output
    assert "Left in the folder: 4" in said.output
    assert gone() == {"ada@example.org"}
    states = select(OutgoingMessage.state).order_by(OutgoingMessage.key)
    assert db.session.scalars(states).all() == ["dropped", "waiting", "waiting"]


def test_staff_name_an_address_that_came_back(lite_app):
    put("ada")
    contact = db.session.scalars(select(Contact)).one()
    key = lite_app.extensions["settings"].address_key
    contact.address_key = address_key("ada@example.org", key)
    db.session.commit()
    run = lite_app.test_cli_runner().invoke
    assert "is sent there" in run(args=["outbox", "bounce", "Ada@example.org"]).output
    assert gone() == {"ada@example.org"}
    unknown = run(args=["outbox", "bounce", "eve@example.org"])
    assert unknown.exit_code == 1
    assert "eve" not in unknown.output
    assert "dropped: 1" in run(args=["outbox", "status"]).output


def test_what_is_over_is_forgotten_after_thirty_days(app):
    for name in ("ada", "bob", "cleo"):
        put(name)
    for row, (state, left) in zip(
        db.session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.key)),
        [("sent", NOON), ("dropped", None), ("waiting", None)],
        strict=True,
    ):
        row.state, row.left_at = state, left
    db.session.commit()
    assert tidy.forget(db.session, NOON + timedelta(days=30)) == 0
    assert tidy.forget(db.session, NOON + timedelta(days=31)) == 2
    assert db.session.scalars(select(OutgoingMessage.key)).all() == ["cleo"]
