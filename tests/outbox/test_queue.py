"""A message is put into the outbox once, by whoever causes it, for who may be sent it."""

from datetime import date

import pytest
from conftest import NOON
from contact import make_contact
from sqlalchemy import select

from engage.extensions import db
from engage.outbox.models import OutgoingMessage
from engage.outbox.queue import SubjectError, queue


def put(contact_id, key="one", kind="tell", subject="Your place"):
    given = {"key": key, "kind": kind, "contact_id": contact_id, "subject": subject}
    return queue(db.session.connection(), **given, text="Come in", now=NOON)


def test_asking_twice_makes_one_message(app):
    ada = make_contact("ada@example.org")
    assert put(ada)
    assert not put(ada, subject="Another")
    assert put(ada, key="two")
    one, two = db.session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id))
    assert (one.subject, one.state, one.due_at) == ("Your place", "waiting", NOON)
    assert one.message_id != two.message_id
    assert one.message_id.endswith("@127.0.0.1>")


def test_it_is_kept_or_lost_with_what_caused_it(app):
    ada = make_contact("ada@example.org")
    put(ada)
    db.session.rollback()
    assert db.session.scalars(select(OutgoingMessage)).all() == []


def test_a_mailbox_that_nobody_proved_is_only_asked(app):
    new = make_contact("new@example.org", proven_on=None)
    assert not put(new, kind="tell")
    assert not put(new, kind="remind")
    assert not put(new, kind="campaign")
    assert put(new, kind="ask")


def test_a_mailbox_that_its_server_refused_is_only_asked_when_somebody_gives_it_again(app):
    gone = make_contact("gone@example.org", refused_on=date(2026, 3, 1))
    assert not put(gone, kind="tell")
    assert not put(gone, kind="campaign")
    assert put(gone, kind="ask")
    assert not put(gone + 1, kind="ask")


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: all@example.org", "Hello\nyou", "", "x" * 201])
def test_a_subject_that_is_no_header_is_refused_and_not_quoted(lite_app, subject):
    ada = make_contact("ada@example.org")
    with pytest.raises(SubjectError, match="give") as caught:
        put(ada, subject=subject)
    assert "Bcc" not in str(caught.value)
