"""Mailboxes: made once, changed by nobody who only types an address, gone when idle."""

from datetime import timedelta

import pytest
from conftest import NOON
from pledged import KEY, TODAY, WEEK, ask, make_pledge, signed_by
from sqlalchemy import func, insert, select

from engage.contacts import consent, holders, store, tokens
from engage.contacts.address import address_key
from engage.contacts.models import Contact
from engage.events.models import Booking, Event
from engage.extensions import Base, db
from engage.organisations.models import Organisation
from engage.outbox.models import OutgoingMessage
from engage.pledges import store as signatures


def box(address: str = "ada@example.org", language: str = "en") -> int:
    with db.engine.begin() as connection:
        return store.contact_for(connection, address, language, TODAY, key=KEY)


def do(function, *given, **named):
    with db.engine.begin() as connection:
        return function(connection, *given, **named)


def left() -> int:
    store.forget_unattached(db.session)
    number = db.session.scalar(select(func.count()).select_from(Contact))
    db.session.rollback()
    return number


def test_a_mailbox_is_made_once_and_typing_its_address_again_changes_nothing(app):
    first = box("ada@gmail.com")
    assert box("A.da+x@gmail.com", "pl") == first
    found = do(store.by_key, address_key("ada@gmail.com", KEY))
    assert (found.id, found.email, found.language) == (first, "ada@gmail.com", "en")
    assert found.proven_on is None


def test_a_mailbox_is_proven_on_the_first_day_and_what_arrives_is_not_refused(app):
    contact = box()
    do(store.prove, contact, TODAY)
    with db.engine.begin() as connection:
        connection.execute(store.TABLE.update().values(refused_on=TODAY))
    do(store.prove, contact, TODAY + timedelta(days=9))
    found = do(store.get, contact)
    assert (found.proven_on, found.refused_on) == (TODAY, None)


def test_a_link_is_read_as_often_as_one_likes_and_used_once_for_its_purpose(app):
    contact = box()
    secret = do(tokens.issue, "booking", contact, 7, NOON + WEEK)
    for _ in range(3):
        assert do(tokens.read, secret, "booking", NOON).about == 7
    assert do(tokens.use, secret, "signature", NOON) is None
    assert do(tokens.use, secret + "x", "booking", NOON) is None
    assert do(tokens.use, secret, "booking", NOON + WEEK) is None
    assert do(tokens.use, secret, "booking", NOON).contact_id == contact
    assert do(tokens.use, secret, "booking", NOON) is None
    assert do(tokens.read, secret, "booking", NOON) is None


def test_the_secret_of_a_link_is_not_stored(app):
    secret = do(tokens.issue, "own_page", box(), None, NOON + WEEK)
    (row,) = do(lambda connection: connection.execute(select(tokens.TABLE)).all())
    assert secret.encode() not in bytes(row.mark)
    assert secret not in str(row)


def _signature(connection, contact):
    return "signature"


def _sent(state):
    def write(connection, contact):
        given = {"key": "k", "kind": "one", "message_id": "<1@x>", "due_at": NOON, "attempts": 0}
        given |= {"contact_id": contact, "state": state}
        connection.execute(insert(OutgoingMessage).values(given))

    return write


def _booking(connection, contact):
    given = {"slug": "e", "title": "E", "text": "", "place": "", "capacity": 1}
    hour = timedelta(hours=1)
    times = {"starts_at": NOON + hour, "ends_at": NOON + 2 * hour, "closes_at": NOON}
    event = connection.execute(insert(Event).values(given | times)).inserted_primary_key[0]
    booking = {"event_id": event, "contact_id": contact, "name": "Ada", "booked_at": NOON}
    connection.execute(insert(Booking).values(booking))


def _organisation(connection, contact):
    given = {"slug": "o", "name": "O", "sector": "charity", "size": "small", "asked_on": TODAY}
    connection.execute(insert(Organisation).values(given | {"contact_id": contact}))


def _agreed(connection, contact):
    consent.give(connection, contact, "news", source="web", today=TODAY)


def _taken_back(connection, contact):
    _agreed(connection, contact)
    consent.take_back(connection, contact, "news", source="mail", today=TODAY)


HOLD = {
    "a link": lambda connection, contact: tokens.issue(
        connection, "own_page", contact, None, NOON + WEEK
    ),
    "an agreement": _agreed,
    "a booking": _booking,
    "an organisation": _organisation,
    "mail that waits": _sent("waiting"),
}
DO_NOT_HOLD = {"nothing": _signature, "mail that left": _sent("sent"), "taken back": _taken_back}


@pytest.mark.parametrize("what", HOLD)
def test_a_mailbox_stays_while_something_hangs_on_it(lite_app, what):
    do(HOLD[what], box())
    assert left() == 1


@pytest.mark.parametrize("what", DO_NOT_HOLD)
def test_a_mailbox_goes_when_nothing_hangs_on_it(lite_app, what):
    do(DO_NOT_HOLD[what], box())
    assert left() == 0


def test_a_mailbox_goes_after_its_last_signature_is_withdrawn(app):
    pledge = make_pledge()
    signature = signed_by(pledge, "ada@example.org")
    ask(pledge, "bea@example.org")
    assert left() == 2
    do(signatures.withdraw, signature)
    assert left() == 1


def test_a_mailbox_is_not_forgotten_under_what_outlives_it(app):
    signed, _ = ask(make_pledge(), "ada@example.org")
    contact = do(signatures.get, signed.id).contact_id
    with pytest.raises(LookupError, match="signatures"):
        do(store.forget_contact, contact)
    do(signatures.erase, contact)
    assert do(store.forget_contact, contact)
    assert not do(store.forget_contact, contact)


def test_every_table_that_points_to_a_mailbox_is_looked_at(lite_app):
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.c
        if column.name == "contact_id"
    }
    assert {column.table.name for column in holders.columns()} == pointing
    assert {column.table.name for column in holders.ends_with()} == {"signatures", "organisations"}
