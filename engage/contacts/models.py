"""A mailbox, what its owner agreed to hear, and the links that were sent to it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engage.extensions import Model, UtcDateTime


class Contact(Model):
    """A mailbox: known by `address_key`, the keyed hash of its canonical address.

    It is there while something hangs on it: a signature, a booking, a consent. `proven_on` is the
    day on which somebody who reads it pressed a button; until then it gets nothing but the one
    message that asks. `refused_on` is the day on which its server said that there is no such box.
    """

    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_key: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(10), default="en")
    made_on: Mapped[date]
    proven_on: Mapped[date | None]
    refused_on: Mapped[date | None]


class ConsentWording(Model):
    """What was asked, word for word: a version is never changed, only followed by another."""

    __tablename__ = "consent_wordings"
    __table_args__ = (UniqueConstraint("topic", "version", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)


class Consent(Model):
    """One answer to one wording, given or taken back. Rows are added; the newest of a topic holds.

    `source` says by which way: the form that was confirmed, the link in a mail, the page of one's
    own, or paper that staff hold.
    """

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("source in ('web', 'mail', 'own_page', 'paper')", name="source"),
        CheckConstraint("channel in ('email')", name="channel"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    topic: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10), default="email")
    wording_id: Mapped[int] = mapped_column(ForeignKey("consent_wordings.id"))
    given: Mapped[bool]
    source: Mapped[str] = mapped_column(String(10))
    on: Mapped[date]


class MailToken(Model):
    """A mailed link, by the hash of its secret: good once, for one purpose, until a moment.

    `confirm` belongs to one signature or booking (`about`, its number), `own_page` to the mailbox.
    `partner` opens what the organisations of a mailbox promised, and nothing of the person's own.
    """

    __tablename__ = "mail_tokens"
    __table_args__ = (
        CheckConstraint(
            "purpose in ('signature', 'booking', 'own_page', 'partner')", name="purpose"
        ),
    )

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(10))
    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), index=True
    )
    about: Mapped[int | None]
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class WantedLink(Model):
    """Somebody typed an address to be mailed the link to its own page; known or not.

    `sealed` is the address, which only the site's key opens. The worker looks it up and deletes
    the row, within seconds as a rule.
    """

    __tablename__ = "wanted_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
