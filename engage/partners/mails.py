"""Messages to organisations: their link, what was decided, and reminders before a day."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from engage.clock import day_of
from engage.contacts import tokens
from engage.contacts.models import Contact
from engage.extensions import site_settings
from engage.organisations.models import Commitment, Organisation, Promise
from engage.organisations.words import PROMISES
from engage.outbox.kinds import Kind
from engage.outbox.models import OutgoingMessage
from engage.outbox.queue import queue
from engage.web.speaking import speaking

GOOD_FOR = timedelta(days=30)
"""How long a link in a message leads to the organisation's own page."""

Words = Callable[[Organisation, str], tuple[str, str]]
"""An organisation and the address of its own page to a subject and a text, in one's language."""


def send_link(session: Session, organisation: Organisation, now: datetime) -> bool:
    """Mail an organisation the link to its own page; once a day, whoever asks how often."""
    # With the mailbox, as another organisation may get the number of one that was deleted.
    key = f"organisation-link:{organisation.id}:{organisation.contact_id}:{day_of(now)}"
    return write(session, organisation, Kind.TELL, link_words, key=key, now=now)


def write(
    session: Session,
    organisation: Organisation,
    kind: Kind,
    words: Words,
    *,
    key: str,
    now: datetime,
) -> bool:
    """Queue a message to whoever signed for an organisation; whether there is one more.

    In the caller's transaction. Nothing goes where nobody is known, and nothing twice for a key.
    """
    connection, contact_id = session.connection(), organisation.contact_id
    if contact_id is None or _queued(connection, key):
        return False
    language = connection.execute(
        select(Contact.language).where(Contact.id == contact_id)
    ).scalar_one()
    secret = tokens.issue(connection, "partner", contact_id, None, now + GOOD_FOR)
    with speaking(language):
        address = f"{site_settings().public_url}/our-organisation/{secret}"
        subject, said = words(organisation, address)
        text = _framed(said, address)
    return queue(
        connection, key=key, kind=kind, contact_id=contact_id, subject=subject, text=text, now=now
    )


def _framed(said: str, address: str) -> str:
    """A message with its greeting, who writes it, and a warning where it holds the link."""
    parts = [_("Hello,"), said]
    if address in said:
        parts.append(
            _(
                "Please do not pass this link on. Whoever has it can change what your "
                "organisation promised."
            )
        )
    return "\n\n".join([*parts, site_settings().council_name or _("Your council")]) + "\n"


def _queued(connection: Connection, key: str) -> bool:
    """Whether there is a message of that key: then no link needs to be made for another."""
    there = select(OutgoingMessage.id).where(OutgoingMessage.key == key)
    return connection.execute(there).first() is not None


def link_words(organisation: Organisation, address: str) -> tuple[str, str]:
    """The message with the link."""
    return (
        _("Your organisation's page"),
        _(
            "Here you can see what %(name)s promised, say how it goes, and renew it:\n\n"
            "%(address)s\n\n"
            "The link works for 30 days. If none of you asked for it, you do not need to do "
            "anything.",
            name=organisation.name,
            address=address,
        ),
    )


def approved_words(holding: Sequence[Commitment]) -> Words:
    """The message that says that an organisation is on the list; `holding` is what it promises."""

    def words(organisation: Organisation, address: str) -> tuple[str, str]:
        listed = _(
            "Thank you. %(name)s is now on our list of organisations that signed:\n\n%(page)s",
            name=organisation.name,
            page=f"{site_settings().public_url}/organisations/{organisation.slug}",
        )
        next_step = (
            _(
                "You find your certificate and a badge for your window there.\n\n"
                "Please tell us who looks after each promise, and how it goes:\n\n%(address)s",
                address=address,
            )
            if holding
            else _(
                "You can make a promise too, such as to train your staff. Then you get a "
                "certificate and a badge for your window:\n\n%(address)s",
                address=address,
            )
        )
        return _("You are on the list"), f"{listed}\n\n{next_step}"

    return words


def refused_words(organisation: Organisation, _address: str) -> tuple[str, str]:
    """The message that says that an organisation is not on the list, and why."""
    return (
        _("About your organisation"),
        _(
            "%(name)s is not on our list of organisations that signed. This is why:\n\n%(reason)s",
            name=organisation.name,
            reason=organisation.reason,
        ),
    )


def reminder_words(said: LazyString, commitments: Sequence[Commitment]) -> Words:
    """A reminder about some promises; `said` is its first sentence."""

    def words(organisation: Organisation, address: str) -> tuple[str, str]:
        listed = "\n".join(f"- {PROMISES[Promise(each.promise)]}" for each in commitments)
        return (
            _("What %(name)s promised", name=_short(organisation.name)),
            f"{said}\n\n{listed}\n\n"
            + _("Please tell us how it goes here:\n\n%(address)s", address=address),
        )

    return words


def _short(name: str) -> str:
    """A name that leaves room for the other words of a subject."""
    return name if len(name) <= 80 else f"{name[:79]}…"
