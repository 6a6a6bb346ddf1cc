"""Staff see who waits, verify, approve, refuse, correct and look after promises."""

from datetime import timedelta

import pytest
from page import PageClient
from partner import ask, link, listed, promise
from pledged import make_pledge, new, press
from sqlalchemy import delete, select, update
from staff import make_staff, sign_in

from engage import clock as days
from engage.audit.models import AuditEvent
from engage.contacts import tokens
from engage.extensions import db
from engage.organisations import store as organisations
from engage.organisations.models import Commitment, Organisation
from engage.outbox.models import OutgoingMessage
from engage.pledges import store
from engage.pledges.models import Kind, Signature

PAGE = "/staff/organisations"


@pytest.fixture
def manager(lite_app, clock) -> PageClient:
    return sign_in(PageClient(lite_app), make_staff(lite_app, "survey_manager"))


def signs(address: str, name: str = "Fern & Co") -> tuple[int, str]:
    """An organisation that signed a pledge: its number, and the secret in its message."""
    pledge, at = make_pledge(f"stand-{name[:1]}".lower()), days.now()
    with db.engine.begin() as connection:
        wanted = new(connection, pledge, address, kind=Kind.ORGANISATION)
    number = ask(name, contact_id=wanted.contact_id)
    with db.engine.begin() as connection:
        signed = store.sign(
            connection, wanted, today=days.today(), expires_at=at + timedelta(days=7)
        )
        linked = update(Signature).where(Signature.id == signed.id)
        connection.execute(linked.values(organisation_id=number))
        until = at + timedelta(days=7)
        secret = tokens.issue(connection, "signature", wanted.contact_id, signed.id, until)
    return number, secret


def standing(number: int) -> str:
    db.session.rollback()
    return db.session.scalar(select(Organisation.standing).where(Organisation.id == number))


def test_who_was_not_confirmed_is_not_in_the_queue_and_cannot_be_approved(manager):
    number, secret = signs("ada@fern.example")
    assert "organisation waits" not in manager.get("/staff").text
    assert "Fern" not in manager.get(f"{PAGE}?standing=asked").text
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/verify").follow()
    assert "You cannot approve it now, as no signature of it counts" in manager.text
    manager.post(f"{PAGE}/{number}/approve", status=409)
    assert press(secret, days.now())
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/approve").follow()
    assert standing(number) == "approved"
    manager.get("/organisations/fern-co")


def test_one_whose_signature_is_gone_cannot_be_approved_and_staff_see_why(manager):
    number, secret = signs("ada@fern.example")
    press(secret, days.now())
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/verify")
    assert "Its signature counts" in manager.get(f"{PAGE}/{number}").text
    for gone in ({"state": "invalidated"}, {"organisation_id": None}):
        db.session.execute(update(Signature).values(gone))
        db.session.execute(update(Organisation).values(contact_id=None))
        db.session.commit()
        assert "Its signature does not count" in manager.get(f"{PAGE}/{number}").text
        manager.post(f"{PAGE}/{number}/approve", status=409)
    assert "organisation waits" not in manager.get("/staff").text
    assert standing(number) == "verified"


def test_an_organisation_is_verified_by_its_domain_approved_and_told(manager):
    number, secret = signs("ada@fern.example")
    press(secret, days.now())
    organisations.verify_by_domain(
        db.session.connection(), number, "ada@fern.example", days.today()
    )
    db.session.commit()
    assert "One organisation waits for you" in manager.get("/staff").text
    assert "Fern & Co" in manager.get(PAGE).text
    assert "by a mailbox at fern.example" in manager.get(f"{PAGE}/{number}").text
    for _ in range(2):
        manager.post(f"{PAGE}/{number}/approve")
        manager.get(f"{PAGE}/{number}")
    db.session.rollback()
    [message] = db.session.scalars(select(OutgoingMessage))
    assert "/organisations/fern-co" in message.text
    assert "/our-organisation/" in message.text
    assert "You find your certificate" in message.text
    wanted = select(AuditEvent.action, AuditEvent.subject, AuditEvent.detail)
    about = AuditEvent.subject == f"organisation:{number}"
    done = AuditEvent.action != "organisation.seen"
    events = db.session.execute(wanted.where(about, done)).all()
    assert events == [("organisation.approved", f"organisation:{number}", "{}")]


def test_who_promised_nothing_is_not_told_of_a_certificate(manager):
    number, secret = signs("ada@fern.example")
    press(secret, days.now())
    db.session.execute(delete(Commitment))
    db.session.commit()
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/verify")
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/approve")
    db.session.rollback()
    [message] = db.session.scalars(select(OutgoingMessage))
    assert "You find your certificate" not in message.text
    assert "You can make a promise too" in message.text


def test_refusing_needs_a_reason_which_is_told_and_can_be_undone(manager):
    number = listed()
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/refuse", {"reason": " "}, 422)
    assert "Enter the reason" in manager.text
    with db.engine.begin() as connection:
        signed_for = update(Organisation).where(Organisation.id == number)
        connection.execute(signed_for.values(contact_id=None))
    manager.post(f"{PAGE}/{number}/refuse", {"reason": "Not there any more"}).follow()
    assert "Refused because Not there any more" in manager.text
    manager.get("/organisations/fern-co", 404)
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/reconsider").follow()
    assert standing(number) == "asked"


def test_a_refused_organisation_gets_the_reason(manager):
    number, secret = signs("ada@fern.example")
    press(secret, days.now())
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/refuse", {"reason": "Not in our area"})
    db.session.rollback()
    [message] = db.session.scalars(select(OutgoingMessage))
    assert "Not in our area" in message.text


def test_nobody_is_told_why_a_mailbox_was_refused_that_confirmed_nothing(manager):
    number, _secret = signs("ada@fern.example")
    manager.get(f"{PAGE}/{number}").post(f"{PAGE}/{number}/refuse", {"reason": "Spam"})
    assert standing(number) == "refused"
    assert db.session.scalars(select(OutgoingMessage)).all() == []


def test_staff_correct_what_was_said(manager):
    number, page = listed(), f"{PAGE}/1/change"
    given = {"name": "Fern  &  Moss", "sector": "charity", "size": "250", "website": "x"}
    manager.get(page).post(page, given, 422)
    assert "Enter a website, such as www.example.org" in manager.text
    manager.post(page, given | {"website": "https://moss.example/"}).follow()
    assert "moss.example" in manager.text
    db.session.rollback()
    found = db.session.get(Organisation, number, populate_existing=True)
    assert (found.name, found.slug, found.sector) == ("Fern & Moss", "fern-co", "charity")


def test_staff_fill_in_what_they_were_told_of_a_promise(manager):
    number = listed()
    page = f"{PAGE}/{number}/promises/train_staff"
    given = {"progress": "done", "due_on-day": "1", "due_on-month": "6", "due_on-year": "2026",
             "owner": "Grace", "evidence": "All were trained"}  # fmt: skip
    manager.get(page).post(page, given).follow()
    assert "Told on 2 March 2026: All were trained" in manager.text
    assert promise(number).progress == "done"
    manager.get(f"{PAGE}/{number}/promises/share_data", 404)


def test_who_is_behind_is_listed_longest_first(manager, clock):
    assert "No organisation is behind" in manager.get(f"{PAGE}/late").text
    number = listed()
    promise(number).due_on = days.today() + timedelta(days=10)
    db.session.commit()
    clock.move(days=200)
    sign_in(manager, make_staff(manager.http.application, "survey_manager", "Late Manager"))
    rows = ["".join(each.itertext()).split() for each in
            manager.get(f"{PAGE}/late").page.iterfind(".//tbody/tr")]  # fmt: skip
    assert [row[-1] for row in rows] == ["190", "18"]
    assert "One organisation is behind with a promise" in manager.get("/staff").text


def test_others_see_nothing_of_it(lite_app, clock):
    listed()
    client = sign_in(PageClient(lite_app), make_staff(lite_app, "analyst"))
    for path in ("", "/late", "/1", "/1/change", "/1/promises/train_staff"):
        client.get(f"{PAGE}{path}", 403)


def test_opening_any_page_changes_nothing(manager, clock):
    number = listed()
    home = link(number, days.now() + timedelta(days=1))
    names = ("organisations", "commitments", "mail_tokens", "outgoing_messages", "contacts")
    tables = [db.metadata.tables[name] for name in names]

    def stored() -> list:
        db.session.rollback()
        return [db.session.execute(select(table)).all() for table in tables]

    before = stored()
    for path in ("", f"/{number}/promises/train_staff", f"/{number}/promises/train_staff/take-back",
                 f"/{number}/leave"):  # fmt: skip
        manager.get(f"{home}{path}")
    for path in ("", "/late", f"/{number}", f"/{number}/change"):
        manager.get(f"{PAGE}{path}")
    for path in ("", "/fern-co", "/fern-co/certificate.pdf", "/fern-co/link-sent"):
        manager.get(f"/organisations{path}")
    assert stored() == before
