"""Jobs: asked for in the transaction that causes them, held under a lease, done at least once.

Nothing here commits: asking belongs to the caller's transaction, and the worker commits around
claiming and finishing. Handlers are idempotent, because a worker may die after its work is stored
and before it says so.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.jobs.models import Job

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 5
BACKOFF = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)
ABANDONED = "The worker died each time it tried."


@dataclass(frozen=True, slots=True)
class Held:
    """A job that this worker holds until `until`; that moment also tells it from a later holder."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int
    until: datetime


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    due_at: datetime,
    key: str | None = None,
) -> Job:
    """The job, made in the caller's transaction, or the unfinished one with the same key.

    A waiting job is moved forward if this asks for it earlier. One that is being done goes back
    to waiting under its holder's lease, and so is done once more afterwards: what it has already
    read may be older than what this asker wrote.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    new = insert(Job).values(
        kind=kind,
        payload=json.dumps(payload, sort_keys=True),
        key=key,
        state="waiting",
        due_at=due_at,
        attempts=0,
        error="",
    )
    running = Job.state == "running"
    asked = new.on_conflict_do_update(
        index_elements=[Job.key],
        set_={
            "due_at": case(
                (or_(running, Job.due_at > new.excluded.due_at), new.excluded.due_at),
                else_=Job.due_at,
            ),
            "attempts": case((running, 0), else_=Job.attempts),
            "state": "waiting",
        },
    ).returning(Job)
    return session.scalars(asked, execution_options={"populate_existing": True}).one()


def claim(session: Session, now: datetime, *, lease: timedelta = LEASE) -> Held | None:
    """The job that has been due longest, now held by the caller; None when nothing is due.

    Takes up jobs whose holder's lease ran out. One that outlived every attempt that way is failed
    here: nobody else is left to say so.
    """
    due = (
        select(Job)
        .where(
            Job.state.in_(("waiting", "running")),
            Job.due_at <= now,
            or_(Job.leased_until.is_(None), Job.leased_until <= now),
        )
        .order_by(Job.due_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    while job := session.scalar(due):
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.key, job.leased_until, job.error = "failed", None, None, ABANDONED
            session.flush()
            continue
        job.state = "running"
        job.attempts += 1
        job.progress = 0
        job.leased_until = now + lease
        session.flush()
        return Held(job.id, job.kind, json.loads(job.payload), job.attempts, job.leased_until)
    return None


def finish(session: Session, held: Held) -> None:
    """Mark a held job as done and release its key; one asked for meanwhile waits again."""
    running = Job.state == "running"
    _let_go(
        session,
        held,
        state=case((running, "done"), else_=Job.state),
        key=case((running, None), else_=Job.key),
    )


def fail(session: Session, held: Held, now: datetime, error: str) -> None:
    """Let a held job wait for its next attempt, or give it up after the last one.

    `error` names a kind of fault and its place, and never quotes data.
    """
    running = Job.state == "running"
    if held.attempts < MOST_ATTEMPTS:
        again = now + BACKOFF[held.attempts - 1]
        due_at = case((running, again), else_=Job.due_at)
        _let_go(session, held, state="waiting", due_at=due_at, error=error)
        return
    _let_go(
        session,
        held,
        state=case((running, "failed"), else_=Job.state),
        key=case((running, None), else_=Job.key),
        error=error,
    )


def _let_go(session: Session, held: Held, **values: Any) -> None:
    """Give up the lease, unless it ran out and another worker has taken the job up."""
    mine = and_(Job.id == held.id, Job.leased_until == held.until)
    session.execute(
        update(Job).where(mine).values(leased_until=None, **values),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()


def pending(session: Session, key: str) -> bool:
    """Whether a job with this key still waits or is being done."""
    return session.scalar(select(Job.id).where(Job.key == key)) is not None


def failures(session: Session, kind: str, since: datetime) -> list[dict[str, Any]]:
    """The payloads of jobs of a kind that were given up and had been due since a moment."""
    given_up = select(Job.payload).where(
        Job.kind == kind, Job.state == "failed", Job.due_at >= since
    )
    return [json.loads(payload) for payload in session.scalars(given_up.order_by(Job.id))]


def forget(session: Session, before: datetime) -> int:
    """Delete jobs that are over and were due before a moment; how many there were."""
    over = delete(Job).where(Job.state.in_(("done", "failed")), Job.due_at < before)
    gone = session.execute(over, execution_options={"synchronize_session": False})
    return int(getattr(gone, "rowcount", 0))
