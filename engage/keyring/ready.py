"""Whether reports can be taken: not before somebody could read them, now and after a loss."""

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from engage.keyring.entitled import caseworkers
from engage.keyring.shared import RECOVERY, STATISTICS, public_of


def can_take(connection: Connection | Session) -> bool:
    """Whether there are a recovery key, a statistics key and a caseworker with a key."""
    return all(public_of(connection, name) for name in (RECOVERY, STATISTICS)) and bool(
        caseworkers(connection)
    )
