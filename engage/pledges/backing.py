"""Which organisations have a signature that counts: only those can be on the list."""

from sqlalchemy import ColumnElement, Connection, exists, literal, select

from engage.extensions import table_of
from engage.pledges.models import Signature, State

TABLE = table_of(Signature)


def backed(organisation: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a signature that counts is an organisation's, as a condition on its number."""
    return exists().where(
        TABLE.c.organisation_id == organisation, TABLE.c.state == State.CONFIRMED
    )


def is_backed(connection: Connection, organisation_id: int) -> bool:
    """The same for one organisation."""
    return bool(connection.execute(select(backed(literal(organisation_id)))).scalar())
