"""Counting tries of receipt codes, so that nobody finds one by guessing.

Ten wrong ones from a network in a quarter of an hour; and when there are too many a minute from
everywhere, one. Who has not guessed wrong is let in all the same, or whoever guesses would lock
everyone out. A guess finds one of 10,000 reports once in 10^12 tries. Right codes are taken back,
and counted for themselves: each costs work as well.
"""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from sqlalchemy import Connection, case, delete, func, select, update

from engage.extensions import INSERTS, table_of
from engage.reports.visit_models import ReceiptTry

TRIES = table_of(ReceiptTry)
A_NETWORK = 10
STRETCH = timedelta(minutes=15)
EVERYWHERE = 60
A_MINUTE = timedelta(minutes=1)
RIGHT_A_NETWORK = 30
"""Right codes in a quarter of an hour: many may come back from one library."""
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
    Raises TooManyTriesError.
    """
    since, minute = _floor(now, STRETCH), _floor(now, A_MINUTE)
    wrong = _count(connection, network, since) - 1
    if wrong >= A_NETWORK or tried(connection, _right(network), now) >= RIGHT_A_NETWORK:
        raise TooManyTriesError(since + STRETCH - now)
    if _count(connection, ALL, minute) > EVERYWHERE and wrong > 0:
        raise TooManyTriesError(minute + A_MINUTE - now)


def was_right(connection: Connection, network: str, now: datetime) -> None:
    """Take back a try whose code was right; `now` is the moment at which it was counted."""
    for name, since in ((network, _floor(now, STRETCH)), (ALL, _floor(now, A_MINUTE))):
        connection.execute(
            update(TRIES)
            .where(TRIES.c.network == name, TRIES.c.since == since)
            .values(tries=case((TRIES.c.tries > 0, TRIES.c.tries - 1), else_=0))
        )
    _count(connection, _right(network), _floor(now, STRETCH))


def forget(connection: Connection, now: datetime) -> int:
    """Delete the counts that matter no more: their times would tell when people came; how many."""
    return connection.execute(delete(TRIES).where(TRIES.c.since <= now - STRETCH)).rowcount


def tried(connection: Connection, network: str, now: datetime) -> int:
    """How many tries of a network count at present."""
    counted = select(func.coalesce(func.sum(TRIES.c.tries), 0)).where(
        TRIES.c.network == network, TRIES.c.since == _floor(now, STRETCH)
    )
    return int(connection.execute(counted).scalar_one())


def _right(network: str) -> str:
    """Under what the right codes of a network are counted."""
    return blake2b(network.encode(), digest_size=16, person=b"right codes").hexdigest()


def _count(connection: Connection, network: str, since: datetime) -> int:
    new = INSERTS[connection.dialect.name](TRIES).values(network=network, since=since, tries=1)
    counted = new.on_conflict_do_update(
        index_elements=["network", "since"], set_={"tries": TRIES.c.tries + 1}
    ).returning(TRIES.c.tries)
    return int(connection.execute(counted).scalar_one())


def _floor(now: datetime, step: timedelta) -> datetime:
    return _START + (now - _START) // step * step
