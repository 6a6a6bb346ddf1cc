"""What waits in the outbox leaves over a real mail server, whatever happens on the way."""

import socket
from dataclasses import replace
from datetime import date, timedelta

import pytest
from conftest import NOON
from contact import make_contact
from postbox import Postbox
from sqlalchemy import select

from engage.contacts import tokens
from engage.contacts.models import Contact
from engage.extensions import db
from engage.outbox import leases
from engage.outbox.deliver import AT_ONCE, Postman
from engage.outbox.models import OutgoingMessage
from engage.outbox.queue import queue
from engage.outbox.smtp import Smtp


class Server(Postbox):
    """Refuses some recipients: `moods` are answers by the beginning of the address."""

    def __init__(self):
        super().__init__()
        self.moods = {"gone": "550 5.1.1 no such mailbox", "full": "452 4.2.2 mailbox is full"}
        self.moods |= {"hated": "550 5.7.1 we do not like your network", "bare": "550 no"}
        self.lost = 0

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        for name, answer in self.moods.items():
            if address.startswith(name):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.lost:
            self.lost -= 1
            server.transport.close()  # the message arrived, and nobody is told
        return answer


def no_campaign(*_):
    """There is none."""


@pytest.fixture
def server():
    with Server() as running:
        yield running


@pytest.fixture
def postman(app, server, clock):
    settings = app.extensions["settings"]
    settings = replace(settings, smtp_url=server.url, mail_from="pledge@testham.example")
    app.extensions["settings"] = settings
    return Postman(settings, Smtp(settings, patience=1), no_campaign)


def put(*names, kind="tell"):
    """A waiting message to each, in this order."""
    for name in names:
        contact = make_contact(f"{name}@example.org")
        given = {"key": name, "kind": kind, "contact_id": contact, "subject": f"To {name}"}
        assert queue(db.session.connection(), **given, text="Grüße.", now=NOON)
    db.session.commit()


def states():
    db.session.rollback()
    rows = db.session.execute(select(OutgoingMessage.key, OutgoingMessage.state))
    return {key: state for key, state in rows}  # noqa: C416  as a dict() of rows warns


def test_messages_arrive_as_they_were_queued_and_their_words_are_forgotten(postman, server):
    put("ada", "bob")
    ids = set(db.session.scalars(select(OutgoingMessage.message_id)))
    assert postman.turn(db.session) == 2
    assert [message["To"] for message in server.messages] == ["ada@example.org", "bob@example.org"]
    first = server.messages[0]
    assert {message["Message-ID"] for message in server.messages} == ids
    assert first["Subject"] == "To ada"
    assert "Grüße." in first.get_content()
    assert "/my-page" in first.get_content()
    assert first["List-Unsubscribe"] is None
    for row in db.session.scalars(select(OutgoingMessage)):
        assert (row.state, row.subject, row.text, row.fault) == ("sent", "", "", "")
        assert (row.left_at, row.leased_until, row.attempts) == (NOON, None, 1)
    assert postman.turn(db.session) == 0


def test_refused_recipients_neither_lose_nor_block_the_others(postman, server, clock):
    put("gone", "full", "ada", "hated", "bob", "bare")
    postman.turn(db.session)
    assert states() == {
        "gone": "refused", "full": "waiting", "ada": "sent",
        "hated": "refused", "bob": "sent", "bare": "refused",
    }  # fmt: skip
    lost = select(Contact.email).where(Contact.refused_on == date(2026, 3, 2))
    assert set(db.session.scalars(lost)) == {"gone@example.org", "bare@example.org"}
    del server.moods["full"]
    assert postman.turn(db.session) == 0
    clock.move(minutes=2)
    postman.turn(db.session)
    assert states()["full"] == "sent"


def test_a_message_that_is_never_taken_is_given_up_after_days(postman, clock):
    put("full")
    for wait in leases.BACKOFF:
        assert postman.turn(db.session) == 1
        clock.move(seconds=wait.total_seconds())
    assert states() == {"full": "waiting"}
    postman.turn(db.session)
    assert states() == {"full": "failed"}
    assert db.session.scalars(select(OutgoingMessage.fault)).one() == "452 4.2.2"


def test_a_server_that_is_down_loses_nothing_and_counts_no_attempt(postman, server, clock):
    put("ada", "bob")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"smtp://127.0.0.1:{free.getsockname()[1]}"
    down = Postman(postman.settings, Smtp(replace(postman.settings, smtp_url=nobody)), no_campaign)
    for _again in range(12):
        assert down.turn(db.session) == 1, "one is tried, and then no other"
        assert down.turn(db.session) == 0
        clock.move(minutes=11)
    assert states() == {"ada": "waiting", "bob": "waiting"}
    assert set(db.session.scalars(select(OutgoingMessage.attempts))) == {0}
    postman.turn(db.session)
    assert states() == {"ada": "sent", "bob": "sent"}


def test_after_a_crash_the_message_in_hand_leaves_again_as_the_same(postman, server, clock):
    put("ada", "bob", "cleo")

    class Killed(BaseException):
        pass

    def killed(letter):
        Smtp.send(postman.transport, letter)
        raise Killed

    postman.transport.send = killed
    with pytest.raises(Killed):
        postman.turn(db.session)
    del postman.transport.send
    db.session.rollback()
    assert states() == {"ada": "sending", "bob": "waiting", "cleo": "waiting"}
    assert postman.turn(db.session) == 0, "its lease still runs"
    clock.move(seconds=leases.LEASE.total_seconds())
    assert postman.turn(db.session) == 3
    assert len(server.messages) == 4
    assert len({message["Message-ID"] for message in server.messages}) == 3
    twice = select(OutgoingMessage.key).where(OutgoingMessage.fault == leases.TWICE)
    assert db.session.scalars(twice).all() == ["ada"]
    assert set(states().values()) == {"sent"}


def test_a_message_whose_receipt_was_lost_is_counted_as_perhaps_twice(postman, server, clock):
    put("ada", "bob")
    server.lost = 1
    postman.turn(db.session)
    assert states() == {"ada": "waiting", "bob": "sent"}
    clock.move(minutes=1)
    postman.turn(db.session)
    assert [m["To"] for m in server.messages] == [
        "ada@example.org", "bob@example.org", "ada@example.org",
    ]  # fmt: skip
    assert server.messages[0]["Message-ID"] == server.messages[2]["Message-ID"]
    row = db.session.scalars(select(OutgoingMessage).where(OutgoingMessage.key == "ada")).one()
    assert (row.state, row.fault) == ("sent", leases.TWICE)


def test_what_was_queued_is_looked_at_again_as_it_leaves(postman, server):
    put("ada", "bob", "cleo")
    for name, value in (("ada", {"refused_on": date(2026, 3, 2)}), ("bob", {"proven_on": None})):
        found = select(Contact).where(Contact.email == f"{name}@example.org")
        contact = db.session.scalars(found).one()
        for column, given in value.items():
            setattr(contact, column, given)
    db.session.commit()
    postman.turn(db.session)
    assert states() == {"ada": "dropped", "bob": "dropped", "cleo": "sent"}


def test_after_a_long_outage_no_message_leaves_whose_link_is_spent(postman, clock):
    """As when its signature was erased, confirmed by a newer link, or nobody confirmed in time."""
    put("ada")
    contact = db.session.scalars(select(Contact.id)).one()
    db.session.rollback()
    address = f"{postman.settings.public_url}/pledges/confirm"
    made = {}
    with db.engine.begin() as connection:
        for name, lasts in (("good", 9), ("old", 6), ("used", 9)):
            until = NOON + timedelta(days=lasts)
            made[name] = tokens.issue(connection, "signature", contact, None, until)
        tokens.use(connection, made["used"], "signature", NOON)
        texts = {name: f"Press:\n    {address}/{secret}\n" for name, secret in made.items()}
        texts["two"] = texts["old"] + texts["good"]
        texts["page"] = f"{postman.settings.public_url}/organisations/{'a' * 32}-and-more"
        for key, text in texts.items():
            given = {"key": key, "kind": "ask", "contact_id": contact, "subject": "s"}
            queue(connection, **given, text=text, now=NOON)
    clock.move(days=7)
    postman.turn(db.session)
    left = dict.fromkeys(("ada", "good", "two", "page"), "sent")
    assert states() == left | {"old": "dropped", "used": "dropped"}


def test_one_that_cannot_be_written_or_sent_does_not_block_the_next(postman, server, caplog):
    put("ada", "bob")
    send = postman.transport.send

    def broken(letter):
        if letter.to.startswith("ada"):
            raise RuntimeError(f"{letter.to} is odd")
        send(letter)

    postman.transport.send = broken
    postman.turn(db.session)
    assert states() == {"ada": "waiting", "bob": "sent"}
    assert "RuntimeError at" in caplog.text
    assert "example.org" not in caplog.text


def test_a_turn_ends_when_it_is_asked_to_and_gives_back_what_it_did_not_send(postman, server):
    put("ada", "bob")
    asked = iter([False, True])
    assert postman.turn(db.session, lambda: next(asked)) == 1
    assert states() == {"ada": "sent", "bob": "waiting"}
    assert postman.turn(db.session) == 1


def test_two_workers_never_hold_the_same_message(app, clock):
    put(*(f"p{number}" for number in range(6)))
    first = leases.take(db.session, NOON, 4)
    db.session.commit()
    second = leases.take(db.session, NOON, AT_ONCE)
    db.session.commit()
    assert len(first) == 4
    assert not {each.id for each in first} & {each.id for each in second}
    assert len(second) == 2
    later = NOON + leases.LEASE + timedelta(seconds=1)
    assert len(leases.take(db.session, later, AT_ONCE)) == 6
    assert leases.begin(db.session, first[0], later) is None, "another holds it now"
