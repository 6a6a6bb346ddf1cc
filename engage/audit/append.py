"""Events wait in the session and are chained and stored as the last thing before it commits.

So they get their places in the order of commits, the row that says where the chain stands is
locked for a moment only, and always last: two that wait for it hold nothing that the other needs.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event, func, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction

from engage.audit import anchors
from engage.audit.chain import COVERED, GENESIS, event_hash
from engage.audit.models import AuditEvent, AuditHead
from engage.extensions import INSERTS, table_of

EVENTS, HEADS = table_of(AuditEvent), table_of(AuditHead)
HEAD = 1
"""The only row of its table."""
WAITING, STORED = "audit_waiting", "audit_stored"


class LostHeadError(RuntimeError):
    """There are events, but the row that says where their chain stands is gone."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The audit log has events, but the row of audit_heads is missing: somebody deleted it. "
            "Run `flask --app run audit verify`, and restore the last good backup."
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that is not stored yet, and the savepoint inside which it was noted."""

    at: datetime
    staff_id: int | None
    action: str
    subject: str
    detail: str
    step: SessionTransaction | None


def wait(session: Session, noted: Waiting) -> None:
    """Let an event wait for the commit of this session's transaction."""
    if not session.in_transaction():
        session.begin()  # else a rollback would find nothing to undo, and tell nobody
    session.info.setdefault(WAITING, []).append(noted)


def locked_head(session: Session) -> Any:
    """Where the chain stands, locked until the transaction ends; raises LostHeadError."""
    query = select(HEADS).where(HEADS.c.id == HEAD).with_for_update()
    head = session.execute(query).one_or_none()
    if head is not None:
        return head
    if session.scalar(select(func.max(EVENTS.c.id))) is None:
        first = INSERTS[session.get_bind().dialect.name](HEADS).values(
            id=HEAD, last_id=0, last_hash=GENESIS, gone_id=0, gone_hash=GENESIS
        )
        session.execute(first.on_conflict_do_nothing())
    head = session.execute(query).one_or_none()  # somebody else may have made the first events
    if head is None:
        raise LostHeadError
    return head


@event.listens_for(Session, "before_commit")
def _store(session: Session) -> None:
    if not session.info.get(WAITING) or session.in_nested_transaction():
        return
    session.flush()
    waiting: list[Waiting] = session.info.pop(WAITING)
    head = locked_head(session)
    number, before, rows = head.last_id, head.last_hash, []
    for each in waiting:
        number += 1
        columns = {name: getattr(each, name) for name in COVERED}
        before = event_hash(before, number, **columns)
        rows.append({"id": number, **columns, "hash": before})
    session.execute(insert(EVENTS), rows)
    stands = update(HEADS).where(HEADS.c.id == HEAD)
    session.execute(stands.values(last_id=number, last_hash=before))
    session.info[STORED] = anchors.Anchor(number, before, waiting[-1].at)


@event.listens_for(Session, "after_commit")
def _anchor(session: Session) -> None:
    stored = session.info.pop(STORED, None)
    if stored is not None:
        anchors.drop(stored)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, ended: SessionTransaction) -> None:
    """Whatever ended without being stored was undone."""
    if ended.parent is None:
        session.info.pop(WAITING, None)
        session.info.pop(STORED, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget_step(session: Session, undone: SessionTransaction) -> None:
    """A savepoint that is undone takes what was noted inside it along."""
    if undone.nested and session.info.get(WAITING):
        session.info[WAITING] = [
            each for each in session.info[WAITING] if not _inside(each.step, undone)
        ]


def _inside(step: SessionTransaction | None, undone: SessionTransaction) -> bool:
    while step is not None:
        if step is undone:
            return True
        step = step.parent
    return False
