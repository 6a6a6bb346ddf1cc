"""Signatures of older lists and of paper, which belong to no mailbox until theirs is proven."""

from sqlalchemy import ColumnElement, Connection, FromClause, and_, or_, select, update

from engage.extensions import table_of
from engage.pledges.models import Signature, State

TABLE = table_of(Signature)


def without_mailbox(
    table: FromClause, address_key: bytes | ColumnElement[bytes]
) -> tuple[ColumnElement[bool], ...]:
    """Conditions of the signatures of an address that have no mailbox, though it may have them.

    Those that count, and those that staff took out. One that was taken back is nobody's on purpose.
    """
    return (
        table.c.address_key == address_key,
        table.c.contact_id.is_(None),
        table.c.state.in_((State.CONFIRMED, State.INVALIDATED)),
    )


def adopt(connection: Connection, contact_id: int, address_key: bytes, *also: int) -> int:
    """Give a proven mailbox the signatures of its address that have none; how many.

    Only whoever reads the mailbox may see and change them. All are locked by number, with `also`
    what the caller changes next: whoever takes signatures out waits for them in this order too.
    """
    those = and_(*without_mailbox(TABLE, address_key))
    all_of_them = select(TABLE.c.id).where(or_(those, TABLE.c.id.in_(also)))
    connection.execute(all_of_them.order_by(TABLE.c.id).with_for_update()).all()
    given = update(TABLE).where(those).values(contact_id=contact_id).returning(TABLE.c.id)
    return len(connection.execute(given).all())
