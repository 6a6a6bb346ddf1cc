"""Signatories who agreed to hear, and a postman of a test site, for tests of messages to many."""

from dataclasses import replace
from datetime import date

from contact import make_contact

from engage.campaigns import sending
from engage.contacts import consent
from engage.extensions import db
from engage.outbox.deliver import Postman
from engage.outbox.smtp import Smtp
from engage.pledges.models import Pledge, Signature

DAY = date(2026, 2, 1)


def make_pledge(slug="stand") -> int:
    """The number of a committed pledge without words."""
    pledge = Pledge(slug=slug, opens_on=DAY, published=True)
    db.session.add(pledge)
    db.session.commit()
    return pledge.id


def make_signatory(name, pledge_id, *, topics=("events",), ward="", kind="person", **given) -> int:
    """The number of a mailbox that signed, and whose owner agreed to the topics."""
    state = given.pop("state", "confirmed")
    contact_id = make_contact(f"{name}@example.org", **given)
    signature = Signature(
        pledge_id=pledge_id,
        kind=kind,
        state=state,
        address_key=name.encode().ljust(32),
        contact_id=contact_id,
        ward=ward,
        signed_on=DAY,
    )
    db.session.add(signature)
    connection = db.session.connection()
    for topic in topics:
        consent.give(connection, contact_id, topic, source="web", today=DAY)
    db.session.commit()
    return contact_id


def postman_of(app, url) -> Postman:
    """Hands over what waits to the server there; the site knows the server from then on."""
    given = {"smtp_url": url, "mail_from": "pledge@testham.example"}
    given["public_url"] = "https://engage.testham.example"
    settings = app.extensions["settings"] = replace(app.extensions["settings"], **given)
    return Postman(settings, Smtp(settings, patience=2), sending.words_for)
