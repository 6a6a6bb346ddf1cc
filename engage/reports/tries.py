"""Counting tries of receipt codes, so that nobody finds one by guessing.

Ten wrong ones from a network in a quarter of an hour, and so many a minute from everywhere, after
which everyone is asked to wait: a guess finds one of 10,000 reports once in 10^12 tries.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, case, delete, func, select, update

from engage.extensions import INSERTS, table_of
from engage.reports.visit_models import ReceiptTry

TRIES = table_of(ReceiptTry)
A_NETWORK = 10
STRETCH = timedelta(minutes=15)
EVERYWHERE = 60
A_MINUTE = timedelta(minutes=1)
ALL = "all"
"""Stands for every network together; a hash of one is longer."""
_START = datetime(2026, 1, 1, tzinfo=UTC)


class TooManyTriesError(Exception):
    """No code is looked at before `wait` is over, whether it is a right one or not."""

    def __init__(self, wait: timedelta) -> None:
        """Keep how long to wait."""
        super().__init__("Too many codes were tried: wait before the next one.")
        self.wait = wait


def count_try(connection: Connection, network: str, now: datetime) -> None:
    """Count a try before its code is looked at; commit it before that, too.

    So tries that are sent at once are all counted. `network` is `engage.network.network_key()`.
    Raises TooManyTriesError; such a try counts for the network but not for everyone.
    """
    since, minute = _floor(now, STRETCH), _floor(now, A_MINUTE)
    if _count(connection, network, since) > A_NETWORK:
        raise TooManyTriesError(since + STRETCH - now)
    if _count(connection, ALL, minute) > EVERYWHERE:
        raise TooManyTriesError(minute + A_MINUTE - now)


def was_right(connection: Connection, network: str, now: datetime) -> None:
    """Take back a try whose code was right: many may come back from one network."""
    connection.execute(
        update(TRIES)
        .where(TRIES.c.network == network, TRIES.c.since == _floor(now, STRETCH))
        .values(tries=case((TRIES.c.tries > 0, TRIES.c.tries - 1), else_=0))
    )


def forget(connection: Connection, now: datetime) -> int:
    """Delete the counts that matter no more: their times would tell when people came; how many."""
    return connection.execute(delete(TRIES).where(TRIES.c.since <= now - STRETCH)).rowcount


def tried(connection: Connection, network: str, now: datetime) -> int:
    """How many tries of a network count at present."""
    counted = select(func.coalesce(func.sum(TRIES.c.tries), 0)).where(
        TRIES.c.network == network, TRIES.c.since == _floor(now, STRETCH)
    )
    return int(connection.execute(counted).scalar_one())


def _count(connection: Connection, network: str, since: datetime) -> int:
    new = INSERTS[connection.dialect.name](TRIES).values(network=network, since=since, tries=1)
    counted = new.on_conflict_do_update(
        index_elements=["network", "since"], set_={"tries": TRIES.c.tries + 1}
    ).returning(TRIES.c.tries)
    return int(connection.execute(counted).scalar_one())


def _floor(now: datetime, step: timedelta) -> datetime:
    return _START + (now - _START) // step * step
