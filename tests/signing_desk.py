"""A pledge to sign in tests, the messages that were queued, and the links in them."""

import re
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import event, select

from engage import clock
from engage.areas.models import Postcode, Ward
from engage.contacts.models import Contact
from engage.extensions import db
from engage.outbox.models import OutgoingMessage
from engage.pledges.counts import recount, total
from engage.pledges.models import Pledge, Signature
from engage.pledges.words import NewWords, add_version
from engage.signing import wanted

SLUG = "stand-against-hate"
ADA = {"name": "Ada Okafor", "email": "ada@example.org"}


def open_a_pledge(**given) -> int:
    """A published pledge that opened today, and a borough of four wards."""
    days = {"opens_on": clock.today(), "closes_on": None, "published": True}
    pledge = Pledge(slug=SLUG, questionnaire="hate_crime_pledge", **(days | given))
    db.session.add(pledge)
    for number in range(1, 5):
        db.session.add(Ward(code=f"W{number}", name=f"Ward {number}"))
    db.session.flush()
    db.session.add(Postcode(code="AB12CD", ward_code="W1"))
    words = {
        "en": NewWords("Stand against hate", "Say no to hate crime.", "I will not stand by."),
        "pl": NewWords(
            "Przeciw nienawiści", "Powiedz nie.", "Nie będę stać z boku.", reviewed=True
        ),
    }
    add_version(db.session.connection(), pledge.id, words, clock.today())
    db.session.commit()
    return pledge.id


def messages() -> list[tuple[str, str, str]]:
    """Address, subject and text of every message that waits, oldest first."""
    db.session.rollback()
    rows = (
        select(Contact.email, OutgoingMessage.subject, OutgoingMessage.text)
        .join(Contact, Contact.id == OutgoingMessage.contact_id)
        .order_by(OutgoingMessage.id)
    )
    return [tuple(row) for row in db.session.execute(rows)]


def links(text: str) -> list[str]:
    """The paths of the links in a message, which are all of this site."""
    found = re.findall(r"https?://\S+", text)
    public = current_app.extensions["settings"].public_url
    assert all(each.startswith(public) for each in found)
    return [each.removeprefix(public) for each in found]


def sign(client, **given) -> None:
    """Fill in the form for a person."""
    client.get(f"/pledges/{SLUG}/sign").post(f"/pledges/{SLUG}/sign", ADA | given)


def confirm(client, **given) -> None:
    """Open the link of the newest message and press the button."""
    (path,) = links(messages()[-1][2])
    client.get(path).post(path, given)


def enter(client) -> None:
    """Open one's own page by the newest message."""
    (path,) = links(messages()[-1][2])
    client.get(path).post(path).follow()


def ask_for_page(client, email: str = ADA["email"]) -> None:
    """Ask for the link to one's own page, and let the worker look it up."""
    client.get("/my-page").post("/my-page", {"email": email})
    look_up()


def look_up() -> None:
    """What the worker does with the links that are wanted."""
    db.session.rollback()
    wanted.answer(db.session(), current_app.extensions["settings"], clock.now())


@contextmanager
def heard():
    """The statements that reach the database meanwhile."""
    done: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN"):  # SQLite's alone is sent this way
            done.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield done
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def signatures() -> list[Signature]:
    db.session.rollback()
    return list(db.session.scalars(select(Signature).order_by(Signature.id)))


def counted(pledge_id: int) -> int:
    """The count, which must be that of the rows."""
    db.session.rollback()
    assert recount(db.session) == []
    return total(db.session.connection(), pledge_id)


def everything() -> dict[str, list]:
    """Every row of every table."""
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return {table.name: db.session.execute(select(table)).all() for table in tables}
