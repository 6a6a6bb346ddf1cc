"""An organisation for tests: asked, or on the list, with a mailbox that was confirmed."""

from datetime import date

from contact import make_contact
from sqlalchemy import select

from engage.contacts import tokens
from engage.extensions import db
from engage.organisations import decisions, store
from engage.organisations.models import Commitment, Organisation, Promise

TODAY = date(2026, 3, 2)


def ask(name: str = "Fern & Co", *, contact_id: int | None = None, **said) -> int:
    """The number of a committed organisation that asked today."""
    given = {
        "sector": "business",
        "size": "1_9",
        "signatory": "Ada Fern",
        "position": "Owner",
        "promises": (Promise.TRAIN_STAFF, Promise.NAME_CHAMPION),
        "website": "fern.example",
    }
    new = store.NewOrganisation(name, **(given | said))
    number = store.ask(db.session.connection(), new, contact_id, TODAY)
    db.session.commit()
    return number


def listed(name: str = "Fern & Co", **said) -> int:
    """The number of a committed organisation on the list, with a mailbox."""
    slug = store.slug_of(name)
    number = ask(name, contact_id=make_contact(f"ada@{slug}.example"), **said)
    decisions.verify(db.session.connection(), number, TODAY)
    decisions.approve(db.session.connection(), number, TODAY)
    db.session.commit()
    return number


def link(number: int, until) -> str:
    """The path of its own page, as it would be mailed."""
    contact_id = db.session.get(Organisation, number).contact_id
    secret = tokens.issue(db.session.connection(), "partner", contact_id, None, until)
    db.session.commit()
    return f"/our-organisation/{secret}"


def promise(number: int, name: Promise = Promise.TRAIN_STAFF) -> Commitment:
    """One of its promises, as it is stored now."""
    db.session.rollback()
    wanted = select(Commitment).filter_by(organisation_id=number, promise=name)
    return db.session.scalars(wanted, execution_options={"populate_existing": True}).one()
