"""What hangs on a mailbox, read from the schema: a table that is added is not forgotten here."""

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, exists, or_, select, true

from engage.contacts.models import Consent, Contact
from engage.extensions import Base, table_of

CONTACTS, CONSENTS = table_of(Contact), table_of(Consent)
UNSENT = ("waiting", "sending")


def columns() -> list[Column[int]]:
    """The columns of all tables that point to a mailbox, those quick to look through first."""
    found = [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is CONTACTS.c.id
    ]
    return sorted(
        found, key=lambda each: (not each.index, each.table.name != "signatures", str(each))
    )


def is_attached(connection: Connection, contact_id: int) -> bool:
    """Whether a signature, booking, organisation or the like hangs on a mailbox.

    What its owner agreed to hear, its links and its messages alone are nothing of that kind.
    """
    found = (select(1).where(each == contact_id) for each in columns() if _is_own(each.table))
    return any(connection.execute(each.limit(1)).first() is not None for each in found)


def _is_own(table: Table) -> bool:
    return table.name not in {"consents", "mail_tokens", "outgoing_messages"}


def ends_with() -> list[Column[int]]:
    """Those whose rows stay when the mailbox goes: they must be seen to first."""
    return [column for column in columns() if _rule(column) != "CASCADE"]


def holds(contact: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether something that keeps a mailbox hangs on it.

    A signature, an organisation, a booking, a link that is still good; a message only until it has
    left; an agreement only while it holds.
    """
    return or_(
        *(
            exists(select(1).where(column == contact, _while(column.table)).correlate(CONTACTS))
            for column in columns()
        )
    )


def _rule(column: Column[int]) -> str | None:
    (key,) = (key for key in column.foreign_keys if key.column is CONTACTS.c.id)
    return key.ondelete


def _while(table: Table) -> ColumnElement[bool]:
    """While a row of a table keeps its mailbox."""
    if table is CONSENTS:
        later = CONSENTS.alias("later")
        newer = select(1).where(
            later.c.contact_id == CONSENTS.c.contact_id,
            later.c.topic == CONSENTS.c.topic,
            later.c.channel == CONSENTS.c.channel,
            later.c.id > CONSENTS.c.id,
        )
        return and_(CONSENTS.c.given, ~exists(newer.correlate(CONSENTS)))
    if table.name == "outgoing_messages":
        return table.c.state.in_(UNSENT)
    return true()
