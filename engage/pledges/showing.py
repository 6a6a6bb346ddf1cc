"""Names that people asked to be shown: staff look at each before everybody can.

A decision is about the very name that was looked at. Who changes theirs waits anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, update

from engage.extensions import table_of
from engage.pledges.models import NameState, Signature, State

TABLE = table_of(Signature)
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that somebody asked to be shown, and what was decided about it."""

    id: int
    pledge_id: int
    name: str
    name_state: str
    confirmed_on: date | None

    @property
    def seen(self) -> str:
        """What a form sends back: the number, and a digest of what whoever presses looked at."""
        looked_at = f"{self.name_state}\n{self.name}".encode()
        return f"{self.id}-{sha256(looked_at).hexdigest()[:32]}"


def waiting(connection: Connection) -> list[Asked]:
    """The names that have waited longest, a page of them."""
    wanted = _asked(TABLE.c.state == State.CONFIRMED, TABLE.c.name_state == NameState.WAITS)
    rows = connection.execute(wanted.limit(A_PAGE))
    return [Asked(*row) for row in rows]


def how_many_wait(connection: Connection) -> int:
    """How many names nobody has looked at yet."""
    wanted = _asked(TABLE.c.state == State.CONFIRMED, TABLE.c.name_state == NameState.WAITS)
    counted = select(func.count()).select_from(wanted.order_by(None).subquery())
    return int(connection.execute(counted).scalar_one())


def one(connection: Connection, signature_id: int) -> Asked | None:
    """The name of a signature, if it was asked to be shown."""
    row = connection.execute(_asked(TABLE.c.id == signature_id)).one_or_none()
    return Asked(*row) if row is not None else None


def decide(connection: Connection, seen: Collection[str], state: NameState) -> list[int]:
    """Show or hide names as they were looked at; the numbers of those that were decided on.

    One that was changed meanwhile, or that somebody else decided on, stays as it is.
    """
    numbers = {int(each.partition("-")[0]) for each in seen if each.partition("-")[0].isdecimal()}
    held = _asked(TABLE.c.id.in_(numbers)).with_for_update()
    found = [Asked(*row) for row in connection.execute(held)] if numbers else []
    meant = [each.id for each in found if each.seen in seen]
    if meant:
        decided = update(TABLE).where(TABLE.c.id.in_(meant))
        connection.execute(decided.values(name_state=state))
    return meant


def _asked(*which: ColumnElement[bool]) -> Select[tuple[Any, ...]]:
    columns = (TABLE.c[name] for name in Asked.__slots__)
    shown = (TABLE.c.show_name, ~TABLE.c.under_18, TABLE.c.name != "")
    return select(*columns).where(*shown, *which).order_by(TABLE.c.id)
