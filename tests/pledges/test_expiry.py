"""What goes when its time is over, and what goes on counting."""

from datetime import date, timedelta

import pytest
from conftest import NOON
from pledged import KEY, TODAY, WEEK, ask, make_pledge, press, signed_by
from sqlalchemy import func, insert, select, update

from engage.contacts.address import NO_ADDRESS, address_key, random_key
from engage.contacts.models import Contact, MailToken
from engage.extensions import db
from engage.pledges import counts, expiry, invalidation, store, ward_figures
from engage.pledges.models import Invalidation, Pledge, Signature
from engage.pledges.years import years_before

YEARS = timedelta(days=732)


@pytest.fixture
def pledge(app) -> int:
    return make_pledge()


def number(model) -> int:
    with db.engine.begin() as connection:
        return connection.execute(select(func.count()).select_from(model)).scalar_one()


def total(pledge: int) -> int:
    with db.engine.begin() as connection:
        assert counts.recount(connection) == []
        return counts.total(connection, pledge)


def close(pledge: int, day: date) -> None:
    with db.engine.begin() as connection:
        connection.execute(update(Pledge).where(Pledge.id == pledge).values(closes_on=day))


def test_what_nobody_confirmed_goes_with_its_mailbox_and_link(pledge):
    signed_by(pledge, "ada@example.org")
    _, secret = ask(pledge, "bea@example.org")
    assert expiry.expire(db.session, NOON + WEEK - timedelta(seconds=1)) == 0
    assert expiry.expire(db.session, NOON + WEEK) == 2
    assert (number(Signature), number(Contact), number(MailToken)) == (1, 1, 0)
    assert not press(secret)
    assert total(pledge) == 1


def test_what_staff_took_out_before_it_was_confirmed_goes_too(pledge):
    counted = signed_by(pledge, "ada@example.org")
    signed, _ = ask(pledge, "bea@example.org")
    with db.engine.begin() as connection:
        given = {"pledge_id": pledge, "conditions": "{}", "reason": "r", "at": NOON}
        made = connection.execute(insert(Invalidation).values(given)).inserted_primary_key[0]
        assert invalidation.invalidate(connection, [counted, signed.id], made) == 2
    assert expiry.expire(db.session, NOON + WEEK - timedelta(seconds=1)) == 0
    assert expiry.expire(db.session, NOON + WEEK) == 2, "the signature and its mailbox"
    with db.engine.begin() as connection:
        assert connection.execute(select(Signature.id)).scalars().all() == [counted]


def test_the_mailbox_of_two_pledges_stays_when_one_is_not_confirmed(pledge):
    signed_by(make_pledge("other"), "ada@example.org")
    ask(pledge, "ada@example.org")
    assert expiry.expire(db.session, NOON + WEEK) == 1
    assert number(Contact) == 1


def test_networks_go_after_three_days(pledge):
    signature = signed_by(pledge, "ada@example.org", network=b"n" * 16)
    for days, kept in ((2, b"n" * 16), (3, None)):
        expiry.forget(db.session, TODAY + timedelta(days=days))
        with db.engine.begin() as connection:
            assert store.get(connection, signature).network == kept


def test_two_years_after_the_end_the_count_is_all_that_is_left(pledge):
    open_one = make_pledge("open")
    signed_by(open_one, "ada@example.org")
    confirmed = signed_by(pledge, "ada@example.org", show_name=True)
    ask(pledge, "bea@example.org")
    gone = signed_by(pledge, "cy@example.org")
    with db.engine.begin() as connection:
        assert store.withdraw(connection, gone)
    taken_out = signed_by(pledge, "di@example.org")
    with db.engine.begin() as connection:
        given = {"pledge_id": pledge, "conditions": "{}", "reason": "r", "at": NOON}
        made = connection.execute(insert(Invalidation).values(given)).inserted_primary_key[0]
        assert invalidation.invalidate(connection, [taken_out], made) == 1
    close(pledge, TODAY)

    expiry.forget(db.session, TODAY + timedelta(days=729))
    assert number(Contact) == 3, "not a day too early"
    expiry.forget(db.session, TODAY + YEARS)

    with db.engine.begin() as connection:
        rows = {row.id: row for row in connection.execute(select(Signature.__table__))}
        mine = {row.id for row in rows.values() if row.pledge_id == pledge}
        assert mine == {confirmed, taken_out}
        for each in mine:
            row = rows[each]
            assert row.address_key.startswith(NO_ADDRESS)
            assert (row.name, row.ward, row.contact_id, row.show_name) == ("", "", None, False)
        key = rows[confirmed].address_key
    assert total(pledge) == 1
    assert total(open_one) == 1
    assert number(Contact) == 1
    assert expiry.forget(db.session, TODAY + YEARS) == 0
    with db.engine.begin() as connection:
        assert store.get(connection, confirmed).address_key == key, "emptied once is enough"


def test_more_than_one_part_is_emptied_and_the_wards_are_added_up(pledge, monkeypatch):
    monkeypatch.setattr(expiry, "MANY", 3)
    rows = [
        {
            "pledge_id": pledge, "state": "confirmed", "signed_on": TODAY, "confirmed_on": TODAY,
            "address_key": address_key(f"{each}@example.org", KEY) if each else random_key(),
            "ward": f"w{each % 3}", "source": "paper", "name": "x",
        }
        for each in range(8)
    ]  # fmt: skip
    with db.engine.begin() as connection:
        connection.execute(insert(Signature), rows)
        counts.mend(connection)
    close(pledge, TODAY)
    assert ward_figures.renew(db.session, TODAY + timedelta(days=1)) == 1
    assert expiry.forget(db.session, TODAY + YEARS) == 8
    assert total(pledge) == 8
    assert ward_figures.renew(db.session, TODAY + YEARS) == 1
    with db.engine.begin() as connection:
        assert ward_figures.shown(connection, pledge, ["w0", "w1", "w2"]) == ward_figures.Shown()


def test_two_years_before_the_last_of_february_is_the_28th():
    assert years_before(date(2028, 2, 29), 2) == date(2026, 2, 28)
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
    assert years_before(date(2028, 3, 1), 2) == date(2026, 3, 1)
