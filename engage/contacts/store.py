"""Mailboxes as they are stored: found or made, proven, and forgotten."""

from datetime import date

from sqlalchemy import Connection, Row, bindparam, delete, false, func, or_, select, true, update
from sqlalchemy.orm import Session

from engage.contacts.address import address_key
from engage.contacts.holders import ends_with, holds
from engage.contacts.models import Contact
from engage.extensions import INSERTS, table_of

TABLE = table_of(Contact)
MANY = 500
Mailbox = Row[tuple[object, ...]]
"""One of them: id, address_key, email, language and its days."""

NEW = {
    name: insert(TABLE).on_conflict_do_nothing().returning(TABLE, true().label("fresh"))
    for name, insert in INSERTS.items()
}
BY_KEY = select(TABLE).where(TABLE.c.address_key == bindparam("marked"))
HERE = BY_KEY.add_columns(false().label("fresh"))
KEPT, ALONE = HERE.with_for_update(key_share=True, read=True), HERE.with_for_update(key_share=True)
BY_ID = select(TABLE).where(TABLE.c.id == bindparam("contact"))
PROVE = (
    update(TABLE)
    .where(
        TABLE.c.id == bindparam("contact"),
        or_(TABLE.c.proven_on.is_(None), TABLE.c.refused_on.is_not(None)),
    )
    .values(proven_on=func.coalesce(TABLE.c.proven_on, bindparam("today")), refused_on=None)
)


def contact_for(
    connection: Connection, address: str, language: str, today: date, *, key: str
) -> int:
    """The number of the mailbox of a checked address, made if there is none; see `mailbox_for`."""
    return int(mailbox_for(connection, address, language, today, key=key).id)


def mailbox_for(
    connection: Connection,
    address: str,
    language: str,
    today: date,
    *,
    key: str,
    alone: bool = False,
) -> Mailbox:
    """The mailbox of a checked address, made if there is none.

    What is there is not changed: whoever types an address has not shown that it is theirs. In the
    caller's transaction the mailbox cannot go away any more, so something can be hung on it.
    `fresh` tells that it was made now. Of those who ask for it `alone`, one waits for the other.
    """
    marked = address_key(address, key)
    given = {"address_key": marked, "email": address, "language": language, "made_on": today}
    while True:
        found = connection.execute(NEW[connection.dialect.name], given).one_or_none()
        if found is None:
            # Somebody may be deleting it at this moment: then the lock waits, and there is none.
            known = ALONE if alone else KEPT
            found = connection.execute(known, {"marked": marked}).one_or_none()
        if found is not None:
            return found


def hold(connection: Connection, contact_id: int) -> bool:
    """Let nobody else touch a mailbox until the transaction ends; False when there is none.

    What changes several things of one mailbox holds it first: a confirmation and an erasure that
    meet then wait for each other in one order, and never both for the other.
    """
    held = select(TABLE.c.id).where(TABLE.c.id == contact_id).with_for_update()
    return connection.execute(held).first() is not None


def get(connection: Connection, contact_id: int) -> Mailbox | None:
    """A mailbox by its number."""
    return connection.execute(BY_ID, {"contact": contact_id}).one_or_none()


def by_key(connection: Connection, marked: bytes) -> Mailbox | None:
    """A mailbox by the keyed hash of its address."""
    return connection.execute(BY_KEY, {"marked": marked}).one_or_none()


def prove(connection: Connection, contact_id: int, today: date) -> None:
    """Remember that somebody who reads the mailbox pressed a button; the first day is kept.

    What arrives is not refused, so an earlier refusal is over.
    """
    connection.execute(PROVE, {"contact": contact_id, "today": today})


def set_language(connection: Connection, contact_id: int, language: str) -> None:
    """Write to a mailbox in another language from now on."""
    connection.execute(update(TABLE).where(TABLE.c.id == contact_id).values(language=language))


def forget_contact(session: Session | Connection, contact_id: int) -> bool:
    """Delete a mailbox with its agreements, links, bookings and messages; whether it was there.

    Signatures and organisations outlive a mailbox, so what they know of the person must be gone
    before; LookupError names the table where it is not.
    """
    for column in ends_with():
        left = select(column).where(column == contact_id).limit(1)
        if session.execute(left).first() is not None:
            raise LookupError(
                f"Contact {contact_id} still has rows in {column.table.name}: erase those first."
            )
    gone = delete(TABLE).where(TABLE.c.id == contact_id).returning(TABLE.c.id)
    return session.execute(gone).first() is not None


def forget_unattached(session: Session) -> int:
    """Delete the mailboxes on which nothing hangs any more; how many. Commits as it goes.

    They are locked first and looked at again: on one that somebody hangs something on at this
    moment, the second look finds it.
    """
    total, deleted = 0, -1
    idle = ~holds(TABLE.c.id)
    while deleted:
        some = select(TABLE.c.id).where(idle).order_by(TABLE.c.id).limit(MANY)
        locked = session.scalars(some.with_for_update(skip_locked=True)).all()
        gone = delete(TABLE).where(TABLE.c.id.in_(locked), idle).returning(TABLE.c.id)
        deleted = len(session.execute(gone).all()) if locked else 0
        session.commit()
        total += deleted
    return total
