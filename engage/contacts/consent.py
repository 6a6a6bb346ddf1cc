"""What the owner of a mailbox agreed to hear of: the words they were shown, and every answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Connection, Insert, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from engage.contacts.models import Consent, ConsentWording
from engage.contacts.store import hold
from engage.extensions import table_of
from engage.web.language import language

ANSWERS, WORDINGS = table_of(Consent), table_of(ConsentWording)
TOPICS = ("events", "training", "news")
EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as its giver may see it: to which words, when, and by which way."""

    topic: str
    given: bool
    version: int
    words: str
    source: str
    on: date


def topics() -> Mapping[str, str]:
    """What one can agree to hear of, in the words that are asked, in the reader's language."""
    return {
        "events": _("Email me about events and meetings near me."),
        "training": _("Email me about free training on hate crime and safety."),
        "news": _("Email me news of the pledge and what came of it."),
    }


def subjects() -> Mapping[str, str]:
    """The topics in a few words, to go into a sentence, in the reader's language."""
    return {"events": _("events"), "training": _("training"), "news": _("news of the pledge")}


def give(connection: Connection, contact_id: int, topic: str, *, source: str, today: date) -> None:
    """Note that they agreed to the words of the reader's language; nothing if they had before.

    To be called when the owner of the mailbox has shown that it was they: not before. The mailbox
    is held: a yes and a no that meet come one after the other, and the later sees the earlier.
    Raises LookupError for a topic that is none.
    """
    hold(connection, contact_id)
    if topic in agreed(connection, contact_id):
        return
    row = {"contact_id": contact_id, "topic": topic, "wording_id": _wording(connection, topic)}
    connection.execute(_answer(**row, given=True, source=source, on=today))


def take_back(
    connection: Connection, contact_id: int, topic: str, *, source: str, today: date
) -> bool:
    """Note that they no longer agree; False if they did not. It holds from this moment on.

    Who agrees at the same moment is waited for, so that their yes does not outlive this no.
    """
    hold(connection, contact_id)
    if topic not in agreed(connection, contact_id):
        return False
    asked = select(func.max(ANSWERS.c.id)).where(
        ANSWERS.c.contact_id == contact_id, ANSWERS.c.topic == topic
    )
    wording = select(ANSWERS.c.wording_id).where(ANSWERS.c.id == asked.scalar_subquery())
    wording_id = connection.execute(wording).scalar_one()
    row = {"contact_id": contact_id, "topic": topic, "wording_id": wording_id}
    connection.execute(_answer(**row, given=False, source=source, on=today))
    return True


def agreed(connection: Connection, contact_id: int) -> frozenset[str]:
    """The topics that they agree to hear of now, whichever words they were shown."""
    newest = (
        select(func.max(ANSWERS.c.id))
        .where(ANSWERS.c.contact_id == contact_id, ANSWERS.c.channel == EMAIL)
        .group_by(ANSWERS.c.topic)
    )
    held = select(ANSWERS.c.topic).where(ANSWERS.c.id.in_(newest), ANSWERS.c.given)
    return frozenset(connection.execute(held).scalars())


def agrees(contact_id: ColumnElement[int], topic: str) -> ColumnElement[bool]:
    """In a query of mailboxes: that the newest answer on a topic is yes."""
    newest = (
        select(func.max(ANSWERS.c.id))
        .where(
            ANSWERS.c.contact_id == contact_id,
            ANSWERS.c.topic == topic,
            ANSWERS.c.channel == EMAIL,
        )
        .correlate_except(ANSWERS)
        .scalar_subquery()
    )
    said = ANSWERS.alias("said")
    return (
        select(said.c.id).where(said.c.id == newest, said.c.given).correlate_except(said).exists()
    )


def history(connection: Connection, contact_id: int) -> list[Answered]:
    """Every answer they gave, with the words they were shown, in order."""
    rows = connection.execute(
        select(
            ANSWERS.c.topic,
            ANSWERS.c.given,
            WORDINGS.c.version,
            WORDINGS.c.text,
            ANSWERS.c.source,
            ANSWERS.c.on,
        )
        .join(WORDINGS, WORDINGS.c.id == ANSWERS.c.wording_id)
        .where(ANSWERS.c.contact_id == contact_id)
        .order_by(ANSWERS.c.id)
    )
    return [Answered(*row) for row in rows]


def _wording(connection: Connection, topic: str) -> int:
    """The number of the words as they are asked now; other words than before get a new version."""
    if topic not in TOPICS:
        raise LookupError(f"There is no topic {topic!r}. There are: {', '.join(TOPICS)}.")
    text, tag = topics()[topic], language().tag
    of_it = (WORDINGS.c.topic == topic, WORDINGS.c.language == tag)
    newest = (
        select(WORDINGS.c.id, WORDINGS.c.version, WORDINGS.c.text)
        .where(*of_it)
        .order_by(WORDINGS.c.version.desc())
        .limit(1)
    )
    found = connection.execute(newest).first()
    if found is None or found.text != text:
        version = found.version + 1 if found else 1
        make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        new = make(WORDINGS).values(topic=topic, version=version, language=tag, text=text)
        connection.execute(new.on_conflict_do_nothing())  # another may have just done it
        found = connection.execute(newest).one()
    return int(found.id)


def _answer(**row: object) -> Insert:
    return insert(ANSWERS).values(channel=EMAIL, **row)
