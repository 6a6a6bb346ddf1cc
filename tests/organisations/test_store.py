"""Organisations ask, are verified by the domain of a mailbox, and are forgotten."""

from datetime import date

import pytest
from contact import make_contact
from sqlalchemy import select

from engage.extensions import db
from engage.organisations import store
from engage.organisations.domains import DomainError, domain_of
from engage.organisations.models import Commitment, Organisation, Promise, Standing
from engage.organisations.years import ends_on

TODAY = date(2026, 3, 2)


def new(**said) -> store.NewOrganisation:
    given = {
        "name": "Café Fern & Co",
        "sector": "business",
        "size": "1_9",
        "signatory": "Ada Fern",
        "position": "Owner",
        "promises": (Promise.TRAIN_STAFF, Promise.TRAIN_STAFF, Promise.SHARE_DATA),
        "website": "https://www.CafeFern.example/about",
    }
    return store.NewOrganisation(**(given | said))


def ask(**said) -> int:
    number = store.ask(db.session.connection(), new(**said), None, TODAY)
    db.session.commit()
    return number


def test_an_organisation_asks_once_for_each_promise_under_an_address_of_its_own(app):
    numbers = [ask() for _ in range(7)]
    slugs = list(db.session.scalars(select(Organisation.slug).order_by(Organisation.id)))
    assert slugs[:3] == ["cafe-fern-co", "cafe-fern-co-2", "cafe-fern-co-3"]
    assert len(set(slugs)) == 7
    assert {each.standing for each in db.session.scalars(select(Organisation))} == {"asked"}
    promises = select(Commitment.promise, Commitment.due_on, Commitment.renewed_on)
    assert sorted(db.session.execute(promises.filter_by(organisation_id=numbers[0])).all()) == [
        ("share_data", date(2026, 8, 31), TODAY),
        ("train_staff", date(2026, 8, 31), TODAY),
    ]


def test_the_same_mailbox_and_name_is_the_same_organisation_and_promises_more(app):
    mine, other = make_contact("ada@fern.example"), make_contact("bea@moss.example")
    for contact_id, name in ((mine, "CAFÉ fern & Co"), (mine, "Moss"), (other, "Café Fern & Co")):
        store.ask(db.session.connection(), new(name=name, promises=()), contact_id, TODAY)
    again = new(signatory="Bea Fern", promises=(Promise.SHARE_DATA,))
    assert store.ask(db.session.connection(), again, mine, TODAY) == 1
    db.session.commit()
    assert db.session.query(Organisation).count() == 3
    kept = db.session.get(Organisation, 1)
    assert (kept.name, kept.signatory) == ("CAFÉ fern & Co", "Bea Fern")
    assert db.session.scalars(select(Commitment.organisation_id)).all() == [1]


@pytest.mark.parametrize("name", ["Ώ", "!!!", "مسجد"])
def test_a_name_without_latin_letters_gets_an_address_too(lite_app, name):
    assert db.session.get(Organisation, ask(name=name)).slug == "organisation"


@pytest.mark.parametrize(
    ("website", "address", "verified"),
    [
        ("www.cafefern.example", "ada@cafefern.example", True),
        ("www.cafefern.example", "ada@CAFEFERN.example", True),
        ("bücher.example", "ada@xn--bcher-kva.example", True),
        ("www.cafefern.example", "ada@mail.cafefern.example", False),
        ("shop.cafefern.example", "ada@cafefern.example", False),
        ("cafefern.example", "ada@evilcafefern.example", False),
        ("cafefern.example", "ada@cafefern.example.evil.example", False),
        ("co.uk", "ada@evil.co.uk", False),
        ("gmail.com", "ada@gmail.com", False),
        ("https://outlook.com", "ada@outlook.com", False),
        ("nhs.net", "ada@nhs.net", False),
        ("", "ada@cafefern.example", False),
    ],
)
def test_only_a_mailbox_at_its_own_domain_verifies(lite_app, website, address, verified):
    number = ask(website=website)
    said = store.verify_by_domain(db.session.connection(), number, address, TODAY)
    db.session.commit()
    found = db.session.get(Organisation, number)
    expected = (True, "verified", "domain", TODAY) if verified else (False, "asked", "", None)
    assert (said, found.standing, found.verified_by, found.verified_on) == expected


def test_a_refused_organisation_is_not_verified_by_a_late_mail(app):
    number = ask()
    db.session.get(Organisation, number).standing = Standing.REFUSED
    db.session.commit()
    found = db.session.connection()
    assert not store.verify_by_domain(found, number, "ada@cafefern.example", TODAY)


@pytest.mark.parametrize(
    "website", ["ada@fern.example", "fern", "http://", "1.2.3.4", "a..b", "x" * 300 + ".uk", "[::"]
)
def test_what_is_no_website_is_refused(website):
    with pytest.raises(DomainError):
        domain_of(website)


@pytest.mark.parametrize(("said", "named"), [({"sector": "x"}, "sector"), ({"size": "9"}, "size")])
def test_an_unknown_sector_or_size_is_refused(lite_app, said, named):
    with pytest.raises(ValueError, match=f"The {named} .* is unknown"):
        ask(**said)


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        (date(2026, 3, 2), date(2027, 3, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_promise_holds_a_year(began, ends):
    assert ends_on(began) == ends
