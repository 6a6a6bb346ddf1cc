"""Which organisations have a signature that counts: only those can be on the list."""

from sqlalchemy import ColumnElement, Connection, and_, exists, literal, select

from engage.extensions import table_of
from engage.pledges.models import Signature, State
from engage.pledges.words import Words, words_in

TABLE = table_of(Signature)


def backed(organisation: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a signature that counts is an organisation's, as a condition on its number."""
    return exists().where(TABLE.c.organisation_id == organisation, TABLE.c.state == State.CONFIRMED)


def taken_out(organisation: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether staff took an organisation's signature out, and no other of it counts.

    As a condition on its number. Such an organisation is not shown until its signature is back.
    """
    out = exists().where(
        TABLE.c.organisation_id == organisation, TABLE.c.state == State.INVALIDATED
    )
    return and_(out, ~backed(organisation))


def is_taken_out(connection: Connection, organisation_id: int) -> bool:
    """The same for one organisation."""
    return bool(connection.execute(select(taken_out(literal(organisation_id)))).scalar())


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
