"""Staff verify, then approve; each step is taken once and in its order."""

from datetime import date

import pytest
from sqlalchemy import select

from engage.extensions import db
from engage.organisations import decisions, store
from engage.organisations.listed import Filter, find
from engage.organisations.models import Commitment, Organisation, Promise

TODAY = date(2026, 3, 2)


def ask(name: str = "Fern", sector: str = "business", website: str = "fern.example") -> int:
    new = store.NewOrganisation(name, sector, "1_9", "Ada", "Owner", (Promise.SHARE_DATA,), website)
    return store.ask(db.session.connection(), new, None, TODAY)


def standing(number: int) -> str:
    table = db.metadata.tables["organisations"]
    return db.session.scalar(select(table.c.standing).where(table.c.id == number))


def test_the_steps_are_taken_in_their_order_and_once(app):
    number, found = ask(), db.session.connection()
    assert not decisions.approve(found, number, TODAY)
    assert decisions.verify(found, number, TODAY)
    assert not decisions.verify(found, number, TODAY)
    assert decisions.approve(found, number, TODAY)
    assert not decisions.approve(found, number, TODAY)
    assert decisions.refuse(found, number, "No longer there", TODAY)
    assert decisions.reconsider(found, number)
    assert standing(number) == "asked"
    assert decisions.leave(found, number)
    assert not decisions.leave(found, number)
    assert not decisions.refuse(found, number, "Late", TODAY)
    assert standing(number) == "left"
    assert db.session.scalars(select(Commitment)).all() == []


@pytest.mark.parametrize("approved", [False, True])
def test_a_changed_domain_is_not_the_one_that_was_verified(app, approved):
    number, found = ask(), db.session.connection()
    store.verify_by_domain(found, number, "ada@fern.example", TODAY)
    if approved:
        decisions.approve(found, number, TODAY)
    same = {"name": "Fern & Co", "sector": "charity", "size": "250"}
    decisions.edit(found, number, **same, domain="fern.example")
    assert standing(number) == ("approved" if approved else "verified")
    decisions.edit(found, number, **same, domain="moss.example")
    organisation = db.session.get(Organisation, number)
    expected = ("approved", "staff") if approved else ("asked", "")
    assert (organisation.standing, organisation.verified_by) == expected


def test_only_the_approved_are_listed_and_they_are_found(app):
    found = db.session.connection()
    numbers = [ask("Fern 100%"), ask("moss", "charity"), ask("Reed")]
    for number in numbers[:2]:
        decisions.verify(found, number, TODAY)
        decisions.approve(found, number, TODAY)

    def names(**wanted) -> list[str]:
        return [each.name for each in find(db.session(), Filter(**wanted), 1).rows]

    assert names() == ["Fern 100%", "moss"]
    assert names(words="%") == names(words="FERN") == ["Fern 100%"]
    assert names(sector="charity") == ["moss"]
    assert names(promise="share_data") == ["Fern 100%", "moss"]
    assert names(promise="train_staff") == names(words="_") == []
    assert names(standing="asked") == ["Reed"]
    assert find(db.session(), Filter(), 99).page == 1
