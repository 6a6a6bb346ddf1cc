"""Staff find signatures, see an address only when they press for it, and take a file along."""

from datetime import date

import pytest
from page import PageClient
from partner import listed as on_the_list
from pledged import make_pledge, signed_by
from sqlalchemy import select, update
from staff import make_staff, sign_in

from engage.audit.models import AuditEvent
from engage.contacts import consent
from engage.contacts.address import address_key
from engage.contacts.models import Consent, Contact
from engage.extensions import db
from engage.pledges import counts
from engage.pledges.models import Signature

KEY = "a" * 40


@pytest.fixture
def pledge(lite_app, clock) -> int:
    return make_pledge()


@pytest.fixture
def manager(lite_app, pledge):
    return sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))


def search(client, status: int = 200, **wanted) -> PageClient:
    client.get("/staff/pledges/1/signatures")
    return client.post("/staff/pledges/1/signatures", {"page": "1"} | wanted, status)


def listed(client) -> list[str]:
    """The names in the list."""
    rows = client.page.iterfind(".//tbody/tr")
    return ["".join(row.findall("td")[0].itertext()).strip() for row in rows]


def events() -> list[tuple[str, str]]:
    found = db.session.execute(select(AuditEvent.action, AuditEvent.detail)).all()
    db.session.rollback()
    return [tuple(row) for row in found]


def test_each_filter_finds_its_own(app, client, clock):
    pledge = make_pledge()
    manager = sign_in(client, make_staff(app, "survey_manager"))
    signed_by(pledge, "ada@mail.example.com", name="Ada 100%", ward="E1")
    signed_by(pledge, "bo@example.com", name="Bo", day=date(2026, 2, 1))
    signed_by(pledge, "cy@notexample.com", name="Cy 1000")
    assert listed(search(manager)) == ["Cy 1000", "Bo", "Ada 100%"]
    assert listed(search(manager, name="aDa")) == ["Ada 100%"]
    assert listed(search(manager, name="100%")) == ["Ada 100%"]
    assert listed(search(manager, domain="Example.com")) == ["Bo", "Ada 100%"]
    assert listed(search(manager, address="B.O+news@example.com")) == []
    assert listed(search(manager, address="BO+news@example.com")) == ["Bo"]
    day = {"last-day": "1", "last-month": "2", "last-year": "2026"}
    assert listed(search(manager, **day)) == ["Bo"]
    assert listed(search(manager, number="1")) == ["Ada 100%"]
    assert listed(search(manager, source="legacy")) == []
    search(manager, 422, number="99999999999")


def test_who_signed_elsewhere_is_not_found_here(manager, pledge):
    signed_by(make_pledge("other"), "ada@example.com")
    assert listed(search(manager, address="ada@example.com")) == []


def test_fifty_are_on_a_page_and_the_rest_on_the_next(manager, pledge):
    row = {"pledge_id": pledge, "kind": "person", "state": "confirmed", "member": 1}
    row |= {"source": "paper", "signed_on": date(2026, 3, 1), "confirmed_on": date(2026, 3, 1)}
    rows = [row | {"name": f"N{n}", "address_key": bytes([n]) * 32} for n in range(60)]
    db.session.execute(Signature.__table__.insert(), rows)
    db.session.commit()
    assert len(listed(search(manager))) == 50
    assert "60 signatures" in manager.text
    assert listed(search(manager, page="2")) == [f"N{n}" for n in range(9, -1, -1)]


def test_an_address_is_shown_on_request_alone_and_that_is_written_down(manager, pledge):
    signed_by(pledge, "ada@example.com", name="Ada")
    assert "ada@example.com" not in search(manager).response.text
    page = "/staff/pledges/signatures/1"
    assert "ada@example.com" not in manager.get(page).response.text
    assert "signature.opened" not in dict(events())
    assert "ada@example.com" in manager.post(page, {}, 200).text
    assert dict(events())["signature.opened"] == '{"signature": 1}'
    assert "ada@" not in str(events())


def test_the_file_has_no_address_and_runs_nothing(manager, pledge):
    signed_by(pledge, "ada@example.com", name='=HYPERLINK("http://x.example")')
    signed_by(pledge, "bo@example.com", name="Bo")
    search(manager, **{"as": "file", "name": "hyper"})
    rows = manager.response.data.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert """"'=HYPERLINK(""" in rows[1]
    assert "ada@" not in rows[1]
    assert dict(events())["signatures.exported"] == '{"signatures": 1}'


def test_a_signature_is_deleted_when_its_person_asks(manager, pledge):
    signed_by(pledge, "ada@example.com")
    manager.get("/staff/pledges/signatures/1/erase").post("/staff/pledges/signatures/1/erase")
    assert counts.total(db.session.connection(), pledge) == 0
    assert counts.recount(db.session()) == []
    found = select(Signature).where(Signature.address_key == address_key("ada@example.com", KEY))
    assert db.session.scalars(found).all() == []


def test_what_they_agreed_to_goes_with_the_last_signature_and_not_before(manager, pledge):
    signed_by(pledge, "ada@example.com")
    signed_by(pledge, "ada@example.com", name="Bo", member=2)
    with db.engine.begin() as connection:
        consent.give(connection, 1, "news", source="web", today=date(2026, 3, 2))
    for number, left in ((1, 1), (2, 0)):
        page = f"/staff/pledges/signatures/{number}/erase"
        manager.get(page).post(page)
        assert db.session.query(Consent).count() == left
        assert db.session.query(Contact).count() == left
        db.session.rollback()


def test_an_organisation_leaves_the_list_with_the_signature_that_is_deleted(manager, pledge):
    number = on_the_list()
    signed_by(pledge, "ada@example.com")
    db.session.execute(update(Signature).values(organisation_id=number))
    db.session.commit()
    manager.get("/staff/pledges/signatures/1/erase").post("/staff/pledges/signatures/1/erase")
    manager.get("/organisations/fern-co", 404)


def test_statistics_tell_days_months_and_sources(manager, pledge):
    signed_by(pledge, "ada@example.com")
    signed_by(pledge, "bo@example.com")
    signed_by(pledge, "cy@example.com", day=date(2025, 12, 24))
    manager.get("/staff/pledges/1/statistics")
    assert "3 signatures count: this site 3" in manager.text
    rows = [" ".join(" ".join(row.itertext()).split()) for row in manager.page.iterfind(".//tr")]
    assert "2 March 2026 2 0 0 0 2" in rows
    assert "December 2025 1 0 0 0 1" in rows
