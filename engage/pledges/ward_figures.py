"""How many signed in each ward, as it may be shown to everybody: of a past day, and in steps.

The total of a pledge is public to the one, at every moment. A table of wards beside it that was as
fresh would tell where somebody lives who just signed or took their signature back. So the table is
made once a day, of the signatures that counted when the day before ended, and only when five
people or more have changed it since it was made last: a day with one signature tells nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.pledges.models import Pledge, Signature, State, WardFigure

TABLE, SIGNATURES, PLEDGES = table_of(WardFigure), table_of(Signature), table_of(Pledge)
SMALLEST = 5
"""Signatures of a ward that are shown; fewer are hidden, and more are told in steps of as many.

As many people must have changed a table before it is made anew.
"""
FEWEST_WARDS = 3
"""With fewer wards the total would tell what one of them hides."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Ward to its signatures at least, None for fewer than five; as of the end of a day."""

    by_ward: dict[str, int | None] = field(default_factory=dict)
    as_of: date | None = None


def shown(connection: Connection, pledge_id: int, wards: Iterable[str]) -> Shown:
    """The table of a pledge; nothing of fewer than three wards, or before it was first made.

    The total is public to the one, so an exact figure for every other ward would tell what a
    hidden one hides. So the figures are rounded down to multiples of five: what the total leaves
    over may belong to any ward.
    """
    wards = list(wards)
    kept = select(TABLE).where(TABLE.c.pledge_id == pledge_id)
    rows = {row.ward: row for row in connection.execute(kept)}
    if len(wards) < FEWEST_WARDS or not rows:
        return Shown()
    steps = {
        ward: rows[ward].number // SMALLEST * SMALLEST if ward in rows else 0 for ward in wards
    }
    as_of = max(row.as_of for row in rows.values())
    return Shown({ward: number or None for ward, number in steps.items()}, as_of)


def renew(session: Session, today: date) -> int:
    """Make the tables anew that enough people have changed by the end of yesterday; how many.

    Commits after each. One of which no signature has a ward any more goes, however few changed it.
    """
    made = 0
    for pledge_id in session.scalars(select(PLEDGES.c.id).order_by(PLEDGES.c.id)).all():
        made += renew_one(session.connection(), pledge_id, today)
        session.commit()
    return made


def renew_one(connection: Connection, pledge_id: int, today: date) -> bool:
    """Make a table anew, if enough people have changed it; whether it was. The caller commits."""
    before = select(TABLE.c.ward, TABLE.c.number).where(TABLE.c.pledge_id == pledge_id)
    old = {ward: int(number) for ward, number in connection.execute(before)}
    new = _counted(connection, pledge_id, today)
    changed = sum(abs(new.get(ward, 0) - old.get(ward, 0)) for ward in new.keys() | old.keys())
    if changed < SMALLEST and (new or not old):
        return False
    connection.execute(delete(TABLE).where(TABLE.c.pledge_id == pledge_id))
    as_of = today - timedelta(days=1)
    rows = [
        {"pledge_id": pledge_id, "ward": ward, "number": number, "as_of": as_of}
        for ward, number in new.items()
    ]
    if rows:
        connection.execute(insert(TABLE), rows)
    return True


def _counted(connection: Connection, pledge_id: int, today: date) -> dict[str, int]:
    """Ward to the signatures that counted when yesterday ended, and still do."""
    counted = (
        select(SIGNATURES.c.ward, func.count())
        .where(
            SIGNATURES.c.pledge_id == pledge_id,
            SIGNATURES.c.state == State.CONFIRMED,
            SIGNATURES.c.confirmed_on < today,
            SIGNATURES.c.ward != "",
        )
        .group_by(SIGNATURES.c.ward)
        .order_by(SIGNATURES.c.ward)
    )
    return {ward: int(number) for ward, number in connection.execute(counted)}
