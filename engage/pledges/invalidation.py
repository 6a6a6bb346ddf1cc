"""Signatures that staff take out of the count, and bring back."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Connection, Update, select, update

from engage.extensions import table_of
from engage.pledges.counts import Cell, cells_of, shift_all
from engage.pledges.models import Signature, State

TABLE = table_of(Signature)
MANY = 500


def invalidate(connection: Connection, ids: Collection[int], invalidation_id: int) -> int:
    """Take signatures out; how many were taken out, counted or waiting.

    A link that was mailed for one that waits confirms nothing any more. Those that are withdrawn
    or taken out already stay as they are.
    """
    taken, moved = 0, Counter[Cell]()
    for some in _locked(connection, ids):
        out = update(TABLE).where(TABLE.c.id.in_(some))
        out = out.values(state=State.INVALIDATED, invalidation_id=invalidation_id)
        counted = _changed(connection, out.where(TABLE.c.state == State.CONFIRMED))
        moved.subtract(counted)
        taken += counted.total()
        taken += connection.execute(out.where(TABLE.c.state == State.PENDING)).rowcount
    shift_all(connection, moved)
    return taken


def restore(connection: Connection, invalidation_id: int, ids: Collection[int] = ()) -> int:
    """Bring back what an invalidation took out, or only some of it; how many came back.

    What was not confirmed yet waits again. What was withdrawn meanwhile stays so, and can be signed
    again from now on.
    """
    those = select(TABLE.c.id).where(TABLE.c.invalidation_id == invalidation_id)
    found = set(connection.execute(those).scalars())
    came, moved = 0, Counter[Cell]()
    for some in _locked(connection, found & set(ids) if ids else found):
        back = update(TABLE).where(
            TABLE.c.id.in_(some),
            TABLE.c.state == State.INVALIDATED,
            TABLE.c.invalidation_id == invalidation_id,
        )
        was = TABLE.c.confirmed_on.is_not(None)
        again = back.where(was).values(state=State.CONFIRMED, invalidation_id=None)
        counted = _changed(connection, again)
        moved.update(counted)
        waits = back.where(~was).values(state=State.PENDING, invalidation_id=None)
        came += counted.total() + connection.execute(waits).rowcount
        free = update(TABLE).where(TABLE.c.id.in_(some), TABLE.c.state == State.WITHDRAWN)
        free = free.where(TABLE.c.invalidation_id == invalidation_id)
        connection.execute(free.values(invalidation_id=None))
    shift_all(connection, moved)
    return came


def _locked(connection: Connection, ids: Collection[int]) -> list[list[int]]:
    """Numbers of signatures in parts, all of them locked, in one order everywhere.

    Before any count is: whoever withdraws has the signature first too.
    """
    ordered = sorted(ids)
    parts = [ordered[start : start + MANY] for start in range(0, len(ordered), MANY)]
    for some in parts:
        held = select(TABLE.c.id).where(TABLE.c.id.in_(some)).order_by(TABLE.c.id)
        connection.execute(held.with_for_update())
    return parts


def _changed(connection: Connection, changed: Update) -> Counter[Cell]:
    """Change signatures; how many, by what they count for."""
    rows = connection.execute(
        changed.returning(TABLE.c.pledge_id, TABLE.c.kind, TABLE.c.ward)
    ).all()
    return cells_of(((row[0], row[1], row[2]) for row in rows), 1)
