"""Messages as they are held: taken under a lease, begun, and what became of them.

Nothing here commits. A lease is told from a later one by the moment at which it ends.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from engage.extensions import table_of
from engage.outbox.models import OutgoingMessage

TABLE = table_of(OutgoingMessage)

LEASE = timedelta(minutes=5)
TWICE = "perhaps twice"
"""The fault of a message that left, or may have, before it was sent once more."""
BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long a message waits that was not taken; after one attempt more it is given up."""


@dataclass(frozen=True, slots=True)
class Held:
    """A message that this worker holds until `until`; `attempts` were made before."""

    id: int
    kind: str
    contact_id: int
    campaign_id: int | None
    message_id: str
    subject: str
    text: str
    attempts: int
    fault: str
    until: datetime


def take(session: Session, now: datetime, most: int, lease: timedelta = LEASE) -> list[Held]:
    """Up to `most` messages that are due, now held; what belongs to no campaign comes first.

    One that was being sent when its holder's lease ran out may have left: it is marked so.
    """
    due = TABLE.c.due_at <= now
    mine = _free(session, now, most, due, TABLE.c.campaign_id.is_(None))
    mine += _free(session, now, most - len(mine), due, TABLE.c.campaign_id.is_not(None))
    if not mine:
        return []
    held = TABLE.c.id.in_(mine)
    crashed = update(TABLE).where(held, TABLE.c.state == "sending")
    session.execute(crashed.values(state="waiting", fault=TWICE))
    session.execute(update(TABLE).where(held).values(leased_until=now + lease))
    columns = (
        TABLE.c.id, TABLE.c.kind, TABLE.c.contact_id, TABLE.c.campaign_id, TABLE.c.message_id,
        TABLE.c.subject, TABLE.c.text, TABLE.c.attempts, TABLE.c.fault,
        TABLE.c.leased_until.label("until"),
    )  # fmt: skip
    found = session.execute(select(*columns).where(held)).mappings()
    rows = {row["id"]: Held(**row) for row in found}
    return [rows[each] for each in mine]


def _free(session: Session, now: datetime, most: int, *where: ColumnElement[bool]) -> list[int]:
    """The numbers of messages that nobody holds, locked, those that are due longest first."""
    if most <= 0:
        return []
    unheld = or_(TABLE.c.leased_until.is_(None), TABLE.c.leased_until <= now)
    found = (
        select(TABLE.c.id)
        .where(TABLE.c.state.in_(("waiting", "sending")), unheld, *where)
        .order_by(TABLE.c.due_at, TABLE.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(found))


def begin(session: Session, held: Held, now: datetime, lease: timedelta = LEASE) -> Held | None:
    """Mark a message as being sent, under a new lease; None if it is another's or gone by now."""
    until = now + lease
    begun = (
        update(TABLE)
        .where(
            TABLE.c.id == held.id,
            TABLE.c.state == "waiting",
            TABLE.c.leased_until == held.until,
        )
        .values(state="sending", attempts=held.attempts + 1, leased_until=until)
        .returning(TABLE.c.id)
    )
    if session.execute(begun).first() is None:
        return None
    return replace(held, attempts=held.attempts + 1, until=until)


def sent(session: Session, held: Held, now: datetime) -> None:
    """It left: its words are not needed any more."""
    fault = TWICE if held.fault == TWICE else ""
    _end(session, held, state="sent", left_at=now, fault=fault)


def refused(session: Session, held: Held, fault: str) -> None:
    """It will never be taken."""
    _end(session, held, state="refused", fault=fault)


def dropped(session: Session, held: Held, fault: str) -> None:
    """It is not to leave any more."""
    _end(session, held, state="dropped", fault=fault)


def again(session: Session, held: Held, now: datetime, fault: str) -> None:
    """It was not taken: it waits for its next attempt, or is given up after the last."""
    fault = TWICE if held.fault == TWICE else fault
    if held.attempts > len(BACKOFF):
        _end(session, held, state="failed", fault=fault)
        return
    due_at = now + BACKOFF[held.attempts - 1]
    _note(session, held, state="waiting", due_at=due_at, fault=fault)


def untried(session: Session, held: Held) -> None:
    """It was not tried after all, for nothing can be sent: it waits as before."""
    _note(session, held, state="waiting", attempts=held.attempts - 1)


def let_go(session: Session, held: list[Held]) -> None:
    """Give back what was held and not begun."""
    for each in held:
        mine = (TABLE.c.id == each.id, TABLE.c.leased_until == each.until)
        back = update(TABLE).where(*mine, TABLE.c.state == "waiting")
        session.execute(back.values(leased_until=None))


def _end(session: Session, held: Held, **values: Any) -> None:
    _note(session, held, subject="", text="", **values)


def _note(session: Session, held: Held, **values: Any) -> None:
    """Write what became of it, unless its lease ran out and another has it."""
    mine = (TABLE.c.id == held.id, TABLE.c.leased_until == held.until)
    session.execute(update(TABLE).where(*mine).values(leased_until=None, **values))
