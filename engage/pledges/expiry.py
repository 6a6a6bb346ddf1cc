"""Signatures and what is known of people, gone when their time is over. Each step commits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, func, literal, or_, select, update
from sqlalchemy.orm import Session

from engage.contacts import tokens
from engage.contacts.address import NO_ADDRESS, random_key
from engage.contacts.models import Contact
from engage.contacts.store import forget_unattached
from engage.extensions import table_of
from engage.pledges.counts import cells_of, shift_all
from engage.pledges.models import NameState, Pledge, Signature, State
from engage.pledges.years import years_before

TABLE, PLEDGES, CONTACTS = table_of(Signature), table_of(Pledge), table_of(Contact)
MANY = 500
NETWORK_DAYS = timedelta(days=3)
YEARS = 2
UNCOUNTED = (State.PENDING, State.WITHDRAWN)
EMPTY = {
    "contact_id": None,
    "name": "",
    "show_name": False,
    "name_state": NameState.WAITS,
    "under_18": False,
    "ward": "",
    "network": None,
}
"""The columns that say something of a person, as they are when nothing is known."""


def expire(session: Session, now: datetime) -> int:
    """Delete signatures that nobody confirmed in time, old links and idle mailboxes; how many.

    Those too that staff took out before they were confirmed: nobody agreed that we keep them.
    """
    total = 0
    waited = TABLE.c.state.in_((State.PENDING, State.INVALIDATED))
    over = (waited, TABLE.c.confirmed_on.is_(None), TABLE.c.expires_at <= now)
    # With its mailbox, as whoever confirms or erases holds that first; and nothing is waited for.
    held = select(TABLE.c.id).join(CONTACTS, CONTACTS.c.id == TABLE.c.contact_id).where(*over)
    some = held.order_by(TABLE.c.id).limit(MANY).with_for_update(skip_locked=True)
    while ids := session.scalars(some).all():
        _delete(session, ids)
        session.commit()
        total += len(ids)
    alone = delete(TABLE).where(*over, TABLE.c.contact_id.is_(None)).returning(TABLE.c.id)
    total += len(session.execute(alone).all())
    tokens.expire(session, now)
    session.commit()
    return total + forget_unattached(session)


def forget(session: Session, today: date) -> int:
    """Forget networks after three days and signatories two years after the end; how many rows."""
    known = (TABLE.c.network.is_not(None), TABLE.c.signed_on <= today - NETWORK_DAYS)
    emptied = update(TABLE).where(*known).values(network=None).returning(TABLE.c.id)
    total = len(session.execute(emptied).all())
    session.commit()
    ended = select(PLEDGES.c.id).where(PLEDGES.c.closes_on <= years_before(today, YEARS))
    for pledge_id in session.scalars(ended).all():
        while some := _forget_some(session, pledge_id):
            session.commit()
            total += some
    session.commit()
    return total + forget_unattached(session)


def _forget_some(session: Session, pledge_id: int) -> int:
    """Empty some signatures of a pledge, or delete them where they never counted; how many.

    Each that counts gets a key of chance, so that no address can be looked for any more, even
    with the site's key; it goes on counting, in no ward.
    """
    wanted = (
        select(TABLE)
        .where(TABLE.c.pledge_id == pledge_id, _known())
        .order_by(TABLE.c.id)
        .limit(MANY)
        .with_for_update()
    )
    rows = session.execute(wanted).all()
    uncounted = [row.id for row in rows if row.state in UNCOUNTED]
    kept = [row for row in rows if row.state not in UNCOUNTED]
    if uncounted:
        _delete(session, uncounted)
    if kept:
        emptied = update(TABLE).where(TABLE.c.id == bindparam("row"))
        emptied = emptied.values(address_key=bindparam("key"), **EMPTY)
        session.connection().execute(emptied, [{"row": r.id, "key": random_key()} for r in kept])
    counted = [row for row in kept if row.state == State.CONFIRMED]
    moved = cells_of(((row.pledge_id, row.kind, row.ward) for row in counted), -1)
    moved.update(cells_of(((row.pledge_id, row.kind, "") for row in counted), 1))
    shift_all(session.connection(), moved)
    return len(rows)


def _delete(session: Session, ids: Sequence[int]) -> None:
    """Delete signatures that do not count, and the links that would confirm them."""
    tokens.drop(session.connection(), "signature", *ids)
    session.execute(delete(TABLE).where(TABLE.c.id.in_(ids)))


def _known() -> ColumnElement[bool]:
    """Whether a signature still says something of a person."""
    beginning = func.substr(TABLE.c.address_key, 1, len(NO_ADDRESS))
    return or_(
        beginning != literal(NO_ADDRESS),
        TABLE.c.contact_id.is_not(None),
        TABLE.c.name != "",
        TABLE.c.ward != "",
        TABLE.c.state.in_(UNCOUNTED),
    )
