"""Signing: one signature a mailbox, counted when it is confirmed and never twice."""

from datetime import timedelta

import pytest
from conftest import NOON
from pledged import KEY, TODAY, WEEK, ask, make_pledge, new, press, signed_by
from sqlalchemy import func, select

from engage.contacts import store as contacts
from engage.contacts.address import address_key
from engage.extensions import db
from engage.pledges import counts, store
from engage.pledges.adoption import adopt
from engage.pledges.models import Kind, Member, Signature


@pytest.fixture
def pledge(app) -> int:
    return make_pledge()


def total(pledge: int) -> int:
    with db.engine.begin() as connection:
        assert counts.recount(connection) == []
        return counts.total(connection, pledge)


def stored() -> int:
    with db.engine.begin() as connection:
        return connection.execute(select(func.count()).select_from(Signature)).scalar_one()


def row(signature_id: int):
    with db.engine.begin() as connection:
        return store.get(connection, signature_id)


def do(function, *given, **named):
    with db.engine.begin() as connection:
        return function(connection, *given, **named)


def test_a_signature_counts_when_the_link_is_used_and_only_once(pledge):
    signed, secret = ask(pledge, "ada@example.org")
    assert total(pledge) == 0
    assert press(secret)
    assert not press(secret)
    assert total(pledge) == 1
    assert row(signed.id).confirmed_on == TODAY
    assert row(signed.id).expires_at is None


def test_one_mailbox_signs_once_however_its_address_is_written(pledge):
    signed_by(pledge, "ada@gmail.com")
    again, secret = ask(pledge, "a.d.a+2@googlemail.com", name="Somebody Else")
    assert (again.state, secret) == ("confirmed", None)
    assert row(again.id).name == "Ada Lovelace"
    assert total(pledge) == stored() == 1


def test_a_link_confirms_what_its_own_form_said_and_a_later_form_ends_it(pledge):
    _, first = ask(pledge, "ada@example.org", name="Written By A Stranger")
    signed, second = ask(pledge, "ada@example.org")
    assert not press(first)
    assert press(second)
    assert row(signed.id).name == "Ada Lovelace"
    assert total(pledge) == stored() == 1


def test_a_second_person_of_a_home_counts_when_they_say_so_and_a_third_does_not(pledge):
    signed_by(pledge, "home@example.org")
    signed_by(pledge, "home@example.org", member=2, name="Bea")
    assert ask(pledge, "home@example.org", member=2)[0].state == "confirmed"
    assert total(pledge) == 2


def test_a_link_that_is_too_old_confirms_nothing(pledge):
    _, secret = ask(pledge, "ada@example.org")
    assert not press(secret, NOON + WEEK)
    assert total(pledge) == 0


def test_a_signature_is_confirmed_once_and_in_time_whatever_its_link_says(pledge):
    late, _ = ask(pledge, "bea@example.org")
    signed, _ = ask(pledge, "ada@example.org")
    given = {"now": NOON, "today": TODAY}
    assert do(store.confirm, signed.id, row(signed.id).contact_id, **given)
    assert not do(store.confirm, signed.id, row(signed.id).contact_id, **given)
    given["now"] = NOON + WEEK
    assert not do(store.confirm, late.id, row(late.id).contact_id, **given)
    assert total(pledge) == 1


def test_a_link_confirms_no_signature_of_another_mailbox(pledge):
    signed, _ = ask(pledge, "ada@example.org")
    other = do(contacts.contact_for, "eve@example.org", "en", TODAY, key=KEY)
    assert not do(store.confirm, signed.id, other, now=NOON, today=TODAY)
    assert total(pledge) == 0


def test_who_withdraws_counts_no_more_is_emptied_and_can_sign_again(pledge):
    signature = signed_by(pledge, "ada@example.org", show_name=True)
    assert do(store.withdraw, signature)
    assert not do(store.withdraw, signature)
    left = row(signature)
    assert (left.name, left.ward, left.contact_id, left.show_name) == ("", "", None, False)
    assert left.address_key == address_key("ada@example.org", KEY)
    assert total(pledge) == 0

    assert signed_by(pledge, "ada@example.org", ward="E05011465") == signature
    assert total(pledge) == stored() == 1


def test_a_change_of_ward_moves_the_count(pledge):
    signature = signed_by(pledge, "ada@example.org", ward="E05011464", under_18=True)
    assert do(store.change, signature, name="Ada", show_name=True, ward="E05011465")
    assert not row(signature).show_name, "a name under 18 is never shown"
    assert total(pledge) == 1


def test_an_erasure_takes_every_signature_of_a_mailbox_and_the_withdrawn_one_too(pledge):
    other = make_pledge("other")
    third = make_pledge("third")
    signature = signed_by(pledge, "ada@example.org")
    signed_by(pledge, "ada@example.org", member=2)
    ask(other, "ada@example.org")
    do(store.withdraw, signed_by(third, "ada@example.org"))
    signed_by(pledge, "bea@example.org")

    assert do(store.erase, row(signature).contact_id) == 4
    assert total(pledge) == stored() == 1


def test_what_an_older_list_has_is_given_to_who_proves_the_mailbox(pledge):
    with db.engine.begin() as connection:
        fields = {"source": "legacy", "name": "", "ward": ""}
        wanted = new(connection, pledge, "ada@example.org", **fields)
        mine = wanted.contact_id
        connection.execute(
            Signature.__table__.insert().values(
                pledge_id=pledge, address_key=wanted.address_key, state="confirmed",
                source="legacy", signed_on=TODAY, confirmed_on=TODAY,
            )
        )  # fmt: skip
        counts.shift(connection, pledge, "person", "", 1)
    assert ask(pledge, "ada@example.org")[0].state == "confirmed"
    assert do(adopt, mine, address_key("ada@example.org", KEY)) == 1
    assert len(do(store.of_contact, mine)) == 1
    assert total(pledge) == 1


def test_drift_is_found_where_it_is_and_mended(pledge):
    signed_by(pledge, "ada@example.org", ward="E05011464")
    with db.engine.begin() as connection:
        counts.shift(connection, pledge, "person", "E05011464", 2)
        counts.shift(connection, pledge, "organisation", "", -1)
    found = do(counts.recount)
    assert found == [
        counts.Drift(pledge, "organisation", "", 1),
        counts.Drift(pledge, "person", "E05011464", -2),
    ]
    assert do(counts.mend) == found
    assert total(pledge) == 1


def test_a_new_day_ends_nothing_that_has_not_expired(pledge):
    _, secret = ask(pledge, "ada@example.org")
    assert press(secret, NOON + WEEK - timedelta(seconds=1))


def test_an_organisation_and_both_people_of_a_home_sign_with_one_address(pledge):
    for member in Member:
        kind = Kind.ORGANISATION if member is Member.ORGANISATION else Kind.PERSON
        signed_by(pledge, "home@example.org", member=member, kind=kind)
    assert total(pledge) == 3
