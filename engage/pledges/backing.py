"""Which organisations have a signature that counts: only those can be on the list."""

from sqlalchemy import ColumnElement, Connection, exists, literal, select

from engage.extensions import table_of
from engage.pledges.models import Signature, State
from engage.pledges.words import Words, words_in

TABLE = table_of(Signature)


def backed(organisation: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a signature that counts is an organisation's, as a condition on its number."""
    return exists().where(TABLE.c.organisation_id == organisation, TABLE.c.state == State.CONFIRMED)


def is_backed(connection: Connection, organisation_id: int) -> bool:
    """The same for one organisation."""
    return bool(connection.execute(select(backed(literal(organisation_id)))).scalar())


def signed_by(connection: Connection, organisation_id: int, language: str) -> list[Words]:
    """What an organisation signed: of each pledge the newest words, in a language if it has that.

    Those under which a signature of it counts, in the order in which the pledges were made.
    """
    pledges = select(TABLE.c.pledge_id).where(
        TABLE.c.organisation_id == organisation_id, TABLE.c.state == State.CONFIRMED
    )
    numbers = connection.execute(pledges.distinct().order_by(TABLE.c.pledge_id)).scalars().all()
    found = (words_in(connection, number, language) for number in numbers)
    return [each for each in found if each is not None]
