"""Organisations as they are stored: asking, verifying, approving, leaving, forgetting."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.contacts.models import Contact
from engage.extensions import table_of
from engage.organisations.domains import belongs, domain_of
from engage.organisations.models import Commitment, Organisation, Promise, Standing
from engage.organisations.words import SECTORS, SIZES
from engage.organisations.years import first_due

TABLE, COMMITMENTS, CONTACTS = table_of(Organisation), table_of(Commitment), table_of(Contact)
LONGEST_SLUG = 50
"""With an ending that makes it the only one, an address has 60 characters at most."""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What an organisation says of itself when it signs. `website` may be empty."""

    name: str
    sector: str
    size: str
    signatory: str
    position: str
    promises: tuple[Promise, ...] = ()
    website: str = ""


def slug_of(name: str) -> str:
    """A name as the part of an address: `Café & Co` gives `cafe-co`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "organisation"


def ask(connection: Connection, new: NewOrganisation, contact_id: int | None, today: date) -> int:
    """Keep an organisation that asks to be listed, with what it promises; its number.

    One that the same mailbox signed for before, under the same name, is the same one: what it
    promises now is added, and what staff know of it stays. Hold the mailbox (`contacts.hold`).
    A new one is shown to nobody before staff approve it. Raises ValueError for a sector or size
    that is not in `engage.organisations.words`, DomainError for a website that is none.
    """
    for what, code, known in (("sector", new.sector, SECTORS), ("size", new.size, SIZES)):
        if code not in known:
            raise ValueError(f"The {what} {code!r} is unknown: use one of {', '.join(known)}.")
    there = _of_name(connection, contact_id, new.name)
    if there is not None:
        said = {"signatory": new.signatory, "position": new.position}
        connection.execute(update(TABLE).where(TABLE.c.id == there).values(said))
        return _promising(connection, there, new.promises, today)
    values: dict[str, object] = {
        "name": new.name,
        "sector": new.sector,
        "size": new.size,
        "domain": domain_of(new.website),
        "standing": Standing.ASKED,
        "verified_by": "",
        "reason": "",
        "contact_id": contact_id,
        "signatory": new.signatory,
        "position": new.position,
        "asked_on": today,
    }
    number = _insert(connection, slug_of(new.name), values)
    return _promising(connection, number, new.promises, today)


def _of_name(connection: Connection, contact_id: int | None, name: str) -> int | None:
    """The organisation of a mailbox that has this name, however its letters are written."""
    theirs = select(TABLE.c.id, TABLE.c.name).where(
        TABLE.c.contact_id == contact_id, TABLE.c.standing != Standing.LEFT
    )
    rows = connection.execute(theirs.order_by(TABLE.c.id)).all() if contact_id is not None else []
    return next((row.id for row in rows if row.name.casefold() == name.casefold()), None)


def _promising(
    connection: Connection, number: int, promises: tuple[Promise, ...], today: date
) -> int:
    for promise in dict.fromkeys(promises):
        promise_once(connection, number, promise, today)
    return number


def _insert(connection: Connection, slug: str, values: dict[str, object]) -> int:
    """Insert under the first free slug; one that somebody takes meanwhile is passed over."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    endings = ("", "-2", "-3", "-4", "-5")
    for ending in (*endings, f"-{secrets.token_hex(4)}"):
        new = dialect.insert(TABLE).values(slug=f"{slug}{ending}", **values)
        made = new.on_conflict_do_nothing(index_elements=[TABLE.c.slug]).returning(TABLE.c.id)
        if (number := connection.execute(made).scalar()) is not None:
            return int(number)
    raise RuntimeError(f"No free address was found for the slug {slug!r}: try again.")


def promise_once(
    connection: Connection, organisation_id: int, promise: Promise, today: date
) -> bool:
    """Let an organisation make a promise; False when it has made it before."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(COMMITMENTS).values(
        organisation_id=organisation_id,
        promise=promise,
        progress="promised",
        owner="",
        evidence="",
        due_on=first_due(today),
        renewed_on=today,
    )
    columns = [COMMITMENTS.c.organisation_id, COMMITMENTS.c.promise]
    return connection.execute(new.on_conflict_do_nothing(index_elements=columns)).rowcount == 1


def verify_by_domain(
    connection: Connection, organisation_id: int, address: str, today: date
) -> bool:
    """Verify an organisation whose proven mailbox is at its own domain; whether it is now.

    Ask only when somebody who reads the mailbox pressed the button. A mailbox of the public
    (gmail.com and its like) verifies nothing, nor does one where no website was given.
    """
    asked = (TABLE.c.id == organisation_id) & (TABLE.c.standing == Standing.ASKED)
    domain = connection.execute(select(TABLE.c.domain).where(asked)).scalar()
    if domain is None or not belongs(address, domain):
        return False
    verified = (
        update(TABLE)
        .where(asked)
        .values(standing=Standing.VERIFIED, verified_by="domain", verified_on=today)
    )
    return connection.execute(verified).rowcount == 1


def forget_person(connection: Connection, contact_id: int) -> int:
    """Forget who signed for the organisations of a mailbox; how many. They stay, without it."""
    theirs = select(TABLE.c.id).where(TABLE.c.contact_id == contact_id)
    connection.execute(
        update(COMMITMENTS).where(COMMITMENTS.c.organisation_id.in_(theirs)).values(owner="")
    )
    gone = update(TABLE).where(TABLE.c.contact_id == contact_id)
    return connection.execute(gone.values(contact_id=None, signatory="", position="")).rowcount


def of_contact(connection: Connection, contact_id: int) -> list[int]:
    """The numbers of the organisations that a mailbox signed for and that have not left."""
    theirs = select(TABLE.c.id).where(
        TABLE.c.contact_id == contact_id, TABLE.c.standing != Standing.LEFT
    )
    return list(connection.execute(theirs.order_by(TABLE.c.id)).scalars())


def by_slug(session: Session, slug: str) -> Organisation | None:
    """The approved organisation of that address: others are shown to nobody."""
    return session.scalar(select(Organisation).filter_by(slug=slug, standing=Standing.APPROVED))
