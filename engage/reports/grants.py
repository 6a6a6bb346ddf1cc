"""Letting a colleague open reports: their keys, sealed to one more person who may have them."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from engage.extensions import INSERTS
from engage.keyring.entitled import entitled
from engage.keyring.held import Held
from engage.reports.holders import KEYS, staff_row
from engage.reports.opened import REPORTS, rings_of_many


class NotEntitledError(ValueError):
    """Somebody who may not open reports, or has no key yet; the message says what to do."""


def grant(connection: Connection, held: Held, staff_id: int, report_ids: Iterable[str]) -> int:
    """Let a colleague open those of these reports that the giver can open; how many.

    What they could open before with a key that they lost, they can open again. Raises
    NotEntitledError.
    """
    public = entitled(connection).get(staff_id)
    if public is None:
        raise NotEntitledError(
            f"Account {staff_id} is not that of an active caseworker or safeguarding lead with a "
            "key: they get one when they next sign in."
        )
    mine = rings_of_many(connection, held, report_ids)
    rows = [staff_row(report_id, staff_id, public, rings) for report_id, rings in mine.items()]
    put = INSERTS[connection.dialect.name](KEYS)
    put = put.on_conflict_do_update(
        index_elements=["report_id", "staff_id"], set_={"sealed": put.excluded.sealed}
    )
    if rows:
        connection.execute(put, rows)
    return len(rows)


def lacking(connection: Connection, staff_id: int) -> list[str]:
    """The ids of the reports for which somebody has no key at all."""
    theirs = select(KEYS.c.report_id).where(KEYS.c.staff_id == staff_id)
    return list(connection.scalars(select(REPORTS.c.id).where(REPORTS.c.id.not_in(theirs))))
