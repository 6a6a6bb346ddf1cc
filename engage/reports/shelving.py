"""Inboxes are kept and emptied one after another, so that nothing comes back that has expired."""

from sqlalchemy import Connection, func, select

LOCK = 0x5348454C
"""Of PostgreSQL, by a number; no other is taken by one."""


def take_turn(connection: Connection) -> None:
    """Wait until nobody else keeps or empties an inbox; until this transaction ends it is ours.

    On SQLite a transaction that writes is alone anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
