"""Signatures on paper count at once, and nobody is written to who did not tick that we may."""

import pytest
from pledged import make_pledge, signed_by
from sqlalchemy import select, update
from staff import make_staff, sign_in

from engage.contacts.models import Contact
from engage.extensions import db
from engage.outbox.models import OutgoingMessage
from engage.pledges import counts, store
from engage.pledges.models import Signature

PAPER = "/staff/pledges/paper"
DAY = {"day-day": "1", "day-month": "3", "day-year": "2026"}


@pytest.fixture
def manager(app, clock, client):
    make_pledge()
    client = sign_in(client, make_staff(app, "survey_manager"))
    client.get(f"{PAPER}/new")
    given = {"pledge": "1", "source": "event", "origin": "Saturday market"} | DAY
    return client.post(f"{PAPER}/new", given).follow()


def type_in(client, **given):
    client.get(f"{PAPER}/1")
    return client.post(f"{PAPER}/1", {"kind": "person", "language": "en"} | given).follow()


def numbers() -> tuple[int, int, int, int]:
    """Counted, signatures, mailboxes, messages."""
    found = tuple(
        len(db.session.scalars(select(model.id)).all())
        for model in (Signature, Contact, OutgoingMessage)
    )
    assert counts.recount(db.session()) == []
    total = counts.total(db.session.connection(), 1)
    db.session.rollback()
    return (total, *found)


def test_two_without_an_address_are_two_signatures(manager):
    type_in(manager, name="Ada")
    type_in(manager, name="Ada")
    assert numbers() == (2, 2, 0, 0)
    assert "2 signatures so far" in manager.text
    [day] = set(db.session.scalars(select(Signature.confirmed_on)))
    assert day.isoformat() == "2026-03-01"


def test_an_address_without_the_tick_only_tells_who_signed_twice(manager):
    type_in(manager, address="ada@gmail.com")
    type_in(manager, address="A.da+x@googlemail.com", agreed="y")
    assert "Nothing was added" in manager.text
    assert numbers() == (1, 1, 0, 0)


def test_with_the_tick_one_message_asks_and_leads_to_their_own_page(manager, client):
    type_in(manager, address="ada@example.com", agreed="y", name="Ada Lovelace")
    assert numbers() == (1, 1, 1, 1)
    message = db.session.scalars(select(OutgoingMessage)).one()
    assert (message.kind, message.state) == ("ask", "waiting")
    assert "Lovelace" not in message.text
    [link] = [line.strip() for line in message.text.splitlines() if "http" in line]
    db.session.rollback()
    path = link.removeprefix("http://127.0.0.1:5000")
    client.get(path).post(path)
    assert db.session.scalars(select(Contact.proven_on)).one() is not None
    assert db.session.scalars(select(Signature.contact_id)).one() is not None


def test_what_was_typed_by_mistake_is_taken_out_with_its_message(manager):
    type_in(manager, address="ada@example.com", agreed="y")
    manager.get(f"{PAPER}/1/1/remove").post(f"{PAPER}/1/1/remove").follow()
    assert "0 signatures so far" in manager.text
    assert numbers() == (0, 0, 1, 0)
    manager.get(f"{PAPER}/1/1/remove", 404)


def test_nothing_is_added_to_a_pile_that_is_closed(manager):
    type_in(manager)
    token = manager.value("csrf_token")
    manager.get(f"{PAPER}/1/close").post(f"{PAPER}/1/close").follow()
    assert "closed" in manager.text
    manager.post(f"{PAPER}/1", {"kind": "person", "language": "en"}, 200, token=token)
    manager.get(f"{PAPER}/1/1/remove", 404)
    assert numbers() == (1, 1, 0, 0)


def test_an_address_that_is_none_is_refused(manager):
    manager.post(f"{PAPER}/1", {"kind": "person", "language": "en", "address": "ada@"}, 422)
    assert "like name@example.com" in manager.text
    assert numbers() == (0, 0, 0, 0)


def test_old_paper_does_not_bring_back_who_took_back(manager):
    number = signed_by(1, "ada@example.com")
    with db.engine.begin() as connection:
        store.withdraw(connection, number)
    type_in(manager, address="ada@example.com", agreed="y")
    assert "Nothing was added" in manager.text
    assert numbers()[0] == 0


def test_what_is_typed_anew_is_written_to_also_when_it_gets_the_number_of_the_old(manager):
    type_in(manager, address="wrong@example.com", agreed="y")
    db.session.execute(update(OutgoingMessage).values(state="sent"))
    db.session.commit()
    manager.get(f"{PAPER}/1/1/remove").post(f"{PAPER}/1/1/remove").follow()
    type_in(manager, address="ada@example.com", agreed="y")
    found = select(Contact.email, OutgoingMessage.state).join(OutgoingMessage)
    rows = db.session.execute(found.order_by(OutgoingMessage.id)).all()
    db.session.rollback()
    assert rows == [("wrong@example.com", "sent"), ("ada@example.com", "waiting")]
