"""Signatures that staff take out of the count, and bring back."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, Update, select, update

from engage.extensions import table_of
from engage.pledges.counts import cells_of, shift_all
from engage.pledges.models import Signature, State

TABLE = table_of(Signature)
MANY = 500


def invalidate(connection: Connection, ids: Collection[int], invalidation_id: int) -> int:
    """Take signatures out; how many were taken out, counted or waiting.

    A link that was mailed for one that waits confirms nothing any more. Those that are withdrawn
    or taken out already stay as they are.
    """
    taken = 0
    for some in _parts(connection, ids):
        out = update(TABLE).where(TABLE.c.id.in_(some))
        out = out.values(state=State.INVALIDATED, invalidation_id=invalidation_id)
        taken += _shifted(connection, out.where(TABLE.c.state == State.CONFIRMED), -1)
        taken += connection.execute(out.where(TABLE.c.state == State.PENDING)).rowcount
    return taken


def restore(connection: Connection, invalidation_id: int, ids: Collection[int] = ()) -> int:
    """Bring back what an invalidation took out, or only some of it; how many came back.

    What was not confirmed yet waits again, and what was withdrawn meanwhile stays so.
    """
    those = select(TABLE.c.id).where(TABLE.c.invalidation_id == invalidation_id)
    found = set(connection.execute(those).scalars())
    came = 0
    for some in _parts(connection, found & set(ids) if ids else found):
        back = update(TABLE).where(
            TABLE.c.id.in_(some),
            TABLE.c.state == State.INVALIDATED,
            TABLE.c.invalidation_id == invalidation_id,
        )
        was = TABLE.c.confirmed_on.is_not(None)
        again = back.where(was).values(state=State.CONFIRMED, invalidation_id=None)
        came += _shifted(connection, again, 1)
        waits = back.where(~was).values(state=State.PENDING, invalidation_id=None)
        came += connection.execute(waits).rowcount
    return came


def _parts(connection: Connection, ids: Collection[int]) -> Iterator[list[int]]:
    """Numbers of signatures, so many at a time, locked in one order everywhere."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), MANY):
        some = ordered[start : start + MANY]
        held = select(TABLE.c.id).where(TABLE.c.id.in_(some)).order_by(TABLE.c.id)
        connection.execute(held.with_for_update())
        yield some


def _shifted(connection: Connection, changed: Update, by: int) -> int:
    """Change signatures, and the counts by as many as changed."""
    rows = connection.execute(
        changed.returning(TABLE.c.pledge_id, TABLE.c.kind, TABLE.c.ward)
    ).all()
    shift_all(connection, cells_of(((row[0], row[1], row[2]) for row in rows), by))
    return len(rows)
