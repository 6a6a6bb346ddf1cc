"""Signatures as they are stored: signed, confirmed, changed, withdrawn, erased.

Each function works in the caller's transaction. A signature changes its state by an UPDATE that
names the state it had, and only when that changed one row is the count shifted: however many do
the same at once, one of them does it.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from engage.contacts import tokens
from engage.contacts.models import Contact
from engage.contacts.store import hold
from engage.extensions import INSERTS, table_of
from engage.pledges.counts import cells_of, shift, shift_all
from engage.pledges.models import Kind, Member, NameState, Signature, Source, State

TABLE, CONTACTS = table_of(Signature), table_of(Contact)
CELL = (TABLE.c.pledge_id, TABLE.c.kind, TABLE.c.ward)
AGAIN = (State.PENDING, State.WITHDRAWN)
"""A signature in one of these is pending, as newly filled in, when somebody signs again."""

FRESH = {
    name: insert(TABLE).on_conflict_do_nothing().returning(TABLE.c.id)
    for name, insert in INSERTS.items()
}
HERE = (
    select(TABLE.c.id, TABLE.c.state, TABLE.c.invalidation_id)
    .where(
        TABLE.c.pledge_id == bindparam("pledge_id"),
        TABLE.c.address_key == bindparam("address_key"),
        TABLE.c.member == bindparam("member"),
    )
    .with_for_update()
)
CONFIRM = (
    update(TABLE)
    .where(
        TABLE.c.id == bindparam("signature"),
        TABLE.c.contact_id == bindparam("contact"),
        TABLE.c.state == State.PENDING,
        TABLE.c.expires_at > bindparam("now"),
    )
    .values(state=State.CONFIRMED, confirmed_on=bindparam("today"), expires_at=None)
    .returning(*CELL)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignature:
    """What somebody filled in; `ward` is empty where it is not known."""

    pledge_id: int
    address_key: bytes
    contact_id: int | None
    words_id: int | None
    name: str = ""
    kind: Kind = Kind.PERSON
    show_name: bool = False
    under_18: bool = False
    ward: str = ""
    member: int = Member.FIRST
    source: Source = Source.WEB
    batch_id: int | None = None
    organisation_id: int | None = None
    network: bytes | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of signing: `state` is pending where a link must be mailed to confirm it."""

    id: int
    state: State


def sign(connection: Connection, new: NewSignature, *, today: date, expires_at: datetime) -> Signed:
    """Write a signature that waits for its confirmation, or find the one that is there.

    One that waits already, or was withdrawn, becomes what was filled in now, and the links that
    were mailed for it lead nowhere: a link confirms what its own form said, and nothing else. So
    mail a new one in the same transaction. One that is confirmed or invalidated stays as it is,
    and so does one that was withdrawn after staff had taken it out: only they can undo that.
    """
    fields = asdict(new) | {"show_name": new.show_name and not new.under_18}
    fields |= {"state": State.PENDING, "signed_on": today, "expires_at": expires_at}
    fields["name_state"] = NameState.WAITS
    here = {name: fields[name] for name in ("pledge_id", "address_key", "member")}
    while True:
        made = connection.execute(FRESH[connection.dialect.name], fields).scalar()
        if made is not None:
            return Signed(int(made), State.PENDING)
        row = connection.execute(HERE, here).one_or_none()
        if row is not None:  # else it was erased at this moment
            break
    if row.invalidation_id is not None:
        return Signed(row.id, State.INVALIDATED)
    if row.state not in AGAIN:
        return Signed(row.id, State(row.state))
    tokens.drop(connection, "signature", row.id)
    connection.execute(
        update(TABLE).where(TABLE.c.id == row.id).values(confirmed_on=None, **fields)
    )
    return Signed(row.id, State.PENDING)


def confirm(
    connection: Connection, signature_id: int, contact_id: int, *, now: datetime, today: date
) -> bool:
    """Count a signature of a mailbox that waits; False when it does not, or waited too long.

    Use its link first (`engage.contacts.tokens.use`): that holds the mailbox.
    """
    given = {"signature": signature_id, "contact": contact_id, "now": now, "today": today}
    row = connection.execute(CONFIRM, given).one_or_none()
    if row is None:
        return False
    shift(connection, row.pledge_id, row.kind, row.ward, 1)
    return True


def withdraw(connection: Connection, signature_id: int) -> bool:
    """Take a signature back: it counts no more, and name, ward and mailbox are emptied.

    The keyed hash stays, so that the same person can sign again and still counts once; and so does
    what took it out of the count, which taking back does not undo. False when there is nothing to
    take back.
    """
    row = locked(connection, signature_id)
    if row is None or row.state == State.WITHDRAWN:
        return False
    emptied = {
        "state": State.WITHDRAWN,
        "contact_id": None,
        "name": "",
        "show_name": False,
        "name_state": NameState.WAITS,
        "under_18": False,
        "ward": "",
        "network": None,
        "expires_at": None,
        "organisation_id": None,
    }
    connection.execute(update(TABLE).where(TABLE.c.id == signature_id).values(emptied))
    if row.state == State.CONFIRMED:
        shift(connection, row.pledge_id, row.kind, row.ward, -1)
    return True


def change(
    connection: Connection, signature_id: int, *, name: str, show_name: bool, ward: str
) -> bool:
    """Change what a person may change of their own; False when it is withdrawn or gone.

    The name of somebody under 18 stays hidden, whatever is asked. Another name waits for staff.
    """
    row = locked(connection, signature_id)
    if row is None or row.state == State.WITHDRAWN:
        return False
    changed: dict[str, object] = {
        "name": name,
        "show_name": show_name and not row.under_18,
        "ward": ward,
    }
    if name != row.name:
        changed["name_state"] = NameState.WAITS
    connection.execute(update(TABLE).where(TABLE.c.id == signature_id).values(changed))
    if row.state == State.CONFIRMED and row.ward != ward:
        shift_all(
            connection,
            {(row.pledge_id, row.kind, row.ward): -1, (row.pledge_id, row.kind, ward): 1},
        )
    return True


def erase(connection: Connection, contact_id: int) -> int:
    """Delete every signature of a mailbox; how many. They count no more.

    By its number and by its keyed hash: one that was withdrawn has the hash alone.
    """
    hold(connection, contact_id)
    key = select(CONTACTS.c.address_key).where(CONTACTS.c.id == contact_id).scalar_subquery()
    return _erase(connection, or_(TABLE.c.contact_id == contact_id, TABLE.c.address_key == key))


def erase_one(connection: Connection, signature_id: int) -> bool:
    """Delete one signature; False when there is none."""
    row = get(connection, signature_id)
    if row is not None and row.contact_id is not None:
        hold(connection, row.contact_id)
    return _erase(connection, TABLE.c.id == signature_id) == 1


def _erase(connection: Connection, which: ColumnElement[bool]) -> int:
    held = select(TABLE.c.id).where(which).order_by(TABLE.c.id).with_for_update()
    ids = list(connection.execute(held).scalars())
    tokens.drop(connection, "signature", *ids)
    gone = delete(TABLE).where(TABLE.c.id.in_(ids)).returning(*CELL, TABLE.c.state)
    rows = connection.execute(gone).all() if ids else []
    counted = [(row.pledge_id, row.kind, row.ward) for row in rows if row.state == State.CONFIRMED]
    shift_all(connection, cells_of(counted, -1))
    return len(rows)


def attach(connection: Connection, signature_id: int, organisation_id: int) -> None:
    """Say for which organisation a signature is."""
    theirs = update(TABLE).where(TABLE.c.id == signature_id)
    connection.execute(theirs.values(organisation_id=organisation_id))


def get(connection: Connection, signature_id: int) -> Row[tuple[object, ...]] | None:
    """A signature with all its columns."""
    return connection.execute(select(TABLE).where(TABLE.c.id == signature_id)).one_or_none()


def locked(connection: Connection, signature_id: int) -> Row[tuple[object, ...]] | None:
    """A signature that nobody else changes until the transaction ends."""
    held = select(TABLE).where(TABLE.c.id == signature_id).with_for_update()
    return connection.execute(held).one_or_none()


def of_contact(connection: Connection, contact_id: int) -> list[Row[tuple[object, ...]]]:
    """The signatures of a mailbox, oldest first, with those taken back: its key is kept."""
    key = select(CONTACTS.c.address_key).where(CONTACTS.c.id == contact_id).scalar_subquery()
    alone = and_(TABLE.c.contact_id.is_(None), TABLE.c.address_key == key)
    theirs = select(TABLE).where(or_(TABLE.c.contact_id == contact_id, alone))
    return list(connection.execute(theirs.order_by(TABLE.c.id)).all())
